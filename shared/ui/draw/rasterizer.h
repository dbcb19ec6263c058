#pragma once

#include "shared/ui/color.h"
#include "shared/ui/specs.h"

#include <cstdint>

struct ImDrawData;

namespace portico::ui {

/// Draws what Dear ImGui recorded into `target` (opaque ARGB), on the CPU: triangles with clip rectangle,
/// vertex colour and texture (taken pixel by pixel, never scaled). `plain` is the texture that stands for
/// none.
void rasterize(ImDrawData const& data, Bitmap& target, void const* plain);

/// A number that changes when the picture would.
std::uint64_t fingerprint(ImDrawData const& data);

} // namespace portico::ui
