#include "shared/base/rfc3339.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/places.h"
#include "tests/walk/directory_steps.h"
#include "tests/walk/hand.h"

#include <algorithm>
#include <chrono>
#include <sstream>

using namespace portico::test;

namespace {

constexpr long hour_s = 3600;
constexpr long year_s = 365 * 24 * hour_s;

std::map<std::string, std::string> clock_ahead(long seconds) {
    return {{"LD_PRELOAD", bin_dir() + "/host_faults.so"},
            {"HOST_CLOCK_OFFSET_S", std::to_string(seconds)},
            {"ASAN_OPTIONS", "verify_asan_link_order=0"}};
}

std::string today() {
    return portico::to_rfc3339(
               std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()))
        .substr(0, 10);
}

std::vector<boost::json::object> queue(Bench& bench) {
    std::vector<boost::json::object> entries;
    std::istringstream lines(bench.central({"queue", "list"}));
    for (std::string line; std::getline(lines, line);)
        entries.push_back(boost::json::parse(line).as_object());
    return entries;
}

} // namespace

TEST_CASE("clock: a kiosk whose clock is an hour or most of a year off works, and captures operations when "
          "they were") {
    auto const ahead = GENERATE(-hour_s + 120, hour_s, year_s);
    INFO("the kiosk's clock is " << ahead << " s ahead");
    auto const begun = today();
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    begin_visit(kiosk->screen());
    register_with_letter(kiosk->screen(), bench.invite(alex), bench.settings().key_pin);
    kiosk->kill();
    kiosk->start(clock_ahead(ahead));
    auto& screen = kiosk->screen();
    begin_visit(screen);
    sign_in_with_key(screen, bench.settings().key_pin);
    screen.wait_shows("home.year");
    // The last 12 months are those of the plan's calendar, whatever the kiosk's says.
    open_claim(screen, "eob-0000001-0002");
    screen.wait_shows("eob.check_it");
    press(screen, "eob.check_it");
    screen.wait_shows("eob.answered");
    press(screen, "part.claims");
    press(screen, "part.home");
    screen.wait_shows("home.year");
    press(screen, "home.requests");
    screen.wait_shows("requests.list");
    CHECK(screen.words().find("We could not do it") == std::string::npos);
    auto const disputed = [&] {
        auto const entries = queue(bench);
        return std::any_of(entries.begin(), entries.end(), [](boost::json::object const& entry) {
            return entry.at("kind").as_string() == "finding_disputed";
        });
    };
    CHECK(eventually(disputed));
    for (auto const& entry : queue(bench)) {
        CHECK(entry.at("kind").as_string() != "operation_refused");
        auto const day = std::string(entry.at("at").as_string()).substr(0, 10);
        CHECK((day == begun || day == today())); // a midnight may have passed since
    }
    // The session ends by the time that passes, not by the calendar.
    screen.advance(61);
    screen.wait_screen("still_there");
    screen.advance(31);
    screen.wait_screen("visit_end");
}

TEST_CASE("clock: a kiosk whose clock is a year behind says that its clock is wrong, and what still works") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& first = kiosk->screen();
    // The directory is here before the clock goes wrong.
    begin_visit(first);
    press(first, "sign_in.find_doctor");
    first.wait_screen("find_doctor");
    search_directory(first);
    kiosk->kill();
    kiosk->start(clock_ahead(-year_s));
    auto& screen = kiosk->screen();
    begin_visit(screen);
    screen.wait_shows("part.clock_wrong", 60);
    CHECK_FALSE(screen.shows("part.network_out"));
    screen.device("security_key", "insert");
    screen.wait_shows("key.pin");
    screen.type(bench.settings().key_pin);
    press(screen, "part.continue");
    screen.wait_shows("problem.clock_wrong", 60);
    press(screen, "key.other_way");
    screen.wait_screen("sign_in");
    press(screen, "sign_in.find_doctor");
    screen.wait_screen("find_doctor");
    search_directory(screen);
    // The clock is put right: everything works again by itself.
    kiosk->kill();
    kiosk->start();
    begin_visit(kiosk->screen());
    CHECK_FALSE(kiosk->screen().shows("part.clock_wrong"));
}
