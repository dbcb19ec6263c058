#pragma once

#include <string>

namespace portico {

/// A FHIR Coding. An unknown code is shown as it is, never dropped.
struct Code {
    std::string system;
    std::string code;
    std::string display;
    bool operator==(Code const&) const = default;
    bool empty() const { return code.empty() && display.empty(); }
};

} // namespace portico
