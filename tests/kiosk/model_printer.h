#pragma once

#include "shared/devices/printer.h"

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace portico::kiosk::test {

/// A card printer as small as it can be thought: a world that moves one step a `tick`, and remembers what no
/// real printer tells: which cards physically came out, and who stood before it then.
class ModelPrinter final : public Printer {
public:
    enum class Lost : std::uint8_t { Nothing, Reply, Request };

    // The world.
    bool reachable = true;
    bool jammed = false;
    int cards_left = 50;
    bool tells_empty_at_work = false; ///< while it prints the last card, as real ones do
    bool has_sensor = true;
    int in_output = 0;
    std::string person; ///< who stands at the kiosk
    Lost next_submit_loses = Lost::Nothing;
    /// Runs at the start of each call, before it has any effect.
    std::function<void(char const* call)> on_call = [](char const*) {};

    struct Card {
        std::string ticket;
        std::string seen_by;
        bool whole = true;
    };
    std::vector<Card> cards; ///< that came out
    std::map<std::string, int> submits;
    int live_jobs_of_others_at_submit = 0;

    void tick() {
        if (jammed)
            return;
        for (auto& job : jobs_) {
            if (is_final(job.state))
                continue;
            if (job.state == PrintJobState::Queued) {
                if (cards_left == 0 || in_output > 0)
                    return;
                --cards_left;
                job.state = PrintJobState::Printing;
                return;
            }
            ++in_output;
            cards.push_back({job.ticket, person, true});
            job.state = PrintJobState::Completed;
            return;
        }
    }
    /// Off and on: all jobs and all history gone; a card half-way through is spoilt.
    void restart() {
        for (auto const& job : jobs_)
            if (job.state == PrintJobState::Printing)
                cards.push_back({job.ticket, person, false});
        jobs_.clear();
        next_number_ = 1;
        jammed = false;
    }
    void repair() {
        reachable = true;
        jammed = false;
        cards_left = 50;
    }
    bool has_live_job() const {
        for (auto const& job : jobs_)
            if (!is_final(job.state))
                return true;
        return false;
    }
    int cards_of(std::string const& ticket) const {
        int count = 0;
        for (auto const& card : cards)
            count += card.ticket == ticket ? 1 : 0;
        return count;
    }

    PrinterStatus status(std::stop_token /*cancel*/) override {
        on_call("status");
        if (!reachable)
            return {PrinterOffline{}, {}, {}};
        PrinterStatus status;
        std::vector<PrinterCondition> conditions;
        if (jammed)
            conditions.push_back(PrinterCondition::MediaJam);
        if (cards_left == 0)
            conditions.push_back(PrinterCondition::MediaEmpty);
        if (conditions.empty())
            status.state = PrinterReady{};
        else
            status.state = PrinterStopped{conditions};
        if (has_sensor)
            status.output = in_output > 0 ? PrinterOutput::Waiting : PrinterOutput::Taken;
        return status;
    }

    Result<PrintJobId> submit(PrintTicket const& ticket, ByteView /*pdf*/, PrintMedia /*media*/,
                              PrintSides /*sides*/, std::stop_token cancel) override {
        on_call("submit");
        if (cancel.stop_requested())
            return error(ErrorKind::Cancelled, "cancelled");
        if (!reachable)
            return error(ErrorKind::Unavailable, "printer_offline");
        ++submits[ticket.text];
        auto const lost = std::exchange(next_submit_loses, Lost::Nothing);
        if (lost != Lost::Request) {
            for (auto const& job : jobs_)
                live_jobs_of_others_at_submit += !is_final(job.state) && job.ticket != ticket.text ? 1 : 0;
            jobs_.push_back({next_number_++, ticket.text, PrintJobState::Queued});
        }
        if (lost != Lost::Nothing)
            return error(ErrorKind::TimedOut, "print_outcome_unknown");
        return PrintJobId{jobs_.back().number};
    }

    Result<std::optional<PrintJob>> find(PrintTicket const& ticket, std::stop_token /*cancel*/) override {
        on_call("find");
        if (!reachable)
            return error(ErrorKind::Unavailable, "printer_offline");
        for (auto job = jobs_.rbegin(); job != jobs_.rend(); ++job)
            if (job->ticket == ticket.text)
                return std::optional(PrintJob{{job->number}, shown(*job)});
        return std::optional<PrintJob>{};
    }

    Result<PrintJobState> job_state(PrintJobId id, std::stop_token /*cancel*/) override {
        on_call("job_state");
        if (!reachable)
            return error(ErrorKind::Unavailable, "printer_offline");
        for (auto const& job : jobs_)
            if (job.number == id.number)
                return shown(job);
        return PrintJobState::Unknown;
    }

    Result<void> cancel_job(PrintJobId id, std::stop_token /*cancel*/) override {
        on_call("cancel_job");
        if (!reachable)
            return error(ErrorKind::Unavailable, "printer_offline");
        for (auto& job : jobs_) {
            if (job.number != id.number)
                continue;
            if (is_final(job.state))
                return error(ErrorKind::Conflict, "print_job_over");
            if (job.state == PrintJobState::Printing)
                cards.push_back({job.ticket, person, false});
            job.state = PrintJobState::Cancelled;
            return ok();
        }
        return error(ErrorKind::NotFound, "print_job_unknown");
    }

private:
    struct Job {
        int number = 0;
        std::string ticket;
        PrintJobState state = PrintJobState::Queued;
    };
    PrintJobState shown(Job const& job) const {
        if (is_final(job.state))
            return job.state;
        if (jammed)
            return PrintJobState::Jammed;
        if (cards_left == 0 && (job.state == PrintJobState::Queued || tells_empty_at_work))
            return PrintJobState::OutOfMedia;
        return job.state;
    }

    std::vector<Job> jobs_;
    int next_number_ = 1;
};

} // namespace portico::kiosk::test
