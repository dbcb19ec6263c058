#pragma once

#include "shared/ui/core.h"

namespace portico::ui {

/// Lays out and paints the bars, the body with its pages, the keyboard or the dialog; fills core.frame.
void paint_screen(Core& core);

} // namespace portico::ui
