#pragma once

#include "agent/screens/part.h"

#include <string>

namespace portico::agent {

/// Nothing stands over the screen.
struct NoDialog {};
/// All that can be done now, found by a word of it.
struct Palette {
    std::string words = {};
};

/// What a screen's last act came to, said above its list until something else is done.
struct Said {
    ui::Text words = {};
    bool good = false;
};

void draw_palette(ui::Ui& ui, App const& app, Palette const& palette, MaybeIntent& intent);
/// The button by which a dialog is left with nothing done.
void cancel_button(ui::Ui& ui, MaybeIntent& intent);

} // namespace portico::agent
