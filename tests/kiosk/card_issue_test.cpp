#include "kiosk/card_issue/card_issuer.h"
#include "kiosk/card_issue/card_journal.h"
#include "tests/kiosk/card_issue_story.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

using namespace portico;
using namespace portico::kiosk;
using namespace portico::kiosk::test;

TEST_CASE("card journal: survives its process, knows an issue for ever, and forgets when told") {
    portico::test::ScratchFolder const folder;
    auto const file = folder.path / "cards.db";
    auto const now = from_micros(1'767'225'600'000'000);
    CardIssue issue;
    issue.id = CardIssueId("issue-1");
    issue.ticket = {"ticket-1"};
    {
        auto journal = open_card_journal(file).value();
        REQUIRE(journal->begin(issue, now).has_value());
        issue.step = CardIssueStep::Unknown;
        issue.detail = "printer_unreachable";
        REQUIRE(journal->write(issue, now).has_value());
    }
    auto journal = open_card_journal(file).value();
    CHECK(journal->begin(issue, now).error().reason == "card_issue_known");
    auto const open = journal->open_issues().value();
    REQUIRE(open.size() == 1);
    CHECK(open.front().step == CardIssueStep::Unknown);
    CHECK(open.front().detail == "printer_unreachable");
    CHECK(open.front().written);
    REQUIRE(journal->unsettled_issues().value().size() == 1);
    CHECK(journal->unsettled_issues().value().front().since == now);

    REQUIRE(journal->mark_reported(issue.id, now).has_value());
    CHECK(journal->open_issues().value().empty());
    REQUIRE(journal->prune(now + std::chrono::hours(1)).has_value());
    CHECK(journal->unsettled_issues().value().size() == 1); // the printer may still hold it
    REQUIRE(journal->mark_settled(issue.ticket).has_value());
    REQUIRE(journal->prune(now + std::chrono::hours(1)).has_value());
    CHECK(journal->begin(issue, now).has_value());
    SECTION("an issue that was not begun cannot be written") {
        issue.id = CardIssueId("issue-2");
        CHECK(journal->write(issue, now).error().reason == "card_issue_not_begun");
    }
    SECTION("letters are noted and forgotten") {
        REQUIRE(journal->note_letter({"letter-1"}, now).has_value());
        CHECK(journal->noted_letters().value() == std::vector<PrintTicket>{{"letter-1"}});
        REQUIRE(journal->forget_letter({"letter-1"}).has_value());
        CHECK(journal->noted_letters().value().empty());
    }
}

TEST_CASE("card issue: nothing is begun while the printer cannot print, and the reason is named") {
    MemoryJournal journal;
    ManualClock const clock(from_micros(1'767'225'600'000'000));
    ModelPrinter printer;
    CardIssuer issuer({printer, journal, clock, [](CardIssueOutcome const&) -> Result<void> { return ok(); },
                       [](std::stop_token, std::stop_token) {}});
    CHECK(issuer.check_ready({}).has_value());
    printer.cards_left = 0;
    CHECK(issuer.check_ready({}).error().reason == "out_of_cards");
    printer.repair();
    printer.jammed = true;
    CHECK(issuer.check_ready({}).error().reason == "printer_stopped");
    printer.repair();
    printer.in_output = 1;
    CHECK(issuer.check_ready({}).error().reason == "card_in_output");
    printer.in_output = 0;
    printer.reachable = false;
    CHECK(issuer.check_ready({}).error().reason == "printer_offline");
}

TEST_CASE("card issue: an issue that was ever begun is not begun again") {
    portico::test::ScratchFolder const folder;
    auto journal = open_card_journal(folder.path / "cards.db");
    REQUIRE(journal.has_value());
    ManualClock clock(from_micros(1'767'225'600'000'000));
    ModelPrinter printer;
    printer.person = "alex";
    CardIssuer issuer({printer, *journal.value(), clock,
                       [](CardIssueOutcome const&) -> Result<void> { return ok(); },
                       [&](std::stop_token, std::stop_token) { printer.tick(), printer.in_output = 0; }});
    auto const run = [&] {
        return issuer.run(CardIssueId("issue-1"), {"ticket-1"}, as_bytes("%PDF-"), {}, {},
                          [](CardIssueProgress const&) {});
    };
    auto const first = run();
    REQUIRE(first.has_value());
    CHECK(first.value().outcome == "completed");
    auto const again = run();
    REQUIRE(!again.has_value());
    CHECK(again.error().reason == "card_issue_known");
    CHECK(printer.cards.size() == 1);
}

TEST_CASE("card issue: the person's word counts where no sensor does") {
    MemoryJournal journal;
    ManualClock clock(from_micros(1'767'225'600'000'000));
    ModelPrinter printer;
    printer.has_sensor = false;
    std::vector<CardIssueOutcome> reports;
    std::unique_ptr<CardIssuer> issuer;
    int pauses = 0;
    issuer =
        std::make_unique<CardIssuer>(CardIssuerParts{printer, journal, clock,
                                                     [&](CardIssueOutcome const& outcome) -> Result<void> {
                                                         reports.push_back(outcome);
                                                         return ok();
                                                     },
                                                     [&](std::stop_token, std::stop_token) {
                                                         printer.tick();
                                                         if (++pauses == 6)
                                                             issuer->person_took();
                                                     }});
    auto const done = issuer->run(CardIssueId("issue-1"), {"ticket-1"}, as_bytes("%PDF-"), {}, {},
                                  [](CardIssueProgress const&) {});
    REQUIRE(done.has_value());
    CHECK(done.value() == CardIssueOutcome{CardIssueId("issue-1"), "completed", ""});
    CHECK(reports.size() == 1);
}

TEST_CASE("card issue: a card left in the output is said to be left behind") {
    MemoryJournal journal;
    ManualClock clock(from_micros(1'767'225'600'000'000));
    ModelPrinter printer;
    std::stop_source person;
    CardIssuer issuer({printer, journal, clock, [](CardIssueOutcome const&) -> Result<void> { return ok(); },
                       [&](std::stop_token, std::stop_token) {
                           printer.tick();
                           if (!printer.cards.empty())
                               person.request_stop();
                       }});
    auto const done = issuer.run(CardIssueId("issue-1"), {"ticket-1"}, as_bytes("%PDF-"), person.get_token(),
                                 {}, [](CardIssueProgress const&) {});
    REQUIRE(done.has_value());
    CHECK(done.value() == CardIssueOutcome{CardIssueId("issue-1"), "completed", "left_behind"});
}

TEST_CASE("card issue: an outcome that could not be kept is reported later") {
    portico::test::ScratchFolder const folder;
    auto journal = open_card_journal(folder.path / "cards.db");
    REQUIRE(journal.has_value());
    ManualClock clock(from_micros(1'767'225'600'000'000));
    ModelPrinter printer;
    bool disk_full = true;
    std::vector<CardIssueOutcome> reports;
    CardIssuer issuer({printer, *journal.value(), clock,
                       [&](CardIssueOutcome const& outcome) -> Result<void> {
                           if (disk_full)
                               return error(ErrorKind::Full, "disk_full");
                           reports.push_back(outcome);
                           return ok();
                       },
                       [&](std::stop_token, std::stop_token) { printer.tick(), printer.in_output = 0; }});
    auto const done = issuer.run(CardIssueId("issue-1"), {"ticket-1"}, as_bytes("%PDF-"), {}, {},
                                 [](CardIssueProgress const&) {});
    REQUIRE(!done.has_value());
    CHECK(done.error().kind == ErrorKind::Full);
    CHECK(issuer.check_ready({}).error().reason == "card_issue_open");
    disk_full = false;
    CHECK(issuer.recover({}).value() == 0);
    REQUIRE(reports.size() == 1);
    CHECK(reports.front().outcome == "completed");
    CHECK(issuer.check_ready({}).has_value());
}

TEST_CASE("card issue: who leaves before it began takes the job back, no card comes out later") {
    MemoryJournal journal;
    ManualClock clock(from_micros(1'767'225'600'000'000));
    ModelPrinter printer;
    std::stop_source person;
    int pauses = 0;
    bool const jam = GENERATE(true, false);
    CardIssuer issuer({printer, journal, clock, [](CardIssueOutcome const&) -> Result<void> { return ok(); },
                       [&](std::stop_token, std::stop_token) {
                           if (++pauses == 3)
                               person.request_stop();
                           REQUIRE(pauses < 10); // not by waiting until it is given up
                           printer.tick();
                       }});
    printer.on_call = [&](char const* call) {
        if (std::string_view(call) == "submit")
            (jam ? printer.jammed : printer.reachable) = true, printer.cards_left = jam ? 1 : 0;
    };
    auto const done = issuer.run(CardIssueId("issue-1"), {"ticket-1"}, as_bytes("%PDF-"), person.get_token(),
                                 {}, [](CardIssueProgress const&) {});
    REQUIRE(done.has_value());
    // A jam may have a card in it, and the last card may be on its way where the hopper is empty.
    CHECK(done.value().outcome == "unknown");
    CHECK(done.value().detail == "print_cancelled");
    CHECK(!printer.has_live_job());
    printer.repair();
    printer.tick();
    printer.tick();
    CHECK(printer.cards.empty());
}

TEST_CASE(
    "card issue: the last card, on its way while the printer says it has none, is not said to have failed") {
    MemoryJournal journal;
    ManualClock clock(from_micros(1'767'225'600'000'000));
    ModelPrinter printer;
    printer.tells_empty_at_work = true;
    printer.cards_left = 1;
    std::stop_source person;
    CardIssuer issuer({printer, journal, clock, [](CardIssueOutcome const&) -> Result<void> { return ok(); },
                       [&](std::stop_token, std::stop_token) {
                           printer.tick();
                           person.request_stop();
                       }});
    auto const done = issuer.run(CardIssueId("issue-1"), {"ticket-1"}, as_bytes("%PDF-"), person.get_token(),
                                 {}, [](CardIssueProgress const&) {});
    REQUIRE(done.has_value());
    CHECK(printer.cards_of("ticket-1") == 1);
    CHECK(done.value().outcome == "unknown");
}

TEST_CASE("card issue: one whose card could not be made is reported as failed and nothing is sent") {
    MemoryJournal journal;
    ManualClock const clock(from_micros(1'767'225'600'000'000));
    ModelPrinter printer;
    std::vector<CardIssueOutcome> reports;
    CardIssuer issuer({printer, journal, clock,
                       [&](CardIssueOutcome const& outcome) -> Result<void> {
                           reports.push_back(outcome);
                           return ok();
                       },
                       [](std::stop_token, std::stop_token) {}});
    auto const ended = issuer.give_up(CardIssueId("issue-1"), {"ticket-1"}, "card_field_unfit");
    REQUIRE(ended.has_value());
    CHECK(reports == std::vector<CardIssueOutcome>{{CardIssueId("issue-1"), "failed", "card_field_unfit"}});
    CHECK(printer.submits.empty());
    CHECK(issuer.check_ready({}).has_value());
}

TEST_CASE("card issue: it is in the journal before central is asked, so that no answer that is lost leaves "
          "it open") {
    MemoryJournal journal;
    ManualClock const clock(from_micros(1'767'225'600'000'000));
    ModelPrinter printer;
    std::vector<CardIssueOutcome> reports;
    auto const parts = [&] {
        return CardIssuerParts{printer, journal, clock,
                               [&](CardIssueOutcome const& outcome) -> Result<void> {
                                   reports.push_back(outcome);
                                   return ok();
                               },
                               [](std::stop_token, std::stop_token) {}};
    };
    std::vector<CardIssueOutcome> const failed{{CardIssueId("issue-1"), "failed", "central_unreachable"}};
    CardIssuer issuer(parts());
    REQUIRE(issuer.reserve(CardIssueId("issue-1"), {"ticket-1"}).has_value());
    CHECK(journal.open_issues().value().size() == 1);
    CHECK(reports.empty());
    SECTION("central did not answer") {
        REQUIRE(issuer.give_up(CardIssueId("issue-1"), {"ticket-1"}, "central_unreachable").has_value());
        CHECK(reports == failed);
    }
    SECTION("the kiosk died while it asked") {
        CardIssuer again(parts());
        CHECK(again.recover({}).value() == 0);
        REQUIRE(reports.size() == 1);
        CHECK(reports[0].outcome == "failed");
    }
    SECTION("another issue does not begin meanwhile") {
        CHECK(issuer.reserve(CardIssueId("issue-2"), {"ticket-2"}).error().reason == "card_issue_open");
        return;
    }
    CHECK(printer.submits.empty());
    CHECK(issuer.check_ready({}).has_value());
}
