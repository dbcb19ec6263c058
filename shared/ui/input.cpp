#include "shared/ui/input.h"

namespace portico::ui {

std::string name(Key key) {
    auto const from = [key](Key first) { return static_cast<int>(key) - static_cast<int>(first); };
    auto const letter = [&](Key first) { return static_cast<char>('A' + from(first)); };
    if (key >= Key::F1 && key <= Key::F12)
        return "F" + std::to_string(from(Key::F1) + 1);
    if (key >= Key::AltA && key <= Key::AltZ)
        return std::string("Alt ") + letter(Key::AltA);
    if (key >= Key::CtrlA && key <= Key::CtrlZ)
        return std::string("Ctrl ") + letter(Key::CtrlA);
    if (key == Key::Escape)
        return "Esc";
    return key == Key::Select ? "Enter" : "";
}

} // namespace portico::ui
