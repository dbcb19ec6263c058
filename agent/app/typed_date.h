#pragma once

#include <optional>
#include <string>

namespace portico::agent {

/// YYYY-MM-DD of MM/DD/YYYY as it is typed; nothing for what is no day of the calendar.
std::optional<std::string> iso_date(std::string const& typed);

} // namespace portico::agent
