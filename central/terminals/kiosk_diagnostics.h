#pragma once

#include "shared/api/diagnostics.h"
#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <string>
#include <vector>

/// What kiosks tell of themselves, for the plan's IT.
namespace portico::central {

inline constexpr int diagnostics_kept_days = 30;
/// Of one terminal; the oldest goes.
inline constexpr std::int64_t diagnostics_of_terminal_max = 20;

/// Whether all of it is what a kiosk can have to tell: no text is free, so that none is personal. Errors:
/// InvalidInput "diagnostics_invalid", naming the field.
Result<void> check_diagnostics(api::KioskDiagnostics const& told);

/// Inside the caller's write transaction; what has passed `check_diagnostics`.
Result<void> keep_diagnostics(storage::Database& database, Clock const& clock, TerminalId const& terminal,
                              api::KioskDiagnostics const& told);

struct KeptDiagnostics {
    UtcTime received;
    std::string json; ///< an api::KioskDiagnostics
};
/// Newest first, none older than `diagnostics_kept_days`.
Result<std::vector<KeptDiagnostics>> diagnostics_of(storage::Database& database, Clock const& clock,
                                                    TerminalId const& terminal);

/// Forgets what is older than `diagnostics_kept_days`.
Result<void> purge_diagnostics(storage::Database& database, UtcTime now);

} // namespace portico::central
