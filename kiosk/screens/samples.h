#pragma once

#include "kiosk/app/app.h"
#include "shared/documents/texts.h"

#include <string>
#include <vector>

namespace portico::kiosk {

/// A screen in one of its states, with made-up people, for the audit and the screenshots.
struct Sample {
    std::string name; ///< "eob", "eob_no_amounts": file names of the screenshots
    App app;
};

/// At least one for every screen of the registry. Obviously synthetic, and always the same. The ID card is
/// the one that would be printed, with the words of `texts`. Errors: as `draw_card`.
Result<std::vector<Sample>> samples(documents::Texts const& texts);

} // namespace portico::kiosk
