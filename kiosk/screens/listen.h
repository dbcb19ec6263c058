#pragma once

#include "kiosk/screens/part.h"

namespace portico::kiosk {

/// The controls of speech. What was being read waits while this screen stands.
struct ListenMenu {
    static constexpr char const* name = "listen";
};

MaybeIntent draw(ui::Ui& ui, App const& app, ListenMenu const& screen);

} // namespace portico::kiosk
