#include "shared/domain/call_back.h"
#include "shared/domain/contact_rules.h"
#include "tests/support/catch.h"

using namespace portico;

TEST_CASE("call-back: a number of the plan's own country is called, however it is typed") {
    for (auto const* typed : {"617-555-0112", "(617) 555 0112", "1 617 555 0112", "+1.617.555.0112"})
        CHECK(callable_number(typed) == "+16175550112");
}

TEST_CASE("call-back: services, foreign numbers and those that are charged are not called") {
    for (auto const* typed :
         {"", "911", "555-0112", "011 44 20 7946 0000", "+442079460000", "900-555-0112", "617-976-0112",
          "017-555-0112", "117-555-0112", "617-055-0112", "617-155-0112", "211-555-0112", "617-911-0112",
          "617-555-01122", "617-555-HELP", "617*5550112", "%", "+1617555011%"})
        CHECK(callable_number(typed).empty());
}

TEST_CASE("call-back: a call is about one of four things, and ends in one of four ways") {
    for (auto const* word : {"account_locked", "claim", "card", "other"})
        CHECK(is_call_back_about(word));
    for (auto const* word : {"reached", "no_answer", "wrong_number", "given_back"})
        CHECK(is_call_back_outcome(word));
    for (auto const* word : {"", "Other", "unlock", "cancelled"}) {
        CHECK_FALSE(is_call_back_about(word));
        CHECK_FALSE(is_call_back_outcome(word));
    }
}
