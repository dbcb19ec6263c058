#pragma once

#include "shared/ui/core.h"
#include "shared/ui/specs.h"

#include <memory>
#include <vector>

namespace portico::ui {

/// One part of a money picture: hatching for the discount, solid for the plan, edged for you.
void paint_money(PaintContext& context, Rect r, MoneyKind kind);

/// Parts beside each other with small gaps; an empty outline when there are none. Parts below zero are left
/// out.
std::unique_ptr<Drawing> money_bar_drawing(std::vector<MoneyPart> const& parts, float width, float height);

} // namespace portico::ui
