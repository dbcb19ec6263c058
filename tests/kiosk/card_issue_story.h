#pragma once

#include "kiosk/card_issue/card_issuer.h"
#include "kiosk/card_issue/card_journal.h"
#include "tests/kiosk/model_printer.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

namespace portico::kiosk::test {

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
                             issue.step != CardIssueStep::Unknown &&
                             !(issue.step == CardIssueStep::Failed && issue.submitted);
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
            else if (!row.settled && row.issue.step == CardIssueStep::Failed)
                out.push_back({row.issue.ticket, from_micros(0)});
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
    LastCard,
    PrinterRestarts,
    ReplyLost,
    RequestLost,
    PersonLeaves,
    PersonLeavesEmpty,
    count,
};

inline char const* name(Fault fault) {
    static constexpr std::array names{
        "none",         "power cut",    "printer vanishes", "vanishes for long",   "jam",
        "jam for long", "empty",        "empty for long",   "last card",           "printer restarts",
        "reply lost",   "request lost", "person leaves",    "person leaves, empty"};
    static_assert(names.size() == static_cast<std::size_t>(Fault::count));
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
        printer.tells_empty_at_work = true;
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
        case Fault::LastCard:
            printer.cards_left = std::min(printer.cards_left, 1), until(short_ticks);
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

inline void check_story(Story const& story) {
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

inline std::string described(std::vector<Planned> const& plan) {
    std::string text;
    for (auto const& each : plan)
        text += std::string(name(each.fault)) + " at " + std::to_string(each.at) + "; ";
    return text;
}

} // namespace portico::kiosk::test
