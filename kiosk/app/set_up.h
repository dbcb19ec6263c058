#pragma once

#include "kiosk/app/load.h"
#include "shared/base/clock.h"
#include "shared/client/enrollment.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>

namespace portico::kiosk {

/// Targets of the touch test: the corners and the middle.
inline constexpr std::size_t touch_target_count = 5;

/// The set-up of a kiosk without an enrolment. It stands in the state as long as that is so when the program
/// starts, and nothing makes one later: there is no way back to it. Nothing personal, and no secret.
struct SetUp {
    bool central_named = false; ///< by the configuration: it need not be kept beside the identity
    std::array<bool, touch_target_count> touched{};
    Doing certifying = {}; ///< its failure is shown by the page with the code
    client::EnrollmentStep step = client::EnrollmentStep::MakingKey;
    bool certified = false;
    Doing central = {}; ///< whether it answers where it serves; asked once this kiosk is certified
    bool central_reached = false;
    Sending report = {};
    bool started = false; ///< the kiosk begins to serve: nothing here is asked any more
};

} // namespace portico::kiosk
