#pragma once

#include "shared/ui/core.h"

#include <memory>

namespace portico::ui {

/// The only thing that loops: a ring with a gap, turning. It stands still when motion is reduced.
std::unique_ptr<Drawing> spinner_drawing(Core& core, float size);

} // namespace portico::ui
