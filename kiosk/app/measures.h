#pragma once

#include "shared/api/diagnostics.h"
#include "shared/base/clock.h"

#include <optional>

namespace portico::kiosk {

/// What a kiosk has to look up to say how it does. Nothing personal.
struct Measures {
    std::optional<UtcTime> complete_at; ///< when the reference data was known to be complete
    std::int64_t central_ahead_s = 0;   ///< as api::KioskNetwork
    api::KioskDisk disk = {};
    api::KioskVersions versions = {};
    api::KioskQueue queue = {};
};

} // namespace portico::kiosk
