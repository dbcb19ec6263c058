#pragma once

#include "central/operations/rule.h"

/// A change of contact details that waits out its hold: what can be done with it until then. Both inside the
/// caller's write transaction.
namespace portico::central {

/// Who ends a hold, for the queue entry that stands for it.
struct HoldEnding {
    OperationState state{}; ///< Applied, Refused, Withdrawn
    std::string by;
    std::string reason = {}; ///< Refused: the word that the member reads
};

/// The change takes effect now. Errors: NotFound "request_unknown"; Conflict "request_withdrawn". No error
/// when the hold is over already.
Result<void> confirm_held_change(RuleTools const& tools, storage::Database& database,
                                 PatientId const& patient, std::string const& operation,
                                 HoldEnding const& ending);
/// The change is never made, and every address on file, the new ones too, is told. Errors: NotFound
/// "request_unknown"; Conflict "request_withdrawn", "hold_over".
Result<void> stop_held_change(RuleTools const& tools, storage::Database& database, PatientId const& patient,
                              std::string const& operation, HoldEnding const& ending);

} // namespace portico::central
