#include "shared/domain/contact_rules.h"
#include "tests/support/catch.h"

using namespace portico;

namespace {
std::string reason(Result<void> const& result) {
    return result ? "fine" : result.error().reason;
}
PostalAddress const home{{"12 Example Street"}, "Testville", "CT", "06101"};
} // namespace

TEST_CASE("contact: ZIP codes and states are checked as the post office has them") {
    for (auto const* zip : {"06101", "06101-1234", "061011234"})
        CHECK(reason(check_zip(zip)) == "fine");
    for (auto const* zip : {"", "6101", "0610", "06101-", "ABCDE"})
        CHECK(reason(check_zip(zip)) == "zip_invalid");
    for (auto const* state : {"CT", "PR", "AE", "DC"})
        CHECK(reason(check_state(state)) == "fine");
    for (auto const* state : {"", "C", "ct", "XX", "T ", "CTX", "L "})
        CHECK(reason(check_state(state)) == "state_invalid");
}

TEST_CASE("contact: phone numbers in the ways people write them") {
    for (auto const* phone :
         {"", "555-0101", "(860) 555-0101", "860.555.0101", "+1 860 555 0101", "18605550101"})
        CHECK(reason(check_phone(phone)) == "fine");
    for (auto const* phone : {"12", "860-555-010", "28605550101", "160-555-0101", "860-155-0101",
                              "860-555-0101 x5", "call me", "86+05550101", "+44 20 7946 0000", "0000000000"})
        CHECK(reason(check_phone(phone)) == "phone_invalid");
}

TEST_CASE("contact: email addresses") {
    for (auto const* email :
         {"", "alex.sample@example.org", "a+b@mail.example.org", "\xC3\xA1ngela@example.org", "A@B-c.io"})
        CHECK(reason(check_email(email)) == "fine");
    for (auto const* email :
         {"alex", "@example.org", "alex@", "alex@example", "a b@example.org", "a@b@example.org",
          "a@.example.org", "a@example..org", "a@example.org.", "a@-example.org", "a@example-.org",
          ".a@example.org", "a.@example.org", "a..b@example.org", "<a@example.org>", "a@example.org\n",
          "a@exa mple.org", "a,b@example.org"})
        CHECK(reason(check_email(email)) == "email_invalid");
    CHECK(reason(check_email(std::string(250, 'a') + "@example.org")) == "email_long");
}

TEST_CASE("contact: an address needs a street, a city, a state and a ZIP code") {
    CHECK(reason(check_address(home)) == "fine");
    auto const with = [](auto change) {
        auto address = home;
        change(address);
        return reason(check_address(address));
    };
    CHECK(with([](auto& a) { a.lines = {}; }) == "address_missing");
    CHECK(with([](auto& a) { a.lines = {"  ", ""}; }) == "address_missing");
    CHECK(with([](auto& a) { a.lines = {"1", "2", "3"}; }) == "fine");
    CHECK(with([](auto& a) { a.lines = {"1", "2", "3", "4"}; }) == "address_long");
    CHECK(with([](auto& a) { a.lines = {std::string(60, 'x')}; }) == "fine");
    CHECK(with([](auto& a) { a.lines = {std::string(61, 'x')}; }) == "address_long");
    CHECK(with([](auto& a) { a.lines = {"12 Example\nStreet"}; }) == "address_invalid");
    CHECK(with([](auto& a) { a.lines = {"12 \xFF"}; }) == "address_invalid");
    CHECK(with([](auto& a) { a.city = " "; }) == "city_missing");
    CHECK(with([](auto& a) { a.city = std::string(41, 'x'); }) == "address_long");
    CHECK(with([](auto& a) { a.state = "Connecticut"; }) == "state_invalid");
    CHECK(with([](auto& a) { a.zip = "0610"; }) == "zip_invalid");
}

TEST_CASE("contact: a new address, phone or email is risky, the same one written otherwise is no change") {
    ContactFields const before{home, "555-0101", "alex@example.org"};
    auto after = before;
    CHECK_FALSE(is_risky(before, after));
    after.address = {{"12  EXAMPLE STREET."}, "testville", "CT", "06101-1234"};
    after.phone = "5550101";
    after.email = "Alex@Example.org";
    CHECK(changes_between(before, after).empty());

    after = before;
    after.address.lines = {"14 Example Street"};
    CHECK(changes_between(before, after) == std::vector<ContactChange>{ContactChange::Address});
    CHECK(is_risky(before, after));
    after = before;
    after.email = "someone@example.net";
    CHECK(is_risky(before, after));
    after.email.clear(); // taken away: told to it, nothing new can be reached
    CHECK(changes_between(before, after) == std::vector<ContactChange>{ContactChange::Email});
    CHECK_FALSE(is_risky(before, after));
    ContactFields none = before;
    none.phone.clear();
    CHECK(is_risky(none, before)); // a first phone is a new way in
}

TEST_CASE("contact: a text goes to a whole number of a subscriber, however it is written") {
    for (auto const* phone : {"617-555-0112", "(617) 555-0112", "+1 617 555 0112", "1.617.555.0112"})
        CHECK(text_number(phone) == "+16175550112");
    for (auto const* phone :
         {"", "555-0112", "800-555-0112", "+1 (888) 555-0112", "900-555-0112", "117-555-0112", "617-155-0112",
          "+44 20 7946 0000", "617-555-0112 ext 4", "617-555-01123", "617-555-0112\r\nX: y"})
        CHECK(text_number(phone).empty());
}
