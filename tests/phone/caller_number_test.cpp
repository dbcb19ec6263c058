#include "phone/calls/caller_number.h"
#include "tests/support/catch.h"

using portico::phone::caller_number;

TEST_CASE("caller number: what is a number becomes E.164, whatever wrote it") {
    for (auto const* uri : {"sip:+15550100134@192.0.2.7:5060", "sip:+1-555-010-0134@plan.example;user=phone",
                            "tel:+15550100134", "tel:+1(555)010.0134;ext=1", "sip:5550100134@192.0.2.7",
                            "sips:15550100134@plan.example", "sip:+15550100134;npdi@plan.example"})
        CHECK(caller_number(uri, "1") == "+15550100134");
    CHECK(caller_number("sip:+442079460123@192.0.2.7", "1") == "+442079460123");
}

TEST_CASE("caller number: who hides it, is inside the house or writes nonsense has none") {
    for (auto const* uri :
         {"sip:anonymous@anonymous.invalid", "sip:Unavailable@192.0.2.7", "sip:192.0.2.7", "",
          "sip:", "sip:@x", "sip:1001@192.0.2.7", "sip:+12@192.0.2.7", "sip:+1555010013412345@x",
          "sip:+0155501001@x", "sip:1550100134@x", "sip:+1555O100134@x", "http://+15550100134@x",
          "tel:", "sip:+@x", "sip:25550100134@x"})
        CHECK(caller_number(uri, "1").empty());
    CHECK(caller_number("sip:5550100134@192.0.2.7", "44").empty()); // ten digits mean nothing there
}
