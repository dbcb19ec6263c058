#include "kiosk/app/limits.h"
#include "kiosk/app/turn.h"
#include "shared/domain/directory.h"

namespace portico::kiosk {

namespace {

client::ProviderQuery query_of(App const& app, FindDoctor const& screen) {
    client::ProviderQuery query;
    query.words = screen.words;
    if (auto const zip = zip5(screen.zip); zip.has_value())
        query.zip5 = zip.value();
    if (screen.in_plan && !app.session.network_ids.empty())
        query.network_id = app.session.network_ids.front();
    query.language = doctor_languages[screen.language];
    query.accepting = screen.accepting;
    query.limit = doctor_rows_max;
    return query;
}

client::FoundProvider const* found_doctor(Turn& turn, std::string const& listing_id) {
    auto const* find = turn.find<FindDoctor>();
    if (find == nullptr || !find->found.value)
        return nullptr;
    for (auto const& each : find->found.value->providers)
        if (each.listing.id == listing_id)
            return &each;
    return nullptr;
}

} // namespace

void enter(Turn& turn, FindDoctor& screen) {
    if (screen.searched)
        proceed(turn, screen);
}

void proceed(Turn& turn, FindDoctor& screen) {
    if (screen.words.empty() && screen.zip.empty())
        return;
    screen.searched = true;
    screen.found.begin(turn.ask(SearchDoctors{query_of(turn.app, screen)}));
}

void change_search(FindDoctor& screen) {
    screen.searched = false;
    screen.found = {};
}

void open_doctor(Turn& turn, std::string const& listing_id) {
    if (auto const* found = found_doctor(turn, listing_id))
        return turn.open(DoctorPage{.listing = found->listing, .miles = found->miles});
    // One of the own list, found by an earlier search.
    for (auto const& mine : turn.app.session.doctors)
        if (mine.id == listing_id)
            return turn.open(DoctorPage{.listing = mine});
}

void toggle_doctor(Turn& turn, std::string const& listing_id) {
    auto& mine = turn.app.session.doctors;
    auto const at = std::find_if(mine.begin(), mine.end(),
                                 [&](ProviderListing const& each) { return each.id == listing_id; });
    if (at != mine.end()) {
        mine.erase(at);
        return;
    }
    auto const* found = found_doctor(turn, listing_id);
    if (found == nullptr || mine.size() >= static_cast<std::size_t>(doctor_list_max))
        return;
    mine.push_back(found->listing);
    if (auto const* find = turn.find<FindDoctor>()) {
        turn.app.session.doctors_searched_for = find->words;
        turn.app.session.doctors_found = find->found.value->found_count;
    }
}

void print_doctors(Turn& turn) {
    auto const& session = turn.app.session;
    if (session.doctors.empty())
        return;
    auto const request = turn.ask(PrintDoctorList{.doctors = session.doctors,
                                                  .searched_for = session.doctors_searched_for,
                                                  .found_count = session.doctors_found,
                                                  .language = turn.app.settings.language,
                                                  .large = turn.app.settings.text_percent > 100});
    turn.open(LetterPrint{.request = request});
}

void report_doctor(Turn& turn, std::string const& listing_id) {
    auto const* page = std::get_if<DoctorPage>(&turn.app.screen);
    if (page != nullptr && page->listing.id == listing_id)
        turn.open(ReportListing{.listing_id = listing_id, .listing_name = page->listing.name});
}

void proceed(Turn& turn, ReportListing& screen) {
    if (screen.kept)
        return turn.back();
    auto operation = operation_of(turn.app);
    operation.report_directory_error = api::ReportDirectoryError{
        .listing_id = screen.listing_id, .what = report_reasons[screen.what], .comment = screen.comment};
    screen.doing.begin(turn.ask(KeepOperation{std::move(operation)}));
}

} // namespace portico::kiosk
