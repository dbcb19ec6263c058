#include "tests/support/catch.h"
#include "tests/support/plan_files.h"
#include "tests/support/process_memory.h"
#include "tests/walk/phone_desk.h"

#include <chrono>

using namespace portico::test;

namespace {

MadeUpMember const member{
    .given = "Quillontra", .family = "Zephyrwood-Fictive", .street = "77 Marzipan Crescent"};
constexpr char const* note = "Ask for Pomegranate Way";
constexpr std::chrono::milliseconds desk_wiped_within_ms{1000};

/// What nobody else has: typed by the rep, or read of the member's record.
std::vector<std::string> const desk_canaries = {"Quillontra", "Zephyrwood-Fictive", "77 Marzipan Crescent",
                                                "Pomegranate Way"};

void check_wiped(pid_t desk) {
    std::vector<std::string> left;
    auto const end = std::chrono::steady_clock::now() + desk_wiped_within_ms;
    // A look may take longer than that. What counts is one that began after it.
    for (bool counts = false; !counts;) {
        counts = std::chrono::steady_clock::now() >= end;
        left = found_in_memory(desk, desk_canaries);
        counts = counts || left.empty();
    }
    std::string all;
    for (auto const& each : left)
        all += each + "\n";
    INFO(all);
    CHECK(left.empty());
}

/// A case in which the member was found, a value was shown in full, and a note was begun.
void work_a_case(PhoneDesk& office) {
    auto& screen = office.screen();
    office.open_case();
    office.fill("case.given", member.given);
    office.fill("case.family", member.family);
    office.fill("case.birth_date", made_up_birth_date_digits);
    office.find();
    screen.wait_shows("member.covered");
    screen.key("Alt+R");
    screen.wait_shows("reveal.title");
    screen.tap_key("caller_corrects");
    screen.tap_key("postal_address");
    screen.key("Alt+O");
    screen.wait_shows("member.in_full");
    CHECK(screen.words().find(member.street) != std::string::npos);
    screen.key("Alt+E");
    screen.wait_shows("close_case.title");
    office.fill("close_case.note", note);
    screen.key("Escape");
    screen.wait_gone("close_case.title");
}

} // namespace

TEST_CASE(
    "desk memory: a case that is left, and a session that ends, leave nothing of the caller in memory") {
    PhoneDesk office("phone_rep", [](std::filesystem::path const& plan) { add_member(plan, member); });
    auto& screen = office.screen();
    auto const pid = office.desk->process().pid();
    work_a_case(office);
    // The search can find.
    CHECK_FALSE(found_in_memory(pid, {member.given}).empty());
    screen.key("Alt+B");
    screen.wait_shows("cases.pick_first");
    check_wiped(pid);
    work_a_case(office);
    screen.key("Ctrl+Q");
    screen.wait_screen("sign_in");
    check_wiped(pid);
    auto const left = found_in_files((office.desk->folder() / "data").string(), desk_canaries);
    CHECK(left.empty());
}
