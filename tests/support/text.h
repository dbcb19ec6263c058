#pragma once

#include <string>

namespace portico::test {

inline bool holds(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

} // namespace portico::test
