#pragma once

#include "shared/ui/catalog.h"

#include <string>
#include <string_view>

namespace portico::ui {

/// What is shown, as it is said: "$1,140.50" is "1140 dollars and 50 cents", "Mar 3, 2026" is "March 3,
/// 2026", a number of an identity or a phone ("02999", "617-555-0142") is said digit by digit. Amounts and
/// dates are known by the patterns that the catalog writes them with. Words stay as they are.
std::string spoken_text(std::string_view shown, std::string_view language, Catalog const& catalog);

} // namespace portico::ui
