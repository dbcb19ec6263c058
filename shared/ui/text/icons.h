#pragma once

#include <cairo.h>
#include <string_view>
#include <vector>

namespace portico::ui {

/// One icon of the set: the elements inside its SVG, on a grid of 24.
struct IconSource {
    std::string_view name;
    std::string_view svg;
};

/// Those of assets/icons/icons.txt; made at build time.
std::vector<IconSource> const& icon_sources();

/// Strokes the icon into the current colour at the origin, `size` wide. False when there is no such icon.
bool stroke_icon(cairo_t* cairo, std::string_view name, double size);

} // namespace portico::ui
