#pragma once

#include "central/cases/case_book.h"
#include "central/operations/staff_queue.h"
#include "shared/base/secret.h"
#include "shared/domain/recovery_rules.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::central {

/// One way back to a member's account.
struct RecoveryRow {
    std::string id;
    std::string case_id;
    StaffId staff; ///< who asks
    TerminalId desk;
    std::string lost;
    std::string reason;
    std::string second_yes; ///< why a colleague is asked; empty: none is
    std::string verified_way;
    std::int64_t verified_us = 0;
    std::int64_t asked_us = 0;
    std::string state = "waiting"; ///< as api::RecoveryState::state
    StaffId decided_by = {};       ///< the colleague who said yes or no
    std::int64_t started_us = 0;
    std::int64_t expires_us = 0; ///< of the yes while it waits, of itself once it has started
    std::string first_way = {};
    std::string second_way = {};
    std::int64_t tries = 0;
    std::int64_t sends = 0;
    std::int64_t sent_us = 0;
    bool is_open() const { return state == "waiting" || state == "started"; }
    std::int64_t tries_left() const { return recovery_tries_max - tries; }
};

/// The rows of recoveries and their codes, of which there is a keyed hash each. Writes run inside the
/// caller's write transaction, which is alone among those of all nodes: however many kiosks try at once, each
/// try counts. Errors beside those named: those of the store.
class Recoveries {
public:
    Recoveries(Vault const& vault, Clock const& clock, StaffQueue const& queue)
        : vault_(vault), clock_(clock), queue_(queue) {}

    Result<std::optional<RecoveryRow>> find(storage::Database& database, std::string const& id) const;
    /// The one of this member that is open: there is one at the most.
    Result<std::optional<RecoveryRow>> open_of(storage::Database& database, PatientId const& patient) const;
    /// The last one that was asked for in a case.
    Result<std::optional<RecoveryRow>> last_of_case(storage::Database& database,
                                                    std::string const& case_id) const;
    /// Errors: NotFound "queue_entry_unknown".
    Result<RecoveryRow> of_entry(storage::Database& database, QueueEntry const& entry) const;

    struct Asking {
        TerminalId desk;
        std::string lost;
        std::string reason;
        std::string second_yes;
    };
    /// One that waits: with `second_yes` in the queue, else for `start`. Errors: TooMany
    /// "recoveries_day_full", with when to try again.
    Result<RecoveryRow> add(storage::Database& database, CaseFile const& file, Asking const& asking) const;
    /// From now on codes count. `by`: the colleague who said yes, if one was asked.
    Result<void> start(storage::Database& database, RecoveryRow& row, RecoveryWays const& ways,
                       StaffId const& by) const;
    /// Whatever is open ends; its codes are forgotten, and nobody is asked any more.
    Result<void> end(storage::Database& database, RecoveryRow& row, std::string const& state,
                     StaffId const& by = {}) const;
    /// The case is closed, or another's: nobody says yes to it any more. One that has started goes on.
    Result<void> withdraw_waiting_of_case(storage::Database& database, std::string const& case_id) const;
    /// Ends those whose time is over; the desks that were told of them.
    Result<std::vector<TerminalId>> end_expired(storage::Database& database) const;

    /// A new code of a way, which takes the place of the one before.
    Result<Secret> make_code(storage::Database& database, RecoveryRow const& row, std::string const& way,
                             std::chrono::seconds lives) const;
    /// Counts that codes were sent. False: too often, or too soon again.
    Result<bool> count_send(storage::Database& database, RecoveryRow& row) const;
    /// The way by which this code went, while it counts; empty: by none. All are compared in constant time.
    Result<std::string> way_of_code(storage::Database& database, RecoveryRow const& row,
                                    Secret const& code) const;
    /// Codes that were sent have opened a visit, and open no other. That of a letter stays, as no second
    /// letter comes in time for a visit that is cut short: what stands beside it is new each time.
    Result<void> use_up_sent(storage::Database& database, RecoveryRow const& row) const;
    /// Counts a wrong try; the last one ends the recovery.
    Result<void> count_wrong(storage::Database& database, RecoveryRow& row) const;

private:
    Result<std::vector<RecoveryRow>> rows(storage::Statement& query) const;
    Result<std::optional<RecoveryRow>> first_of(storage::Statement& query) const;
    Result<void> check_day(storage::Database& database, ByteView patient) const;
    Result<void> close_entry(storage::Database& database, RecoveryRow const& row) const;
    Bytes hash_of(RecoveryRow const& row, std::string_view way, Secret const& code) const;

    Vault const& vault_;
    Clock const& clock_;
    StaffQueue const& queue_;
};

} // namespace portico::central
