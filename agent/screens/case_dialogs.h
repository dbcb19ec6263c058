#pragma once

#include "agent/screens/cases.h"

namespace portico::agent {

/// What stands over the cases, if anything.
void draw_dialog(ui::Ui& ui, App const& app, Cases const& screen, MaybeIntent& intent);

} // namespace portico::agent
