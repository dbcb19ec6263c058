#include "kiosk/card_issue/card_issue.h"

#include "kiosk/card_issue/card_issuer.h"
#include "kiosk/card_issue/card_journal.h"
#include "tests/kiosk/model_printer.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

using namespace portico;
using namespace portico::kiosk;
using namespace portico::kiosk::test;

namespace {

struct PowerCut {};

/// In memory, and as forgetful as a disk is not: what was written stays when the issuer dies.
class MemoryJournal final : public CardJournal {
public:
    Result<void> begin(CardIssue const& issue, UtcTime /*now*/) override {
        if (rows_.contains(issue.id.text()))
            return error(ErrorKind::Conflict, "card_issue_known");
        rows_[issue.id.text()] = {issue, {}, true};
        return ok();
    }
    Result<void> write(CardIssue const& issue, UtcTime now) override {
        bool const settled = issue.step != CardIssueStep::Sending && issue.step != CardIssueStep::Printing &&
                             issue.step != CardIssueStep::Unknown;
        auto const reported = rows_.at(issue.id.text()).issue.reported;
        rows_[issue.id.text()] = {issue, now, settled};
        rows_[issue.id.text()].issue.reported = reported;
        return ok();
    }
    Result<void> mark_reported(CardIssueId const& id, UtcTime /*now*/) override {
        rows_.at(id.text()).issue.reported = true;
        return ok();
    }
    Result<void> mark_settled(PrintTicket const& ticket) override {
        for (auto& [id, row] : rows_)
            if (row.issue.ticket == ticket)
                row.settled = true;
        return ok();
    }
    Result<std::vector<CardIssue>> open_issues() override {
        std::vector<CardIssue> out;
        for (auto const& [id, row] : rows_) {
            if (row.issue.reported)
                continue;
            CardIssue issue;
            issue.id = row.issue.id;
            issue.ticket = row.issue.ticket;
            issue.step = row.issue.step;
            issue.detail = row.issue.detail;
            issue.written = true;
            out.push_back(issue);
        }
        return out;
    }
    Result<std::vector<Unsettled>> unsettled_issues() override {
        std::vector<Unsettled> out;
        for (auto const& [id, row] : rows_)
            if (!row.settled && row.issue.step == CardIssueStep::Unknown)
                out.push_back({row.issue.ticket, row.changed});
        return out;
    }
    Result<void> note_letter(PrintTicket const& /*ticket*/, UtcTime /*now*/) override { return ok(); }
    Result<void> forget_letter(PrintTicket const& /*ticket*/) override { return ok(); }
    Result<std::vector<PrintTicket>> noted_letters() override { return std::vector<PrintTicket>{}; }
    Result<void> prune(UtcTime /*before*/) override { return ok(); }

private:
    struct Row {
        CardIssue issue;
        UtcTime changed;
        bool settled = true;
    };
    std::map<std::string, Row> rows_;
};

/// The journal, with the power failing before or after each write as the bench says.
class FaultyJournal final : public CardJournal {
public:
    FaultyJournal(CardJournal& real, std::function<void(bool after)> on_write)
        : real_(real), on_write_(std::move(on_write)) {}
    Result<void> begin(CardIssue const& issue, UtcTime now) override {
        return guarded([&] { return real_.begin(issue, now); });
    }
    Result<void> write(CardIssue const& issue, UtcTime now) override {
        return guarded([&] { return real_.write(issue, now); });
    }
    Result<void> mark_reported(CardIssueId const& id, UtcTime now) override {
        return guarded([&] { return real_.mark_reported(id, now); });
    }
    Result<void> mark_settled(PrintTicket const& ticket) override {
        return guarded([&] { return real_.mark_settled(ticket); });
    }
    Result<std::vector<CardIssue>> open_issues() override { return real_.open_issues(); }
    Result<std::vector<Unsettled>> unsettled_issues() override { return real_.unsettled_issues(); }
    Result<void> note_letter(PrintTicket const& ticket, UtcTime now) override {
        return real_.note_letter(ticket, now);
    }
    Result<void> forget_letter(PrintTicket const& ticket) override { return real_.forget_letter(ticket); }
    Result<std::vector<PrintTicket>> noted_letters() override { return real_.noted_letters(); }
    Result<void> prune(UtcTime before) override { return real_.prune(before); }

private:
    template <class Write>
    Result<void> guarded(Write write) {
        on_write_(false);
        auto const done = write();
        on_write_(true);
        return done;
    }
    CardJournal& real_;
    std::function<void(bool after)> on_write_;
};

enum class Fault : std::uint8_t {
    None,
    PowerCut,
    PrinterVanishes,
    PrinterVanishesForLong,
    Jam,
    JamForLong,
    Empty,
    EmptyForLong,
    PrinterRestarts,
    ReplyLost,
    RequestLost,
    PersonLeaves,
    PersonLeavesEmpty,
    count,
};

char const* name(Fault fault) {
    static constexpr std::array names{
        "none",         "power cut",     "printer vanishes",    "vanishes for long", "jam",
        "jam for long", "empty",         "empty for long",      "printer restarts",  "reply lost",
        "request lost", "person leaves", "person leaves, empty"};
    return names.at(static_cast<std::size_t>(fault));
}

/// A fault at the n-th thing that happens: a call to the printer, or either side of a journal write.
struct Planned {
    Fault fault = Fault::None;
    int at = 0;
};

/// A kiosk with one card printer; Alex asks for a card while faults strike, then Robin does.
class Story {
public:
    Story(CardJournal& journal, std::vector<Planned> plan)
        : plan_(std::move(plan)), journal_(journal, [this](bool) { happens(); }) {
        printer.on_call = [this](char const*) { happens(); };
    }

