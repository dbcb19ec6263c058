#pragma once

#include "central/store/vault.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <string>
#include <vector>

namespace portico::central {

/// What a person has to look at: refused operations, cards with an unknown outcome, letters to send.
struct QueueEntry {
    std::string id;
    std::string kind; ///< "operation_refused", "mailed_card", "directory_error", "finding_disputed",
                      ///< "card_outcome_unknown", "sequence_gap", "send_letter", "contact_change_held",
                      ///< "glass_broken", "unlock_approval", "recovery_approval", "mailed_eob",
                      ///< "call_back_promised"
    std::string terminal;
    std::string operation;
    std::string reason;
    std::string detail; ///< sealed at rest: may name a person
    std::int64_t at_us = 0;
    std::int64_t done_us = 0; ///< 0: open
    std::string done_by;
    std::string outcome = {};        ///< "applied", "refused", "withdrawn", "reported"; empty while open
    std::string outcome_reason = {}; ///< refused: the word that the member reads
    std::int64_t due_us = 0;         ///< when it was promised for; 0: as its kind has it (work_due_us)
};

/// How an entry ends.
struct QueueClosing {
    std::string by;
    std::string outcome;
    std::string reason = {};
};

/// Safe from any thread that holds a database of its own.
class StaffQueue {
public:
    StaffQueue(Clock const& clock, Vault const& vault) : clock_(clock), vault_(vault) {}

    /// Inside the caller's write transaction; `entry` needs no id and no time.
    Result<void> add(storage::Database& database, QueueEntry entry) const;
    Result<std::vector<QueueEntry>> list(storage::Database& database, bool with_done) const;
    /// Those of one kind that are open.
    Result<std::vector<QueueEntry>> open_of_kind(storage::Database& database, std::string const& kind) const;
    /// Errors: NotFound "queue_entry_unknown"; Conflict "queue_entry_done".
    Result<QueueEntry> open_entry(storage::Database& database, std::string const& id) const;
    /// Inside the caller's write transaction. Errors: as open_entry.
    Result<void> close(storage::Database& database, std::string const& id, QueueClosing const& closing) const;

private:
    Clock const& clock_;
    Vault const& vault_;
};

} // namespace portico::central
