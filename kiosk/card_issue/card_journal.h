#pragma once

#include "kiosk/card_issue/card_issue.h"
#include "shared/base/clock.h"
#include "shared/storage/database.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace portico::kiosk {

/// Where card issues are written down before each step. Holds issue ids, tickets, steps, reasons and times,
/// and nothing about a person. Each call is durable when it returns. One thread at a time. Errors of all
/// calls: as storage::Database.
class CardJournal {
public:
    CardJournal() = default;
    CardJournal(CardJournal const&) = delete;
    CardJournal& operator=(CardJournal const&) = delete;
    virtual ~CardJournal() = default;

    /// Errors also: Conflict "card_issue_known" when this id or ticket was ever begun: never a second time.
    virtual Result<void> begin(CardIssue const& issue, UtcTime now) = 0;
    virtual Result<void> write(CardIssue const& issue, UtcTime now) = 0;
    /// The outcome is in the outbox.
    virtual Result<void> mark_reported(CardIssueId const& id, UtcTime now) = 0;
    /// The printer was seen to hold nothing of it any more.
    virtual Result<void> mark_settled(PrintTicket const& ticket) = 0;

    /// Not over, or over and not reported; oldest first.
    virtual Result<std::vector<CardIssue>> open_issues() = 0;
    /// Tickets the printer may still hold though nobody waits for them: unknown outcomes, and letters noted.
    struct Unsettled {
        PrintTicket ticket;
        UtcTime since;
    };
    virtual Result<std::vector<Unsettled>> unsettled_issues() = 0;

    /// A letter's ticket, so that a later visit can take it out of the printer.
    virtual Result<void> note_letter(PrintTicket const& ticket, UtcTime now) = 0;
    virtual Result<void> forget_letter(PrintTicket const& ticket) = 0;
    virtual Result<std::vector<PrintTicket>> noted_letters() = 0;

    /// Forgets what is over, reported, settled and older than `before`.
    virtual Result<void> prune(UtcTime before) = 0;
};

/// In one SQLite file. Errors: as storage::Database::open; Corrupt "schema_newer", "card_journal_corrupt".
Result<std::unique_ptr<CardJournal>> open_card_journal(std::filesystem::path const& file);

} // namespace portico::kiosk
