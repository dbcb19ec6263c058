// What members type is read by staff, on a screen and at a command line, and written into mails. It is text,
// and nothing in it is obeyed.

#include "tests/attack/call_attack_bench.h"
#include "tests/central/line/line_bench.h"

#include <array>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

using namespace std::string_view_literals;

/// Of terminals, of Unicode, and of no encoding at all.
constexpr std::array commanding{
    "\x1B[2J"sv,             // clears a terminal
    "\x1B]0;owned\x07"sv,    // and names it
    "\xC2\x9B[31m"sv,        // the same, in one character of Latin-1
    "\xC2\x85next"sv,        // next line
    "a\rb"sv,                // writes over what stands there
    "a\nb"sv,                //
    "a\tb"sv,                //
    "a\0b"sv,                // ends for C
    "\x7F"sv,                //
    "\xE2\x80\xAEtxt.exe"sv, // reads from the right
    "\xE2\x80\xAA left"sv,   //
    "\xE2\x81\xA6 part"sv,   //
    "\xFF"sv,                // no UTF-8
    "\xC0\xAF"sv,            // a slash, the long way
    "\xED\xA0\x80"sv,        // half of a pair
    "\xF4\x90\x80\x80"sv,    // beyond the last character
};
/// Text as any other.
constexpr std::array markup{
    "<script>alert(1)</script>"sv,
    "<b>Call</b> &amp; go"sv,
    "{name} {count|one|many}"sv,
    "%s%n%x"sv,
    "${jndi:ldap://x}"sv,
    "'; DROP TABLE staff_queue; --"sv,
    "##hidden"sv,
    "=HYPERLINK(\"http://x\",\"y\")"sv,
    "[click](http://x)"sv,
};

struct Words : LineBench {
    /// "applied", or why not.
    std::string comment(std::string_view text) {
        auto made = report();
        made.report_directory_error->comment = std::string(text);
        return push(made);
    }
    template <class Change>
    std::string contact(Change change) {
        auto const now = facts.members["alex"];
        auto made = operation(sign_in("alex"));
        api::ChangeContactDetails asked;
        change(asked, now);
        made.change_contact_details = asked;
        return push(made);
    }
    std::string line(std::string_view text) {
        return contact([&](api::ChangeContactDetails& asked, Member const& now) {
            asked.old_address = now.address;
            asked.address = PostalAddress{{"2 Other Street", std::string(text)}, "Testville", "MA", "02102"};
        });
    }
    std::string city(std::string_view text) {
        return contact([&](api::ChangeContactDetails& asked, Member const& now) {
            asked.old_address = now.address;
            asked.address = PostalAddress{{"2 Other Street"}, std::string(text), "MA", "02102"};
        });
    }
    std::string email(std::string_view text) {
        return contact([&](api::ChangeContactDetails& asked, Member const& now) {
            asked.old_email = now.email;
            asked.email = std::string(text) + "@example.org";
        });
    }
    std::string phone(std::string_view text) {
        return contact([&](api::ChangeContactDetails& asked, Member const& now) {
            asked.old_phone = now.phone;
            asked.phone = "617-555-0177" + std::string(text);
        });
    }
    std::vector<QueueEntry> reports() {
        return must(store->read<std::vector<QueueEntry>>(
            [&](storage::Database& database) { return queue->open_of_kind(database, "directory_error"); }));
    }
};

} // namespace

TEST_CASE(
    "member words: no control character, turned line or broken text of a member reaches staff, 96 tries") {
    Words bench;
    Tries tries("control characters of a member");
    for (auto const& each : commanding) {
        tries.made(bench.comment(each));
        tries.made(bench.line(each));
        tries.made(bench.city(each));
        tries.made(bench.email(each));
        tries.made(bench.phone(each));
        tries.made(bench.kiosk.ask_reason("617 555 0177" + std::string(each)));
    }
    CHECK(tries.count() == 96);
    CHECK(tries.accepted() == 0);
    CHECK(bench.reports().empty());
    CHECK(bench.number("SELECT count(*) FROM contact_change") == 0);
    // So that it was only those that were in the way.
    CHECK(bench.comment("It rings a bakery.") == "applied");
    CHECK(bench.line("Floor 2") == "applied");
    CHECK(bench.kiosk.ask_reason("617 555 0177").empty());
}

TEST_CASE("member words: markup of a member is kept as it was typed, and means nothing") {
    Words bench;
    Tries tries("markup of a member");
    for (auto const& each : markup)
        tries.made(bench.comment(each));
    auto const kept = bench.reports();
    REQUIRE(kept.size() == markup.size());
    for (auto const& each : markup)
        CHECK(std::count_if(kept.begin(), kept.end(), [&](QueueEntry const& entry) {
                  return entry.detail == "role-1/location-1: " + std::string(each);
              }) == 1);
    CHECK(tries.accepted() == static_cast<std::int64_t>(markup.size())); // it is text
    // No address for mail is made of it, nor a number.
    Tries addresses("markup as an address");
    for (auto const& each : markup) {
        addresses.made(bench.email(each));
        addresses.made(bench.phone(each));
        addresses.made(bench.kiosk.ask_reason(std::string(each)));
    }
    CHECK(addresses.accepted() <= 2); // "%s%n%x" and "##hidden" are local parts by RFC 5321
}
