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

/// What the configuration says this kiosk has, so that what is not there is no fault.
struct SetUpParts {
    bool chip_reader = false;
    bool barcode_reader = false;
    bool headphone_jack = false;
    bool card_printer = false;
    bool letter_printer = false;
    bool central_named = false; ///< and need not be kept beside the identity
};

/// The set-up of a kiosk without an enrolment. It stands in the state as long as that is so when the program
/// starts, and nothing makes one later: there is no way back to it. Nothing personal, and no secret.
struct SetUp {
    SetUpParts parts = {};
    std::array<bool, touch_target_count> touched{};
    // What was seen to work since the program began, also when it was taken away again.
    bool key_read = false;
    bool chip_read = false;
    bool scanned = false; ///< the barcode reader read something
    bool headphones_in = false;
    Doing certifying = {}; ///< its failure is shown by the page with the code
    client::EnrollmentStep step = client::EnrollmentStep::MakingKey;
    bool certified = false;
    Doing central = {}; ///< whether it answers where it serves; asked once this kiosk is certified
    bool central_reached = false;
    Doing test_page = {};
    bool test_page_sent = false;
    bool started = false; ///< the kiosk begins to serve: nothing here is asked any more
};

} // namespace portico::kiosk
