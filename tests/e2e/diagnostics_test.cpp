#include "shared/domain/release.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/plan_files.h"
#include "tests/support/process_memory.h"
#include "tests/walk/account_steps.h"
#include "tests/walk/hand.h"
#include "tests/walk/staff_steps.h"

#include <sstream>

using namespace portico::test;

namespace {

MadeUpMember const before_technician{
    .given = "Quillontra", .family = "Zephyrwood-Fictive", .street = "77 Marzipan Crescent"};
Person const person_before{.patient = "patient-made-up",
                           .birth_date_digits = made_up_birth_date_digits,
                           .username = "quillo.zephyr",
                           .key = "member"};
constexpr char const* provider_before = "Obsidian Heron Clinic";
StaffToBe const technician{
    .key = "technician", .name = "Wrenchella Fixwell-Fictive", .role = "technician", .own_patient = {}};

/// Nobody else has these: what holds one of them tells of somebody.
std::vector<std::string> const of_somebody = {
    before_technician.given, before_technician.family, before_technician.street,
    provider_before,         "eob-canary-77",          "patient-made-up",
    person_before.username,  "Pomegranate Way",        alex_pin,
    technician.name};

std::vector<boost::json::object> told_to_central(Bench& bench, std::string const& terminal) {
    std::vector<boost::json::object> told;
    auto const printed = bench.central({"terminal", "diagnostics", terminal});
    for (auto const& word : of_somebody) {
        INFO(word << " in " << printed);
        CHECK(printed.find(word) == std::string::npos);
    }
    std::istringstream lines(printed);
    for (std::string line; std::getline(lines, line);)
        told.push_back(boost::json::parse(line).as_object().at("diagnostics").as_object());
    return told;
}

/// "works", "faulty"...: what central was told of a device.
std::string outcome_of(boost::json::object const& told, std::string const& device) {
    for (auto const& each : told.at("devices").as_array())
        if (each.at("part").as_string() == device)
            return std::string(each.at("outcome").as_string());
    return "none";
}

std::vector<std::string> fault_words(boost::json::object const& told) {
    std::vector<std::string> words;
    for (auto const& each : told.at("faults").as_array())
        words.emplace_back(each.at("reason").as_string());
    return words;
}

bool has_word(std::vector<std::string> const& words, std::string const& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// The card of a device says so, in the screen's language.
bool card_says(Driver& screen, std::string const& device, std::string const& word) {
    auto const frame = screen.frame();
    for (auto const& each : frame.at("nodes").as_array()) {
        auto const* key = each.as_object().if_contains("key");
        if (key != nullptr && key->as_string() == device)
            return std::string(each.at("label").as_string()).ends_with(": " + word);
    }
    return false;
}

int reports_printed(Bench::Kiosk const& kiosk) {
    int count = 0;
    for (auto const& entry : std::filesystem::directory_iterator(kiosk.folder() / "bench" / "print"))
        count += entry.path().extension() == ".pdf" &&
                 entry.path().filename().string().rfind("letter-printer", 0) == 0;
    return count;
}

void key_in_pin_and_touch(Hand& hand, std::string const& key, std::string const& pin) {
    hand.screen().device("security_key", "insert", {{"value", key}});
    hand.screen().wait_shows("key.pin");
    hand.type(pin);
    hand.press("part.continue");
    hand.screen().wait_shows("key.touch");
    hand.screen().device("security_key", "touch");
}

/// A member looks at a claim, changes a detail, and loses the network.
void visit_before(Driver& screen, Bench::Kiosk& kiosk) {
    screen.wait_shows("home.year");
    open_claim(screen, "eob-canary-77");
    screen.wait_shows("eob.where");
    press(screen, "part.claims");
    press(screen, "part.home");
    screen.wait_shows("home.year");
    type_second_line(screen, "Pomegranate Way");
    kiosk.cable().pull();
    press(screen, "contact_edit.save");
    screen.wait_shows("contact.kept");
    press(screen, "part.back");
    press(screen, "part.home");
    screen.wait_shows("part.network_out");
    finish_visit(screen);
    kiosk.cable().plug_in();
}

/// Both buttons of the page, one after the other.
void print_and_tell(Hand& hand, Bench::Kiosk& kiosk) {
    auto const printed = reports_printed(kiosk);
    hand.press("set_up_devices.test_page");
    hand.screen().wait_shows("set_up_devices.test_page_sent");
    CHECK(eventually([&] { return reports_printed(kiosk) == printed + 1; }));
    hand.screen().device("letter_printer", "take");
    hand.press("diagnostics.tell");
    hand.screen().wait_shows("diagnostics.sent_to_central");
}

} // namespace

TEST_CASE(
    "diagnostics: by touch, a technician's key shows how the kiosk does, and central is told nothing of "
    "who was here before") {
    Bench::Settings settings;
    settings.members = 1;
    settings.change_plan = [](std::filesystem::path const& plan) {
        add_member(plan, before_technician);
        add_resources(plan / "ExplanationOfBenefit.ndjson",
                      {eob({.id = "eob-canary-77", .provider = provider_before})});
    };
    Bench bench(std::move(settings));
    auto const kiosk = bench.add_kiosk();
    auto const& pin = bench.settings().key_pin;
    Hand hand(kiosk->screen(), Hand::By::Touch);
    auto& screen = hand.screen();
    register_staff(bench, screen, technician);
    begin_visit(screen);
    register_person(screen, person_before, bench.invite(person_before.patient), pin);
    visit_before(screen, *kiosk);
    CHECK(told_to_central(bench, kiosk->terminal_id()).empty());

    begin_visit(screen);
    REQUIRE(eventually([&] { return !screen.shows("part.network_out"); }));
    key_in_pin_and_touch(hand, technician.key, pin);
    screen.wait_screen("diagnostics");
    REQUIRE(eventually([&] { return !screen.is_off("diagnostics.tell"); }));
    CHECK(card_says(screen, "set_up_devices.key", "works"));
    // Devices change before their eyes.
    CHECK(card_says(screen, "set_up_devices.barcode", "try it"));
    screen.device("barcode", "scan", {{"value", before_technician.street}});
    CHECK(eventually([&] { return card_says(screen, "set_up_devices.barcode", "works"); }));
    CHECK(card_says(screen, "set_up_devices.card_printer", "works"));
    screen.device("card_printer", "jam");
    CHECK(eventually([&] { return card_says(screen, "set_up_devices.card_printer", "look here"); }));
    for (auto const& word : of_somebody) {
        INFO(word);
        CHECK(screen.words().find(word) == std::string::npos);
    }
    print_and_tell(hand, *kiosk);

    auto const told = told_to_central(bench, kiosk->terminal_id());
    REQUIRE(told.size() == 1);
    CHECK(outcome_of(told.front(), "security_key") == "works");
    CHECK(outcome_of(told.front(), "barcode") == "works");
    CHECK(outcome_of(told.front(), "card_printer") == "faulty");
    CHECK(outcome_of(told.front(), "central") == "works");
    CHECK(told.front().at("network").at("central").as_string() == "answers");
    CHECK_FALSE(told.front().at("network").at("last_sync").as_string().empty());
    CHECK(told.front().at("disk").at("free").as_int64() > 0);
    CHECK(told.front().at("disk").at("outbox").as_int64() > 0);
    CHECK(told.front().at("versions").at("build").as_string().size() == 40);
    auto const& release = told.front().at("versions").at("release").as_string();
    CHECK(portico::ReleaseVersion::parse(std::string_view(release)).has_value());
    CHECK(told.front().at("versions").at("providers").as_int64() > 0);
    CHECK(told.front().at("queue").at("sent").as_int64() == 1); // what the member changed, when it was back
    CHECK(told.front().at("queue").at("prints_unknown").as_int64() == 0);
    CHECK(has_word(fault_words(told.front()), "central_silent"));
    CHECK(has_word(fault_words(told.front()), "card_printer_media_jam"));

    // Out it comes, and nothing of them is left.
    screen.device("card_printer", "clear");
    screen.device("security_key", "remove");
    screen.wait_screen("attract");
    auto const pid = kiosk->process().pid();
    CHECK(
        eventually([&] { return found_in_memory(pid, {technician.name}).empty(); }, std::chrono::seconds(5)));
    // A member's key never gets there.
    begin_visit(screen);
    sign_in_with_key(screen, pin, person_before.key);
    finish_visit(screen);
}

TEST_CASE(
    "diagnostics: by keypad, in Spanish, the report is printed, central is told, and out comes the key") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto const& pin = bench.settings().key_pin;
    Hand hand(kiosk->screen(), Hand::By::Keypad);
    auto& screen = hand.screen();
    auto const staff = register_staff(bench, screen, technician);
    auto const sign_in = [&] {
        screen.wait_screen("attract");
        hand.press_key("es");
        screen.wait_screen("sign_in");
        key_in_pin_and_touch(hand, technician.key, pin);
    };

