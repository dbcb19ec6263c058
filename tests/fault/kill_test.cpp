#include "shared/client/enrollment.h"
#include "shared/client/sync.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/must.h"
#include "tests/support/rounds.h"
#include "tests/walk/directory_steps.h"
#include "tests/walk/effects.h"
#include "tests/walk/visit_steps.h"

#include <csignal>
#include <set>
#include <sstream>
#include <thread>

using namespace portico;
using namespace portico::test;

namespace {

/// Some time of nobody's choosing: where the kill meets the program is what a round is about, and no test is
/// decided by it.
void let_others_run(Dice& dice) {
    for (auto turns = dice.below(3000); turns > 0; --turns)
        std::this_thread::yield();
}

/// Staff queue entries by operation.
std::multiset<std::string> effects(Bench& bench) {
    std::multiset<std::string> found;
    std::istringstream lines(bench.central({"queue", "list"}));
    for (std::string line; std::getline(lines, line);) {
        auto const entry = boost::json::parse(line).as_object();
        CHECK(entry.at("kind") != "sequence_gap");
        if (auto const* operation = entry.if_contains("operation"); operation != nullptr)
            found.emplace(operation->as_string());
    }
    return found;
}

} // namespace

TEST_CASE("kill: central killed at any moment while a terminal pushes: what was added is there once",
          "[rounds]") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    kiosk->kill(); // its terminal is ours from here on
    auto const data = kiosk->folder() / "data";
    SystemClock const clock;
    auto const enrollment = must(client::load_enrollment(data));
    auto const outbox = must(client::Outbox::open(data / "outbox.db", enrollment.sealing_public_key, clock));
    auto const replica = must(client::Replica::open(data / "replica.db", clock));
    client::Central central(must(client::Https::open(
        "https://127.0.0.1:" + std::to_string(kiosk->cable().port()), enrollment.identity)));
    client::Sync const sync(central, *replica, *outbox, {});

    std::set<std::string> added;
    for (auto const round : Rounds(150)) {
        INFO("round " << round);
        Dice dice(round);
        for (auto count = 1 + dice.below(4); count > 0; --count) {
            api::Operation operation;
            operation.report_directory_error =
                api::ReportDirectoryError{"no-such-listing", "phone", "It rings a bakery."};
            added.insert(must(outbox->add(std::move(operation))));
        }
        let_others_run(dice);
        bench.kill_central();
        bench.start_central();
    }
    CHECK(eventually([&] { return outbox->counts().value().waiting == 0; }, std::chrono::seconds(60)));
    auto const arrived = effects(bench);
    CHECK(arrived.size() == added.size());
    for (auto const& id : added)
        CHECK(arrived.count(id) == 1);
}

TEST_CASE("kill: a kiosk killed at any moment of a report: what the screen called done is there once",
          "[rounds]") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    std::size_t done = 0;
    Rounds const rounds(50);
    for (auto const round : rounds) {
        INFO("round " << round);
        Dice dice(round);
        auto& screen = kiosk->screen();
        open_listing_report(screen);
        if (dice.one_in(2)) {
            press(screen, "report.send");
            screen.wait_shows("report.thanks");
            ++done;
        } else {
            screen.send({{"do", "tap"}, {"msg", "report.send"}});
        }
        let_others_run(dice);
        kiosk->kill();
        kiosk->start();
    }
    auto const waiting = [&] {
        SystemClock const clock;
        auto const enrollment = must(client::load_enrollment(kiosk->folder() / "data"));
        return must(client::Outbox::open(kiosk->folder() / "data" / "outbox.db",
                                         enrollment.sealing_public_key, clock))
            ->counts()
            .value()
            .waiting;
    };
    CHECK(eventually([&] { return waiting() == 0; }, std::chrono::seconds(60)));
    auto const arrived = effects(bench);
    CHECK(arrived.size() >= done);
    CHECK(arrived.size() <= rounds.count());
    CHECK(std::set(arrived.begin(), arrived.end()).size() == arrived.size());
}
