#include "shared/ui/scan/switches.h"

#include <algorithm>
#include <array>

namespace portico::ui {
namespace {

struct NamedKey {
    std::string_view name;
    Key key;
};
constexpr std::array<NamedKey, 24> keys_by_name = {{
    {"Enter", Key::Select},
    {"Tab", Key::Tab},
    {"Up", Key::Up},
    {"Down", Key::Down},
    {"Left", Key::Left},
    {"Right", Key::Right},
    {"Home", Key::Home},
    {"End", Key::End},
    {"PageUp", Key::PageUp},
    {"PageDown", Key::PageDown},
    {"Backspace", Key::Backspace},
    {"Delete", Key::Delete},
    {"F1", Key::F1},
    {"F2", Key::F2},
    {"F3", Key::F3},
    {"F4", Key::F4},
    {"F5", Key::F5},
    {"F6", Key::F6},
    {"F7", Key::F7},
    {"F8", Key::F8},
    {"F9", Key::F9},
    {"F10", Key::F10},
    {"F11", Key::F11},
    {"F12", Key::F12},
}};
// Space types a character; the backend tells of it as text.
constexpr std::string_view space = "Space";

bool is_press_of(std::string_view name, InputEvent const& event) {
    if (auto const* typed = std::get_if<TextTyped>(&event))
        return name == space && typed->text == " ";
    auto const* pressed = std::get_if<KeyPressed>(&event);
    return pressed != nullptr &&
           std::any_of(keys_by_name.begin(), keys_by_name.end(), [&](NamedKey const& known) {
               return known.name == name && known.key == pressed->key;
           });
}

} // namespace

std::vector<std::string_view> const& switch_key_names() {
    static std::vector<std::string_view> const names = [] {
        std::vector<std::string_view> all{space};
        for (auto const& known : keys_by_name)
            all.push_back(known.name);
        return all;
    }();
    return names;
}

std::optional<Switch> switch_of(SwitchKeys const& keys, InputEvent const& event) {
    if (is_press_of(keys.next, event))
        return Switch::Next;
    if (is_press_of(keys.select, event))
        return Switch::Select;
    return std::nullopt;
}

} // namespace portico::ui
