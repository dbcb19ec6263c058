#pragma once

#include "shared/ui/core.h"
#include "shared/ui/layout/pages.h"

#include <string>
#include <vector>

// A message that interrupts and has just come is seen where a person touches: the page that has it is shown,
// without a press. Not at a desk, where somebody may be typing meanwhile.

namespace portico::ui {

struct ShownPage {
    int page = 0;
    std::string const& name; ///< of the screen or dialog
    bool typing = false;     ///< with the keyboard under it
    float room = 0;          ///< height that a page has
};

/// The page to show in place of this one. A keyboard that leaves no room for the message beside the field
/// makes way first: the page then stays for this frame, and the message is news still in the next.
int page_of_news(Core& core, FlowShape const& shape, std::vector<PageCut> const& pages,
                 ShownPage const& shown);
/// What is shown now is no news any more.
void remember_news(Core& core, FlowShape const& shape, std::string const& name);

} // namespace portico::ui
