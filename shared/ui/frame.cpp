#include "shared/ui/frame.h"

#include <array>

namespace portico::ui {
namespace {

constexpr std::array<std::string_view, 34> role_names = {
    "heading",   "section",     "text",     "button",         "tile",      "row",      "chip",
    "radio",     "radio_group", "select",   "field",          "key",       "keyboard", "banner",
    "ring",      "progress",    "step",     "staircase",      "money_bar", "legend",   "table",
    "table_row", "cell",        "timeline", "timeline_entry", "pill",      "image",    "picture",
    "group",     "dialog",      "spinner",  "countdown",      "bar",       "page",
};
static_assert(static_cast<std::size_t>(Role::Page) + 1 == role_names.size());

} // namespace

std::string_view name(Role role) {
    return role_names[static_cast<std::size_t>(role)];
}

bool parse_role(std::string_view text, Role& out) {
    for (std::size_t i = 0; i < role_names.size(); ++i) {
        if (role_names[i] == text) {
            out = static_cast<Role>(i);
            return true;
        }
    }
    return false;
}

} // namespace portico::ui
