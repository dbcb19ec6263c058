#pragma once

#include "kiosk/screens/part.h"

namespace portico::kiosk {

/// Who, which plan, how far the year has come.
struct Home {
    static constexpr char const* name = "home";
    Load<api::Home> home = {};
};
/// Everything else.
struct More {
    static constexpr char const* name = "more";
};

MaybeIntent draw(ui::Ui& ui, App const& app, Home const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, More const& screen);

} // namespace portico::kiosk
