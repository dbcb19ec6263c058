#pragma once

#include "tests/support/catch.h"
#include "tests/support/driver.h"
#include "tests/support/eventually.h"

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <string>

/// What somebody sees who looks at a screen.
namespace portico::test {

/// How long a step may take, whatever befalls meanwhile.
inline constexpr std::chrono::seconds step_max{120};

inline bool holds(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

/// Of several messages, whether one is shown.
inline bool shows_any(Driver& screen, std::initializer_list<char const*> msgs) {
    return std::any_of(msgs.begin(), msgs.end(), [&](char const* each) { return screen.shows(each); });
}

/// A control that is there and takes a press now.
inline bool is_on(Driver& screen, std::string const& msg) {
    auto const found = screen.node(msg);
    if (!found)
        return false;
    auto const& states = found->at("states").as_array();
    return std::none_of(states.begin(), states.end(), [](boost::json::value const& state) {
        return state.as_string() == "disabled" || state.as_string() == "busy";
    });
}

/// Acts until it is done; fails the test when that takes too long.
inline void until(std::function<bool()> const& done, std::function<void()> const& act) {
    REQUIRE(eventually(
        [&] {
            if (!done())
                act();
            return done();
        },
        step_max));
}

} // namespace portico::test
