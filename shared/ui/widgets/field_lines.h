#pragma once

#include "shared/ui/core.h"

#include <cstddef>
#include <memory>
#include <string>

namespace portico::ui {

/// The inside of a field of several lines: the text wrapped to its width, `lines` of it at once. While it is
/// typed into, the line with the caret is among them; else the first ones are.
std::unique_ptr<Drawing> lines_inside(Core& core, std::string id, ResolvedText shown, int lines);

/// Where the caret goes from the line it stands in to the one above or below, as they were drawn last; past
/// them to the beginning or end of the text. A byte offset.
std::size_t between_lines(Core& core, ResolvedText const& shown, Edit::Kind kind);

} // namespace portico::ui
