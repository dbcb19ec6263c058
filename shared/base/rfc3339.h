#pragma once

#include "shared/base/clock.h"
#include "shared/base/result.h"

#include <string>
#include <string_view>

namespace portico {

/// "2026-11-21T22:30:00.000001Z": UTC with microseconds, always 27 characters.
std::string to_rfc3339(UtcTime time);
/// UTC ("Z") only, zero to six decimals of a second. Errors: InvalidInput "time_invalid".
Result<UtcTime> from_rfc3339(std::string_view text);

} // namespace portico
