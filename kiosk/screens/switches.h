#pragma once

#include "kiosk/screens/part.h"

namespace portico::kiosk {

/// How a person with one or two switches goes about the screens.
struct SwitchMenu {
    static constexpr char const* name = "switches";
};

MaybeIntent draw(ui::Ui& ui, App const& app, SwitchMenu const& screen);
/// On the first screen, to whoever has just turned them on: what each of them does.
void switches_hint(ui::Ui& ui, App const& app);

} // namespace portico::kiosk
