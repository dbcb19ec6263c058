#pragma once

#include "shared/ui/backend.h"
#include "shared/ui/stage.h"

namespace portico::terminal {

/// Solid colour first, then nothing of the session is left in memory to draw again. UI thread, between
/// frames.
void cover_and_forget(ui::Stage& stage, ui::Backend& backend);
/// The session goes on without what was drawn until now. UI thread, between frames.
void forget_drawn(ui::Stage& stage);

} // namespace portico::terminal
