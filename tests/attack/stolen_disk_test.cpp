#include "shared/base/encoding.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/plan_files.h"
#include "tests/support/process_memory.h"
#include "tests/walk/directory_steps.h"
#include "tests/walk/hand.h"

#include <fstream>

using namespace portico;
using namespace portico::test;

namespace {

MadeUpMember const member{
    .given = "Quillontra", .family = "Zephyrwood-Fictive", .street = "77 Marzipan Crescent"};
Person const person{.patient = "patient-made-up",
                    .birth_date_digits = made_up_birth_date_digits,
                    .username = "quillo.zephyr"};
constexpr char const* provider = "Obsidian Heron Clinic";
constexpr char const* new_line = "Pomegranate Way";
constexpr char const* comment = "Rings a Tangerine Bakery";

std::vector<std::string> const canaries = {member.given,    member.family,   member.street, provider,
                                           "eob-canary-77", person.username, new_line,      comment,
                                           alex_passphrase, alex_pin};

/// The word, and what it looks like in hexadecimal and, wherever it begins, in base64 of either alphabet.
std::vector<std::string> in_every_writing(std::vector<std::string> const& words) {
    std::vector<std::string> all = words;
    for (auto const& word : words) {
        auto const hex = to_hex(as_bytes(word));
        all.push_back(hex);
        all.push_back(hex);
        for (auto& c : all.back())
            c = c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
        for (std::size_t before = 0; before < 3; ++before) {
            // Letters that also hold bits of what stands beside the word are left out.
            auto const padded = std::string(before, 'x') + word;
            auto const whole = padded.size() / 3 * 3;
            auto const text = to_base64(as_bytes(std::string_view(padded).substr(0, whole)));
            all.push_back(text.substr(before == 0 ? 0 : 4));
            auto const url = to_base64url(as_bytes(std::string_view(padded).substr(0, whole)));
            all.push_back(url.substr(before == 0 ? 0 : 4));
        }
    }
    return all;
}

std::string all(std::vector<std::string> const& found) {
    std::string out;
    for (auto const& each : found)
        out += each + "\n";
    return out;
}

/// A visit that leaves whatever a visit can leave.
void a_visit_of_the_day(Driver& screen) {
    screen.wait_shows("home.year");
    open_claim(screen, "eob-canary-77");
    screen.wait_shows("eob.where");
    press(screen, "eob.print");
    screen.wait_shows("letter.done");
    screen.device("letter_printer", "take");
    press(screen, "letter.ok");
    press(screen, "part.claims");
    press(screen, "part.home");
    screen.wait_shows("home.year");
    press(screen, "home.card");
    screen.wait_shows("id_card.front_picture");
    // While the kiosk does not yet know that the network is back it takes no print, and says why.
    REQUIRE(eventually([&] {
        screen.attempt({{"do", "tap"}, {"msg", "id_card.print"}});
        return screen.screen() == "card_print";
    }));
    screen.wait_shows("card_print.done");
    screen.device("card_printer", "take");
    press(screen, "card_print.have_it");
    screen.wait_shows("home.year");
}

void a_change_while_offline(Driver& screen, Bench::Kiosk& kiosk) {
    press(screen, "home.more");
    screen.wait_screen("more");
    press(screen, "more.contact");
    screen.wait_shows("contact.change");
    kiosk.cable().pull();
    press(screen, "contact.change");
    screen.wait_screen("contact_edit");
    press(screen, "contact_edit.line2");
    screen.type(new_line);
    press(screen, "contact_edit.save");
    screen.wait_shows("contact.kept");
}

void a_report_while_offline(Driver& screen) {
    open_listing_report(screen);
    press(screen, "report.comment");
    screen.type(comment);
    press(screen, "report.send");
    screen.wait_shows("report.thanks");
}

} // namespace

TEST_CASE("stolen disk: after a day of use, online and offline, taken in the middle of a visit, a kiosk's "
          "files tell of nobody") {
    auto const words = in_every_writing(canaries);
    {
        // The search can find.
        ScratchFolder const folder;
        std::ofstream(folder.path / "plain") << "dear " << member.given << ",";
        std::ofstream(folder.path / "base64")
            << to_base64(as_bytes(std::string("dear ") + provider + ", hello"));
        std::ofstream(folder.path / "hex") << to_hex(as_bytes(std::string("x") + new_line));
        CHECK(found_in_files(folder.path.string(), words).size() >= 3);
    }
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
    begin_visit(screen);
    register_person(screen, person, bench.invite(person.patient), bench.settings().key_pin);
    a_visit_of_the_day(screen);
    a_change_while_offline(screen, *kiosk);
    finish_visit(screen);
    a_report_while_offline(screen);
    screen.advance(61); // and walks off
    screen.wait_screen("still_there");
    screen.advance(31);
    screen.wait_screen("attract");
    kiosk->cable().plug_in();
    screen.wait_gone("part.network_out", 60);
    begin_visit(screen, "Español");
    sign_in_with_key(screen, bench.settings().key_pin);
    a_visit_of_the_day(screen);
    a_change_while_offline(screen, *kiosk);
    kiosk->kill(); // taken as it stands

    // What stands for keys, cards and printers around it is no part of the kiosk.
    std::filesystem::remove_all(kiosk->folder() / "bench");
    auto const told = found_in_files(kiosk->folder().string(), words);
    INFO(all(told));
    CHECK(told.empty());
    CHECK(std::filesystem::file_size(kiosk->folder() / "data" / "outbox.db") > 0);
}
