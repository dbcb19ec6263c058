#pragma once

#include "agent/screens/cases.h"
#include "agent/screens/sign_in.h"
#include "agent/screens/work.h"

#include <variant>

namespace portico::agent {

/// Every screen of the desk. One that is here and has no sample (agent/screens/samples.cpp) fails a test, and
/// every sample goes through the audit and the screenshots.
using Screen = std::variant<OutOfOrder, SignInPage, StillThere, Locked, Work, Cases>;

inline char const* name(Screen const& screen) {
    return std::visit([](auto const& each) { return std::remove_cvref_t<decltype(each)>::name; }, screen);
}

} // namespace portico::agent
