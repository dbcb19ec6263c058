#pragma once

#include <string_view>

// NOLINTNEXTLINE(bugprone-reserved-identifier): cairo's own name, so that its header stays out of ours
using cairo_t = struct _cairo;

namespace portico::ui {

/// Adds the path of an SVG "d" attribute (SVG 1.1, 8.3) to the current path of `cairo`.
void add_svg_path(cairo_t* cairo, std::string_view d);

} // namespace portico::ui
