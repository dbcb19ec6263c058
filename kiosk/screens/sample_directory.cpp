#include "kiosk/screens/sample_collection.h"

namespace portico::kiosk {

void sample_directory(Collection& c) {
    c.add(FindDoctor{});
    FindDoctor found{
        .words = "family", .zip = "02999", .found = sample::loaded(sample::doctors()), .searched = true};
    auto with_list = sample::signed_in();
    with_list.session.doctors = {sample::doctors().providers[0].listing};
    c.put(std::move(with_list), std::move(found), "found");
    c.put(offline(sample::kiosk()),
          FindDoctor{.words = "xyz", .found = sample::loaded(client::ProvidersFound{}), .searched = true},
          "none");
    c.add_signed_in(DoctorPage{.listing = sample::doctors().providers[0].listing, .miles = 0.4});
    auto mine = sample::signed_in();
    mine.session.doctors = {sample::doctors().providers[0].listing, sample::doctors().providers[2].listing};
    c.put(std::move(mine), MyDoctors{});
    c.add(ReportListing{.listing_id = "1", .listing_name = "Dr. Rosa Example"});
    c.add(ReportListing{.listing_id = "1", .kept = true}, "thanks");
}

} // namespace portico::kiosk