    ModelPrinter printer;
    ManualClock clock{from_micros(1'767'225'600'000'000)};
    std::map<std::string, std::vector<CardIssueOutcome>> reports;
    int happened = 0;
    bool all_struck() const {
        return std::all_of(plan_.begin(), plan_.end(),
                           [&](Planned const& each) { return each.at < happened; });
    }

    void play() {
        alex();
        recover();
        robin();
        // Whatever the printer still had comes out now.
        printer.person = "nobody";
        for (int step = 0; step < 20; ++step) {
            printer.in_output = 0;
            printer.tick();
        }
    }

    static constexpr char const* alex_ticket = "ticket-alex";
    static constexpr char const* robin_ticket = "ticket-robin";

private:
    CardIssuerParts parts() {
        return {printer, journal_, clock,
                [this](CardIssueOutcome const& outcome) -> Result<void> {
                    reports[outcome.id.text()].push_back(outcome);
                    return ok();
                },
                [this](std::stop_token, std::stop_token) { time_passes(); }};
    }

    void time_passes() {
        clock.advance(std::chrono::seconds(30));
        printer.tick();
        ++ticks_;
        if (repair_at_ && ticks_ >= *repair_at_) {
            printer.repair();
            repair_at_.reset();
        }
        // A person takes what lies there.
        if (printer.person == "alex" || printer.person == "robin")
            printer.in_output = 0;
    }

    void happens() {
        auto const now = happened++;
        for (auto const& each : plan_)
            if (each.at == now)
                strike(each.fault);
    }

    void strike(Fault fault) {
        constexpr int short_ticks = 3;
        constexpr int long_ticks = 60; // 30 minutes: past every waiting time
        auto const until = [this](int ticks) { repair_at_ = ticks_ + ticks; };
        switch (fault) {
        case Fault::None:
        case Fault::count:
            break;
        case Fault::PowerCut:
            throw PowerCut{};
        case Fault::PrinterVanishes:
            printer.reachable = false, until(short_ticks);
            break;
        case Fault::PrinterVanishesForLong:
            printer.reachable = false, until(long_ticks);
            break;
        case Fault::Jam:
            printer.jammed = true, until(short_ticks);
            break;
        case Fault::JamForLong:
            printer.jammed = true, until(long_ticks);
            break;
        case Fault::Empty:
            printer.cards_left = 0, until(short_ticks);
            break;
        case Fault::EmptyForLong:
            printer.cards_left = 0, until(long_ticks);
            break;
        case Fault::PrinterRestarts:
            printer.restart();
            break;
        case Fault::ReplyLost:
            printer.next_submit_loses = ModelPrinter::Lost::Reply;
            break;
        case Fault::RequestLost:
            printer.next_submit_loses = ModelPrinter::Lost::Request;
            break;
        case Fault::PersonLeavesEmpty:
            printer.cards_left = 0, until(long_ticks);
            [[fallthrough]];
        case Fault::PersonLeaves:
            if (printer.person == "alex")
                printer.person = "nobody";
            person_left_.request_stop();
            break;
        }
    }

    void alex() {
        printer.person = "alex";
        try {
            CardIssuer issuer(parts());
            static_cast<void>(issuer.run(CardIssueId("issue-alex"), {alex_ticket}, as_bytes("%PDF-"),
                                         person_left_.get_token(), {}, [](CardIssueProgress const&) {}));
        } catch (PowerCut const&) {
            // The printer does not care.
            time_passes();
        }
        printer.person = "nobody";
    }

    void recover() {
        // A new process, as often as the power fails.
        for (int round = 0; round < 200; ++round) {
            try {
                CardIssuer issuer(parts());
                for (int look = 0; look < 200; ++look) {
                    auto const open = issuer.recover({});
                    REQUIRE(open.has_value());
                    if (open.value() == 0)
                        return;
                    time_passes();
                }
            } catch (PowerCut const&) {
                time_passes();
            }
        }
        FAIL("the issue stays open for ever");
    }

    void robin() {
        std::stop_source stays;
        for (int round = 0; round < 400; ++round) {
            printer.in_output = 0; // staff empty the output between visits
            try {
                CardIssuer issuer(parts());
                if (auto const open = issuer.recover({});
                    !open || open.value() > 0 || !issuer.check_ready({})) {
                    time_passes();
                    continue;
                }
                printer.person = "robin";
                auto const done =
                    issuer.run(CardIssueId("issue-robin-" + std::to_string(round)),
                               {std::string(robin_ticket) + "-" + std::to_string(round)}, as_bytes("%PDF-"),
                               stays.get_token(), {}, [](CardIssueProgress const&) {});
                printer.person = "nobody";
                if (done && done.value().outcome == "completed")
                    return;
            } catch (PowerCut const&) {
                printer.person = "nobody";
            }
            time_passes();
        }
        FAIL("nobody gets a card any more");
    }

    std::vector<Planned> plan_;
    FaultyJournal journal_;
    std::stop_source person_left_;
    std::optional<int> repair_at_;
    int ticks_ = 0;
};

void check_story(Story const& story) {
    auto const& printer = story.printer;
    for (auto const& [ticket, submits] : printer.submits) {
        CHECK(submits <= 1);
        CHECK(printer.cards_of(ticket) <= 1);
    }
    // Nobody's card comes out while another person stands there, and no job is sent on top of another's.
    for (auto const& card : printer.cards) {
        if (card.seen_by == "alex")
            CHECK(card.ticket == Story::alex_ticket);
        if (card.seen_by == "robin")
            CHECK(card.ticket.starts_with(Story::robin_ticket));
    }
    CHECK(printer.live_jobs_of_others_at_submit == 0);
    CHECK(!printer.has_live_job());
    for (auto const& [id, outcomes] : story.reports) {
        INFO(id);
        for (auto const& outcome : outcomes)
            CHECK(outcome == outcomes.front());
    }
    // Alex's issue: begun and thus ended, with a word that is true.
    auto const alex = story.reports.find("issue-alex");
    auto const cards = printer.cards_of(Story::alex_ticket);
    if (alex == story.reports.end()) {
        CHECK(cards == 0); // the power failed before anything was written
        CHECK(!printer.submits.contains(Story::alex_ticket));
        return;
    }
    auto const& outcome = alex->second.front();
    INFO("outcome " << outcome.outcome << " " << outcome.detail << ", cards " << cards);
    if (outcome.outcome == "completed")
        CHECK(cards == 1);
    else if (outcome.outcome == "failed")
        CHECK(cards == 0);
    else
        CHECK(outcome.outcome == "unknown");
}

std::string described(std::vector<Planned> const& plan) {
    std::string text;
    for (auto const& each : plan)
        text += std::string(name(each.fault)) + " at " + std::to_string(each.at) + "; ";
    return text;
}

} // namespace

TEST_CASE("card issue: without a fault one card is printed, taken and reported") {
    MemoryJournal journal;
    Story story(journal, {});
    story.play();
    check_story(story);
    CHECK(story.printer.cards_of(Story::alex_ticket) == 1);
    REQUIRE(story.reports.contains("issue-alex"));
    CHECK(story.reports["issue-alex"].front() ==
          CardIssueOutcome{CardIssueId("issue-alex"), "completed", ""});
}

TEST_CASE("card issue: every fault at every moment gives one card at most and a true word") {
    int stories = 0;
    for (auto fault = 1; fault < static_cast<int>(Fault::count); ++fault)
        for (int at = 0;; ++at) {
            MemoryJournal journal;
            std::vector<Planned> const plan{{static_cast<Fault>(fault), at}};
            INFO(described(plan));
            Story story(journal, plan);
            story.play();
            check_story(story);
            ++stories;
            if (!story.all_struck())
                break; // the story ended before the fault: every moment was tried
        }
    CHECK(stories > 100);
}

TEST_CASE("card issue: a power cut at every moment, with the journal in its file") {
    portico::test::ScratchFolder const folder;
    for (int at = 0;; ++at) {
        auto journal = open_card_journal(folder.path / (std::to_string(at) + ".db"));
        REQUIRE(journal.has_value());
        std::vector<Planned> const plan{{Fault::PowerCut, at}};
        INFO(described(plan));
        Story story(*journal.value(), plan);
        story.play();
        check_story(story);
        if (!story.all_struck())
            break;
    }
}

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

TEST_CASE("card issue: every pair of faults gives one card at most and a true word") {
    int stories = 0;
    for (auto first = 1; first < static_cast<int>(Fault::count); ++first)
        for (auto second = 1; second < static_cast<int>(Fault::count); ++second)
            for (int at = 0; at < 14; ++at)
                for (int later = at + 1; later < at + 10; ++later) {
                    MemoryJournal journal;
                    std::vector<Planned> const plan{{static_cast<Fault>(first), at},
                                                    {static_cast<Fault>(second), later}};
                    INFO(described(plan));
                    Story story(journal, plan);
                    story.play();
                    check_story(story);
                    ++stories;
                }
    CHECK(stories == 12 * 12 * 14 * 9);
}

TEST_CASE("card issue: a lost reply is looked up, not sent again") {
    MemoryJournal journal;
    Story story(journal, {{Fault::ReplyLost, 0}});
    story.play();
    check_story(story);
    CHECK(story.printer.cards_of(Story::alex_ticket) == 1);
    CHECK(story.reports["issue-alex"].front().outcome == "completed");
}

TEST_CASE("card issue: a request of which the printer has no record goes to staff and is not sent again") {
    MemoryJournal journal;
    Story story(journal, {{Fault::RequestLost, 0}});
    story.play();
    check_story(story);
    CHECK(story.printer.submits[Story::alex_ticket] == 1);
    CHECK(story.printer.cards_of(Story::alex_ticket) == 0);
    CHECK(story.reports["issue-alex"].front() ==
          CardIssueOutcome{CardIssueId("issue-alex"), "unknown", "printer_has_no_record"});
}

TEST_CASE("card issue: the machine offers to send only once, written down, with the person there") {
    // All states that any order of answers can reach.
    std::vector<CardIssueEvent> const events{
        Written{},
        SubmitAnswered{PrintJobId{1}},
        SubmitAnswered{error(ErrorKind::Unavailable, "printer_offline")},
        SubmitAnswered{error(ErrorKind::TimedOut, "print_outcome_unknown")},
        LookAnswered{std::optional<PrintJob>{}},
        LookAnswered{std::optional(PrintJob{{1}, PrintJobState::Queued})},
        LookAnswered{std::optional(PrintJob{{1}, PrintJobState::Printing})},
        LookAnswered{std::optional(PrintJob{{1}, PrintJobState::OutOfMedia})},
        LookAnswered{std::optional(PrintJob{{1}, PrintJobState::Jammed})},
        LookAnswered{std::optional(PrintJob{{1}, PrintJobState::Completed})},
        LookAnswered{std::optional(PrintJob{{1}, PrintJobState::Aborted})},
        LookAnswered{std::optional(PrintJob{{1}, PrintJobState::Cancelled})},
        LookAnswered{error(ErrorKind::Unavailable, "printer_offline")},
        CancelAnswered{ok(), true, true},
        CancelAnswered{ok(), false, false},
        CancelAnswered{error(ErrorKind::Conflict, "print_job_over"), false, false},
        OutputAnswered{PrinterOutput::Taken},
        OutputAnswered{PrinterOutput::Waiting},
        OutputAnswered{std::nullopt},
        PersonTook{},
        PersonLeft{},
        NotReady{"out_of_cards"},
        WaitedTooLong{},
        Reported{}};
    auto const key = [](CardIssue const& issue) {
        return std::string(name(issue.step)) + "/" + issue.detail + "/" +
               std::to_string(issue.written * 1 + issue.reported * 2 + issue.recovered * 4 +
                              issue.submitted * 8 + issue.person_left * 16 + issue.seen_at_work * 32 +
                              issue.media_empty_at_cancel * 64 + issue.cancelled * 128 +
                              issue.unreachable * 256 + issue.gave_up * 512) +
               "/" + (issue.job ? portico::name(issue.job->state) : "");
    };
    CardIssue fresh;
    fresh.id = CardIssueId("issue");
    fresh.ticket = {"ticket"};
    std::vector<CardIssue> todo{fresh};
    for (auto const step : {CardIssueStep::Reserved, CardIssueStep::Sending, CardIssueStep::Printing,
                            CardIssueStep::Completed, CardIssueStep::Unknown}) {
        auto from_journal = fresh;
        from_journal.step = step;
        todo.push_back(recovered(from_journal));
    }
    std::set<std::string> seen;
    while (!todo.empty()) {
        auto const issue = todo.back();
        todo.pop_back();
        if (!seen.insert(key(issue)).second)
            continue;
        if (next_action(issue) == CardIssueAction::Submit) {
            CHECK(issue.step == CardIssueStep::Sending);
            CHECK(issue.written);
            CHECK(!issue.submitted);
            CHECK(!issue.recovered);
            CHECK(!issue.person_left);
        }
        if (issue.reported)
            CHECK(is_over(issue.step));
        for (auto const& event : events) {
            // Only answers to what was asked, and what may come at any time.
            auto const action = next_action(issue);
            bool const asked =
                (std::holds_alternative<Written>(event) && action == CardIssueAction::Write) ||
                (std::holds_alternative<SubmitAnswered>(event) && action == CardIssueAction::Submit) ||
                (std::holds_alternative<LookAnswered>(event) &&
                 (action == CardIssueAction::Look || action == CardIssueAction::Cancel)) ||
                (std::holds_alternative<CancelAnswered>(event) && action == CardIssueAction::Cancel) ||
                (std::holds_alternative<OutputAnswered>(event) && action == CardIssueAction::AwaitTaken) ||
                (std::holds_alternative<Reported>(event) && action == CardIssueAction::Report) ||
                std::holds_alternative<PersonTook>(event) || std::holds_alternative<PersonLeft>(event) ||
                std::holds_alternative<NotReady>(event) || std::holds_alternative<WaitedTooLong>(event);
            if (!asked)
                continue;
            auto const next = apply(issue, event);
            if (is_over(issue.step))
                CHECK(next.step == issue.step);
            if (next.step == CardIssueStep::Failed && issue.submitted && !is_over(issue.step))
                CHECK((next.cancelled && next.media_empty_at_cancel && !next.seen_at_work));
            todo.push_back(next);
        }
    }
    CHECK(seen.size() > 100);
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

TEST_CASE("card issue: who leaves before it began takes the job back; no card comes out later") {
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
    // Out of cards it is sure that there is none; a jam may have a card in it.
    CHECK(done.value().outcome == (jam ? "unknown" : "failed"));
    CHECK(done.value().detail == (jam ? "print_cancelled" : "out_of_cards"));
    CHECK(!printer.has_live_job());
    printer.repair();
    printer.tick();
    printer.tick();
    CHECK(printer.cards.empty());
}