    // Without central nobody can say whose key it is.
    kiosk->cable().pull();
    screen.wait_screen("attract");
    hand.press_key("es");
    screen.wait_screen("sign_in");
    REQUIRE(eventually([&] { return screen.shows("part.network_out"); }));
    screen.device("security_key", "insert", {{"value", technician.key}});
    screen.wait_shows("key.pin");
    hand.type(pin);
    hand.press("part.continue");
    screen.wait_shows("problem.central_unreachable");
    CHECK(screen.screen() == "key");
    screen.device("security_key", "remove");
    kiosk->cable().plug_in();
    hand.press("key.other_way");
    hand.press("sign_in.start_over");

    sign_in();
    screen.wait_screen("diagnostics");
    REQUIRE(eventually([&] { return !screen.is_off("diagnostics.tell"); }));
    CHECK(eventually([&] { return card_says(screen, "set_up_devices.central", "funciona"); }));
    print_and_tell(hand, *kiosk);
    CHECK(told_to_central(bench, kiosk->terminal_id()).size() == 1);
    // The network goes while it is open: the page says so, and there is nobody to tell.
    kiosk->cable().pull();
    REQUIRE(eventually([&] { return screen.is_off("diagnostics.tell"); }));
    // What was told above has moved the card to the next page.
    if (!card_says(screen, "set_up_devices.central", "por revisar"))
        screen.attempt({{"do", "tap"}, {"msg", "ui.page.down"}});
    CHECK(card_says(screen, "set_up_devices.central", "por revisar"));
    kiosk->cable().plug_in();
    screen.attempt({{"do", "tap"}, {"msg", "ui.page.up"}});
    REQUIRE(eventually([&] { return !screen.is_off("diagnostics.tell"); }));
    screen.device("security_key", "remove");
    screen.wait_screen("attract");

    // Finish leaves the key to take along; left alone the page ends as any other does.
    sign_in();
    screen.wait_screen("diagnostics");
    hand.finish();
    sign_in();
    screen.wait_screen("diagnostics");
    screen.advance(61);
    screen.wait_screen("still_there");
    screen.advance(31);
    screen.wait_screen("visit_end");
    screen.device("security_key", "remove");
    screen.advance(60);

    // Somebody who does something else at the plan gets no further than before, nor who left it.
    bench.central({"account", "set-roles", staff, "--role", "service_center"});
    sign_in();
    screen.wait_shows("problem.staff_key");
    CHECK(screen.screen() == "key");
    screen.device("security_key", "remove");
    hand.press("key.other_way");
    hand.press("sign_in.start_over");
    bench.central({"account", "set-roles", staff, "--role", "technician"});
    sign_in();
    screen.wait_screen("diagnostics");
    bench.central({"account", "disable", staff});
    screen.wait_screen("visit_end");
}
