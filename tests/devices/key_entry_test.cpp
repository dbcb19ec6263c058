#include "shared/devices/dial_number.h"
#include "shared/devices/key_entry.h"
#include "shared/devices/past_calls.h"
#include "tests/support/catch.h"

using namespace portico;
using Came = KeyEntry::Came;

TEST_CASE("key entry: six digits are one entry, taken once") {
    KeyEntry entry;
    for (char const key : {'1', '2', '3', '4', '5'})
        CHECK(entry.press(key) == Came::Digit);
    CHECK(entry.count() == 5);
    CHECK(entry.press('A') == Came::Nothing); // a tone that no caller's telephone has a key for
    CHECK(entry.press('\0') == Came::Nothing);
    CHECK(entry.press('6') == Came::Complete);
    CHECK(entry.press('7') == Came::Nothing);
    CHECK(entry.press('*') == Came::Nothing);
    CHECK(entry.take().reveal() == "123456");
    CHECK(entry.count() == 0);
    CHECK(entry.take().empty());
}

TEST_CASE("key entry: a star or a hash drops what has come") {
    for (char const again : {'*', '#'}) {
        KeyEntry entry;
        entry.press('9');
        CHECK(entry.press(again) == Came::Dropped);
        CHECK(entry.count() == 0);
        for (char const key : {'1', '2', '3', '4', '5', '6'})
            entry.press(key);
        CHECK(entry.take().reveal() == "123456");
    }
}

TEST_CASE("dial number: digits with one plus before them, and nothing that a SIP address could be made of") {
    for (auto const* good : {"0", "+15550100134", "12345678901234567890", "911"})
        CHECK(check_dial_number(good).has_value());
    for (auto const* bad : {"", "+", "++1", "1+", "555-0100", "1 2", "123456789012345678901",
                            "1@plan.example", "1;method=X", "1\n2", "alex"})
        CHECK(check_dial_number(bad).error().reason == "number_invalid");
}

TEST_CASE("past calls: the last thousand are known, whatever was before them is not") {
    PastCalls past;
    CHECK_FALSE(past.knows("0"));
    for (std::size_t i = 0; i <= PastCalls::kept_max; ++i)
        past.add(std::to_string(i));
    CHECK_FALSE(past.knows("0"));
    CHECK(past.knows("1"));
    CHECK(past.knows(std::to_string(PastCalls::kept_max)));
}
