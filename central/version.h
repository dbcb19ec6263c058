#pragma once

namespace portico::central {

/// As `portico-central --version` says it, and as it stands in every audit record.
inline constexpr char const* version = "0.1.0";

} // namespace portico::central
