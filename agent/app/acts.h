#pragma once

#include "agent/app/app.h"

#include <array>

namespace portico::agent {

using ui::operator""_msg;

/// An act as it is offered: its words, its key, and why it cannot be done now.
struct Offered {
    Act act{};
    ui::Msg label;
    ui::Key key{};
    ui::Text off = {}; ///< empty: it can
    bool held = false; ///< it could, but for central or for what is being done
};

/// All acts that make sense for who is signed in and for the selected entry, in the palette's order. What the
/// rights of the session never allow is not among them.
std::vector<Offered> offered_acts(App const& app);
/// One of them; nothing when it is not offered.
std::optional<Offered> offered(App const& app, Act act);
/// Whether it could be done now.
bool can_do(App const& app, Act act);

} // namespace portico::agent
