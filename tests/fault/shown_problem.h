#pragma once

#include "shared/base/result.h"
#include "tests/support/places.h"

#include <fstream>
#include <iterator>
#include <string>

namespace portico::test {

/// True when the kiosk has words of its own for this error, and need not say "something went wrong".
inline bool can_be_shown(Error const& error) {
    static std::string const catalog = [] {
        std::ifstream file(source_dir() + "/assets/messages/en/kiosk_problem.json");
        return std::string(std::istreambuf_iterator<char>(file), {});
    }();
    return catalog.find("\"problem." + error.reason + "\"") != catalog.npos;
}

} // namespace portico::test
