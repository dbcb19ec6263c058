#pragma once

#include "shared/ui/ui.h"

#include <string>
#include <vector>

namespace portico::ui::gallery {

/// What the gallery's screens change; one for all of them.
struct State {
    std::string zip = "0213";
    std::string search = "Family doctor";
    Secret pin = Secret("1234");
    std::size_t side = 0;
    std::size_t person = 0;
    bool all = true;
    std::string pressed;
    bool dialog = false;
};

struct Screen {
    std::string name;
    void (*draw)(Ui&, State&);
};

/// Screens that together show every widget.
std::vector<Screen> const& screens();

} // namespace portico::ui::gallery
