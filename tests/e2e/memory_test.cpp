#include "tests/support/catch.h"
#include "tests/support/plan_files.h"
#include "tests/support/process_memory.h"
#include "tests/walk/hand.h"

#include <chrono>

using namespace portico::test;

namespace {

MadeUpMember const member{
    .given = "Quillontra", .family = "Zephyrwood-Fictive", .street = "77 Marzipan Crescent"};
Person const person{.patient = "patient-made-up",
                    .birth_date_digits = made_up_birth_date_digits,
                    .username = "quillo.zephyr"};
constexpr std::chrono::milliseconds wiped_within_ms{1000};
constexpr char const* provider = "Obsidian Heron Clinic";

/// What nobody else has: each must be gone when the member is.
std::vector<std::string> const canaries = {member.given,    member.family,   member.street,     provider,
                                           "eob-canary-77", person.username, "Pomegranate Way", alex_pin};

void walk_visit(Driver& screen) {
    screen.wait_shows("home.year");
    press(screen, "home.claims");
    screen.wait_shows("claims.filter_done");
    press_key(screen, "eob-canary-77");
    screen.wait_shows("eob.where");
    press(screen, "eob.print");
    screen.wait_shows("letter.done");
    screen.device("letter_printer", "take");
    press(screen, "letter.ok");
    screen.wait_screen("eob");
    press(screen, "part.claims");
    press(screen, "part.home");
    screen.wait_shows("home.year");
    press(screen, "home.card");
    screen.wait_shows("id_card.front_picture");
    press(screen, "id_card.print");
    screen.wait_shows("card_print.done");
    screen.device("card_printer", "take");
    press(screen, "card_print.have_it");
    screen.wait_shows("home.year");
    type_second_line(screen, "Pomegranate Way");
    press(screen, "contact_edit.save");
    screen.wait_shows("contact.kept");
    press(screen, "part.back");
    screen.wait_screen("more");
    press(screen, "part.home");
    screen.wait_screen("home");
}

std::string all(std::vector<std::string> const& found) {
    std::string out;
    for (auto const& each : found)
        out += each + "\n";
    return out;
}

/// Within a second of a visit's end nothing of the member is in memory, and it stays so.
void check_wiped(pid_t kiosk) {
    std::vector<std::string> left;
    auto const end = std::chrono::steady_clock::now() + wiped_within_ms;
    // A look may take longer than that. What counts is one that began after it.
    for (bool counts = false; !counts;) {
        counts = std::chrono::steady_clock::now() >= end;
        left = found_in_memory(kiosk, canaries);
        counts = counts || left.empty();
    }
    INFO(all(left));
    CHECK(left.empty());
}

} // namespace

TEST_CASE("memory: a second after a visit nothing of the member is in the kiosk's memory or files") {
    Bench::Settings settings;
    settings.members = 1;
    settings.change_plan = [](std::filesystem::path const& plan) {
        add_member(plan, member);
        add_resources(plan / "ExplanationOfBenefit.ndjson",
                      {eob({.id = "eob-canary-77", .provider = provider})});
    };
    Bench bench(std::move(settings));
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    auto const pid = kiosk->process().pid();
    begin_visit(screen);
    register_person(screen, person, bench.invite(person.patient), bench.settings().key_pin);
    walk_visit(screen);
    // The search can find: while the member stands there, the name is in memory.
    CHECK_FALSE(found_in_memory(pid, {member.given}).empty());
    // On a slow machine that took so long that the kiosk asks whether somebody is still there.
    screen.key("Home"); // somebody is, from now on
    say_still_there(screen);
    screen.wait_screen("home");
    screen.tap("ui.bar.finish");
    screen.wait_screen("visit_end");
    // The key knows its owner's username. This one is in software, in the kiosk's own memory, until it is
    // taken away.
    screen.device("security_key", "remove");
    check_wiped(pid);
    {
        auto const left = found_in_files((kiosk->folder() / "data").string(), canaries);
        INFO(all(left));
        CHECK(left.empty());
    }

    // The same when the member walks off in the middle of a claim.
    screen.advance(10);
    begin_visit(screen);
    sign_in_with_key(screen, bench.settings().key_pin);
    screen.wait_shows("home.year");
    open_claim(screen, "eob-canary-77");
    screen.wait_shows("eob.where");
    screen.advance(61);
    screen.wait_screen("still_there");
    screen.advance(31);
    screen.wait_screen("visit_end");
    screen.device("security_key", "remove");
    check_wiped(pid);
}
