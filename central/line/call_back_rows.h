#pragma once

#include "central/store/vault.h"
#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/domain/wait_estimate.h"
#include "shared/storage/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::central {

/// One call that was asked for, without its number and member.
struct CallBack {
    std::string id;
    TerminalId terminal; ///< where it was asked
    std::string language;
    std::string about;
    std::int64_t asked_us = 0;
    std::string state; ///< "waiting", "calling", "reached", "not_reached", "cancelled"
    std::int64_t tries = 0;
    std::int64_t rests_until_us = 0;
    std::int64_t first_call_us = 0; ///< 0: not called yet
    StaffId staff;                  ///< who has it, or had it last
    std::int64_t taken_us = 0;
    std::string case_id;
    std::string said; ///< by them; empty: nothing

    bool waits() const { return state == "waiting"; }
    bool is_called() const { return state == "calling"; }
    bool rests(std::int64_t now_us) const { return waits() && rests_until_us > now_us; }
};

/// A new one.
struct AskedCallBack {
    std::string id;
    TerminalId terminal;
    std::string number; ///< E.164
    PatientId patient;  ///< empty: of nobody who was signed in
    std::string language;
    std::string about;
};

/// The rows of call-backs. Writes run inside the caller's write transaction, which is alone among those of
/// all nodes. Errors: those of the store; Corrupt "record_seal_broken".
class CallBackRows {
public:
    CallBackRows(Vault const& vault, Clock const& clock) : vault_(vault), clock_(clock) {}

    Result<std::optional<CallBack>> find(storage::Database& database, std::string const& id) const;
    /// Who waits, the first first, those that rest among them.
    Result<std::vector<CallBack>> waiting(storage::Database& database, std::int64_t limit) const;
    Result<std::int64_t> count_waiting(storage::Database& database) const;
    /// The one that is due, of those that this rep may have, and of none of these members; nothing: none is.
    Result<std::optional<CallBack>> due_for(storage::Database& database, StaffId const& staff,
                                            std::vector<PatientId> const& not_of) const;
    /// What this rep has taken and not ended.
    Result<std::optional<CallBack>> at_hand_of(storage::Database& database, StaffId const& staff) const;
    /// Taken before `us`, and nothing was said of how it went.
    Result<std::vector<CallBack>> taken_before(storage::Database& database, std::int64_t us) const;
    /// That waits or is called, of this number or of this member.
    Result<bool> has_open(storage::Database& database, AskedCallBack const& asked) const;

    /// Where calls were asked for within the last `seconds` that still wait.
    Result<std::vector<std::string>> terminals_asked_at(storage::Database& database,
                                                        std::int64_t seconds) const;

    Result<std::string> number_of(storage::Database& database, std::string const& id) const;
    /// Empty: nobody was signed in.
    Result<PatientId> patient_of(storage::Database& database, std::string const& id) const;

    Result<void> add(storage::Database& database, AskedCallBack const& asked, std::int64_t place,
                     std::optional<WaitEstimate> const& told) const;
    /// `staff` calls now.
    Result<void> set_taken(storage::Database& database, std::string const& id, StaffId const& staff,
                           std::string const& case_id) const;
    /// Back to its place. What was `said`, how many tries there were, and when the first call was.
    Result<void> set_waiting(storage::Database& database, CallBack const& call_back) const;
    /// For good: number and member are wiped.
    Result<void> end(storage::Database& database, std::string const& id, std::string_view state,
                     std::string_view said) const;
    /// Those that ended so long ago that nothing is worked out from them any more.
    Result<void> forget_ended(storage::Database& database) const;

    Bytes number_hash(std::string const& number) const;

private:
    Result<std::vector<CallBack>> read_all(storage::Statement& query) const;
    Result<std::string> sealed_text(storage::Database& database, std::string const& id,
                                    std::string_view column) const;

    Vault const& vault_;
    Clock const& clock_;
};

} // namespace portico::central
