#pragma once

#include "central/cases/case_book.h"
#include "central/operations/staff_queue.h"

#include <cstdint>
#include <optional>
#include <string>

namespace portico::central {

/// An unlock that was asked for through a case.
struct UnlockRow {
    std::string id;
    std::string case_id;
    StaffId staff; ///< who asks
    TerminalId desk;
    std::string reason;
    std::string second_yes; ///< why a colleague is asked; empty: none is
    std::int64_t verified_us = 0;
    std::int64_t asked_us = 0;
    std::int64_t expires_us = 0;
    std::string state;             ///< "waiting", "unlocked", "refused", "expired", "withdrawn"
    std::string verified_way = {}; ///< as CaseFile, when it was asked for
};

/// The rows of unlocks, and the queue entry of one that waits for a colleague's yes: its `operation` is the
/// row's id. Writes run inside the caller's write transaction. Errors beside those named: those of the store.
class UnlockRequests {
public:
    UnlockRequests(Clock const& clock, StaffQueue const& queue) : clock_(clock), queue_(queue) {}

    /// The last one of a case.
    Result<std::optional<UnlockRow>> last_of(storage::Database& database, std::string const& case_id) const;
    /// Errors: NotFound "queue_entry_unknown".
    Result<UnlockRow> of_entry(storage::Database& database, QueueEntry const& entry) const;

    struct Asking {
        TerminalId desk;
        std::string reason;
        std::string second_yes;
    };
    /// One that was done at once, or (with `second_yes`) one that waits and lies in the queue.
    Result<UnlockRow> add(storage::Database& database, CaseFile const& file, Asking const& asking) const;
    struct Ending {
        std::string state;
        StaffId by = {}; ///< empty: nobody, its time was over
    };
    Result<void> end(storage::Database& database, UnlockRow const& row, Ending const& ending) const;
    /// The case is closed, or another's: nobody says yes to it any more.
    Result<void> withdraw_of_case(storage::Database& database, std::string const& case_id) const;
    /// Takes those whose time is over off the queue; the desks that wait for them.
    Result<std::vector<TerminalId>> end_expired(storage::Database& database) const;

private:
    Result<std::vector<UnlockRow>> rows(storage::Statement& query) const;
    Result<void> close_entry(storage::Database& database, UnlockRow const& row, Ending const& ending) const;

    Clock const& clock_;
    StaffQueue const& queue_;
};

} // namespace portico::central
