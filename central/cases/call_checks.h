#pragma once

#include "central/cases/case_book.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::central {

/// A question to a member, wherever they are signed in, whether they are on the phone.
struct CallCheckRow {
    std::string id;
    std::string case_id;
    StaffId staff;
    TerminalId desk;
    std::string number;               ///< what the rep reads out
    std::vector<std::string> numbers; ///< what the member finds it among
    std::int64_t expires_us = 0;
    std::string state;  ///< "waiting", "confirmed", "wrong", "denied", "replaced", "expired"
    bool again = false; ///< the answer came before: nothing comes of it
};

/// The rows of such questions. Writes run inside the caller's write transaction. Errors beside those named:
/// those of the store.
class CallChecks {
public:
    static constexpr std::int64_t check_s = std::int64_t{5} * 60;
    /// A member is not to be rung at by questions.
    static constexpr std::int64_t asked_hour_max = 10;

    CallChecks(Vault const& vault, Clock const& clock) : vault_(vault), clock_(clock) {}

    /// For a case of its owner's. What the same case asked before ends. Errors: those of VerificationGuard;
    /// TooMany "checks_hour_full", with when to try again.
    Result<CallCheckRow> ask(storage::Database& database, CaseFile const& file, TerminalId const& desk) const;
    /// What waits for this member's answer.
    Result<std::optional<CallCheckRow>> waiting_for(storage::Database& database,
                                                    PatientId const& patient) const;
    /// The one answer; `state` says what came of it. An empty `number` says that the member is on no phone.
    /// The same answer once more, of a terminal that did not hear what came of it, is told so `again`.
    /// Errors: NotFound "check_gone"; InvalidInput "number_unknown".
    Result<CallCheckRow> answer(storage::Database& database, PatientId const& patient, std::string const& id,
                                std::string const& number) const;
    /// How the last question of a case stands; empty: none was asked.
    Result<std::string> state_of(storage::Database& database, std::string const& case_id) const;
    /// The case is closed, or another's: nobody answers it any more.
    Result<void> end_of_case(storage::Database& database, std::string const& case_id) const;

private:
    Result<CallCheckRow> answered_before(storage::Database& database, PatientId const& patient,
                                         std::string const& id, std::string const& number) const;
    Result<CallCheckRow> read(storage::Statement const& row) const;
    Result<void> check_not_too_many(storage::Database& database, PatientId const& patient) const;

    Vault const& vault_;
    Clock const& clock_;
};

} // namespace portico::central
