#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/plan_files.h"
#include "tests/walk/directory_steps.h"
#include "tests/walk/hand.h"

#include <sstream>

using namespace portico::test;

namespace {

std::vector<boost::json::object> refused_in_queue(Bench& bench) {
    std::vector<boost::json::object> found;
    std::istringstream lines(bench.central({"queue", "list"}));
    for (std::string line; std::getline(lines, line);)
        if (auto entry = boost::json::parse(line).as_object();
            entry.at("kind").as_string() == "operation_refused")
            found.push_back(std::move(entry));
    return found;
}

std::vector<boost::json::object> wait_for_refused(Bench& bench) {
    std::vector<boost::json::object> found;
    CHECK(eventually([&] {
        found = refused_in_queue(bench);
        return !found.empty();
    }));
    return found;
}

void ask_for_mailed_card(Driver& screen) {
    screen.wait_shows("home.year");
    press(screen, "home.more");
    screen.wait_screen("more");
    press(screen, "more.mail_card");
    screen.wait_screen("mail_card");
    press(screen, "mail_card.send");
    screen.wait_shows("mail_card.done");
    press(screen, "part.ok");
    screen.wait_screen("more");
    press(screen, "part.home");
    screen.wait_screen("home");
}

} // namespace

TEST_CASE("refused operations: the member's own stand in My requests with the reason in plain words") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    // Two cards by mail within 30 days are what the plan allows.
    for (int card = 0; card < 3; ++card)
        ask_for_mailed_card(screen);
    auto const queue = wait_for_refused(bench);
    REQUIRE(queue.size() == 1);
    CHECK(queue[0].at("reason").as_string() == "mailed_card_limit");
    screen.wait_shows("home.year");
    press(screen, "home.requests");
    screen.wait_shows("requests.list");
    CHECK(screen.words().find("We could not do it: you have had the mailed cards of this month") !=
          std::string::npos);
    finish_visit(screen);

    // And on the member's next visit, in their language.
    begin_visit(screen, "Español");
    sign_in_with_key(screen, bench.settings().key_pin);
    screen.wait_shows("home.year");
    press(screen, "home.requests");
    screen.wait_shows("requests.list");
    CHECK(screen.words().find("ya recibió las tarjetas por correo de este mes") != std::string::npos);
    finish_visit(screen);
}

TEST_CASE("refused operations: one of nobody's session stands in staff's queue with its reason") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    begin_visit(screen);
    press(screen, "sign_in.find_doctor");
    screen.wait_screen("find_doctor");
    search_directory(screen);
    auto const listing = first_listing(screen);
    screen.tap_key(listing);
    screen.wait_screen("doctor");
    press(screen, "doctor.report");
    screen.wait_screen("report_listing");

    // While the cable is out the plan takes every listing out of its directory; the report is kept meanwhile.
    kiosk->cable().pull();
    press(screen, "report.send");
    screen.wait_shows("report.thanks");
    auto const gone = bench.folder() / "gone";
    std::filesystem::create_directories(gone);
    for (auto const* file : {"PractitionerRole.ndjson", "OrganizationAffiliation.ndjson"}) {
        std::filesystem::copy(bench.folder() / "plan" / file, gone / file);
        change_resources(gone / file, [](boost::json::object& each) {
            each["active"] = false;
            each["meta"].as_object()["lastUpdated"] = "2099-01-01T00:00:00Z";
            return true;
        });
    }
    bench.import(gone);
    kiosk->cable().plug_in();
    auto const queue = wait_for_refused(bench);
    REQUIRE(queue.size() == 1);
    CHECK(queue[0].at("reason").as_string() == "listing_unknown");
    CHECK(queue[0].at("detail").as_string() == "report_directory_error");
    CHECK(queue[0].at("terminal").as_string() == kiosk->terminal_id());
}
