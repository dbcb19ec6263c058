#pragma once

#include "agent/screens/work.h"

namespace portico::agent {

/// What stands over the queue, if anything.
void draw_dialog(ui::Ui& ui, App const& app, Work const& screen, MaybeIntent& intent);

} // namespace portico::agent
