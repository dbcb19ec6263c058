#pragma once

#include "kiosk/app/app.h"

#include <string>
#include <vector>

namespace portico::kiosk {

/// A screen in one of its states, with made-up people, for the audit and the screenshots.
struct Sample {
    std::string name; ///< "eob", "eob_no_amounts": file names of the screenshots
    App app;
};

/// At least one for every screen of the registry. Obviously synthetic, and always the same.
std::vector<Sample> samples();

} // namespace portico::kiosk
