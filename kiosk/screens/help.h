#pragma once

#include "kiosk/screens/part.h"

namespace portico::kiosk {

/// Hours, phones, addresses.
struct Help {
    static constexpr char const* name = "help";
};
/// What does not work as it should, by function.
struct Notices {
    static constexpr char const* name = "notices";
};

MaybeIntent draw(ui::Ui& ui, App const& app, Help const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, Notices const& screen);

} // namespace portico::kiosk
