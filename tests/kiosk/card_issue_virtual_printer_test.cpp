#include "kiosk/card_issue/card_issuer.h"
#include "kiosk/card_issue/card_journal.h"
#include "shared/devices/virtual/virtual_printer.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

using namespace portico;
using namespace portico::kiosk;

namespace {

/// The bench's own card printer, which keeps real files, behind the issuer.
struct Bench {
    portico::test::ScratchFolder folder;
    ManualClock clock{from_micros(1'767'225'600'000'000)};
    std::unique_ptr<CardJournal> journal = open_card_journal(folder.path / "cards.db").value();
    std::unique_ptr<VirtualPrinter> printer =
        VirtualPrinter::create(
            {"card-printer", folder.path / "out", {PrintMedia::Cr80}, 5, 1, std::chrono::seconds(20)}, clock)
            .value();
    std::stop_source person;
    std::vector<CardIssueOutcome> reports;
    std::function<void(int)> on_pause = [](int) {};
    int pauses = 0;
    CardIssuer issuer{{*printer, *journal, clock,
                       [this](CardIssueOutcome const& outcome) -> Result<void> {
                           reports.push_back(outcome);
                           return ok();
                       },
                       [this](std::stop_token, std::stop_token) {
                           clock.advance(std::chrono::seconds(10));
                           on_pause(++pauses);
                       }}};

    Result<CardIssueOutcome> run(std::string const& id = "issue-1") {
        return issuer.run(CardIssueId(id), {"ticket-" + id}, as_bytes("%PDF-1.5 sample"), person.get_token(),
                          {}, [](CardIssueProgress const&) {});
    }
};

} // namespace

TEST_CASE("card issue, virtual printer: printed, taken, reported") {
    Bench bench;
    bench.on_pause = [&](int) {
        if (!bench.printer->printed().empty())
            bench.printer->take();
    };
    CHECK(bench.run().value().outcome == "completed");
    CHECK(bench.printer->printed().size() == 1);
    CHECK(bench.reports.size() == 1);
}

TEST_CASE("card issue, virtual printer: every trouble at every pause gives one card at most") {
    enum class Trouble : std::uint8_t { Jam, Empty, Unplug, Restart, Leave, count };
    for (auto trouble = 0; trouble < static_cast<int>(Trouble::count); ++trouble)
        for (int at = 1; at <= 5; ++at)
            for (bool const repaired : {true, false}) {
                Bench bench;
                INFO("trouble " << trouble << " at " << at << " repaired " << repaired);
                bench.on_pause = [&](int pause) {
                    if (pause == at)
                        switch (static_cast<Trouble>(trouble)) {
                        case Trouble::Jam:
                            bench.printer->jam();
                            break;
                        case Trouble::Empty:
                            bench.printer->empty_media();
                            break;
                        case Trouble::Unplug:
                            bench.printer->unplug();
                            break;
                        case Trouble::Restart:
                            bench.printer->restart();
                            break;
                        case Trouble::Leave:
                        case Trouble::count:
                            bench.person.request_stop();
                            break;
                        }
                    if (pause == at + 3 && repaired) {
                        bench.printer->clear_jam();
                        bench.printer->refill();
                        bench.printer->plug();
                    }
                    if (pause > at + 5)
                        bench.printer->take();
                };
                auto const done = bench.run();
                REQUIRE(done.has_value());
                auto const cards = bench.printer->printed().size();
                CHECK(cards <= 1);
                if (done.value().outcome == "completed")
                    CHECK(cards == 1);
                if (done.value().outcome == "failed")
                    CHECK(cards == 0);
                REQUIRE(bench.reports.size() == 1);
                CHECK(bench.reports.front() == done.value());

                // Then all is put right, and the next person gets a card of their own.
                bench.printer->clear_jam();
                bench.printer->refill();
                bench.printer->plug();
                bench.printer->take();
                bench.person = {};
                // What a printer without contact still had comes out before staff, who take it away.
                bench.clock.advance(std::chrono::seconds(settle_quiet_s + 1));
                static_cast<void>(bench.printer->status({}));
                bench.printer->take();
                auto const before = bench.printer->printed().size();
                CHECK(before <= 1);
                if (done.value().outcome == "failed")
                    CHECK(before == 0);
                bench.on_pause = [&](int) { bench.printer->take(); };
                auto const next = bench.run("issue-2");
                REQUIRE(next.has_value());
                INFO(next.value().detail);
                CHECK(next.value().outcome == "completed");
                CHECK(bench.printer->printed().size() == before + 1);
            }
}

TEST_CASE("card issue, virtual printer: a kiosk that dies while printing follows the card when it is back") {
    Bench bench;
    std::stop_source power;
    bench.on_pause = [&](int pause) {
        if (pause == 1)
            power.request_stop();
    };
    auto const died = bench.issuer.run(CardIssueId("issue-1"), {"ticket-1"}, as_bytes("%PDF-1.5 sample"), {},
                                       power.get_token(), [](CardIssueProgress const&) {});
    CHECK(died.error().reason == "shutdown");
    CHECK(bench.reports.empty());

    CardIssuer reborn(
        {*bench.printer, *bench.journal, bench.clock, [&](CardIssueOutcome const& outcome) -> Result<void> {
             bench.reports.push_back(outcome);
             return ok();
         }});
    CHECK(reborn.recover({}).value() == 1); // still printing
    CHECK(reborn.check_ready({}).error().reason == "card_issue_open");
    bench.clock.advance(std::chrono::seconds(30));
    CHECK(reborn.recover({}).value() == 0);
    REQUIRE(bench.reports.size() == 1);
    CHECK(bench.reports.front() == CardIssueOutcome{CardIssueId("issue-1"), "completed", "left_behind"});
    CHECK(reborn.check_ready({}).error().reason == "card_in_output");
    bench.printer->take();
    CHECK(reborn.check_ready({}).has_value());
    CHECK(bench.printer->printed().size() == 1);
}
