#pragma once

#include "shared/ui/layout/element.h"

#include <optional>
#include <vector>

namespace portico::ui {

/// One page of a flow: the stretch [from, to), drawn `inset` below the top of the page; boxes that go on are
/// closed `inset_bottom` under it.
struct PageCut {
    float from = 0, to = 0, inset = 0, inset_bottom = 0;
};

/// Cuts a flow of height `total` into pages of at most `room`, between atoms and preferably between the
/// outermost boxes. One page when everything fits. An atom taller than a page gets a page of its own.
std::vector<PageCut> cut_pages(FlowShape const& shape, float total, float room);
/// The one that has this place of the flow.
std::optional<int> page_at(std::vector<PageCut> const& pages, float y);

} // namespace portico::ui
