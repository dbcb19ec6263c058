#pragma once

#include "shared/base/clock.h"
#include "shared/base/secret.h"
#include "shared/ui/geometry.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace portico::ui {

enum class Key : std::uint8_t {
    Tab,
    ShiftTab,
    Up,
    Down,
    Left,
    Right,
    Select, ///< Enter, Space outside a field, or the switch
    Escape,
    Backspace,
    Delete,
    Home,
    End,
    PageUp,
    PageDown,
    F1,
    F2,
    F3,
    F4,
    F5,
    F6,
    F7,
    F8,
    F9,
    F10,
    F11,
    F12,
    AltA, ///< with Alt held down; the others by `alt`
    AltZ = AltA + 25,
    CtrlA, ///< with Ctrl held down; the others by `ctrl`
    CtrlZ = CtrlA + 25,
};

/// `letter` 'A' to 'Z'.
constexpr Key alt(char letter) {
    return static_cast<Key>(static_cast<int>(Key::AltA) + (letter - 'A'));
}
constexpr Key ctrl(char letter) {
    return static_cast<Key>(static_cast<int>(Key::CtrlA) + (letter - 'A'));
}
/// As it stands on a keyboard, for keys that screens give a meaning: "F5", "Esc", "Alt T".
std::string name(Key key);

/// The finger or mouse is at `at`. Only one finger is followed.
struct PointerMoved {
    Point at;
};
struct PointerPressed {
    Point at;
    /// When the finger set out for it, where that is known; else as long ago as a finger is on its way.
    std::optional<MonoTime> set_out = {};
};
struct PointerReleased {
    Point at;
};
/// No finger on the glass, mouse outside.
struct PointerLeft {};
struct KeyPressed {
    Key key = Key::Tab;
    bool repeated = false; ///< by the keyboard itself, while the key is held down
};
/// UTF-8; wiped after use.
struct TextTyped {
    std::string text;
    bool repeated = false; ///< as of a key
};

using InputEvent =
    std::variant<PointerMoved, PointerPressed, PointerReleased, PointerLeft, KeyPressed, TextTyped>;

/// One change to a secret. Wiped when it goes.
class KeyStroke {
public:
    static KeyStroke add(std::string_view character) { return KeyStroke(Kind::Add, character); }
    static KeyStroke erase_last() { return KeyStroke(Kind::EraseLast, {}); }
    static KeyStroke erase_all() { return KeyStroke(Kind::EraseAll, {}); }
    /// Enter was pressed: the person is done.
    static KeyStroke submit() { return KeyStroke(Kind::Submit, {}); }

    bool is_submit() const { return kind_ == Kind::Submit; }
    friend void apply(KeyStroke const& stroke, Secret& secret) {
        if (stroke.kind_ == Kind::Add)
            secret.append(stroke.text_.reveal());
        else if (stroke.kind_ == Kind::EraseLast)
            secret.erase_last();
        else if (stroke.kind_ == Kind::EraseAll)
            secret.clear();
    }

private:
    enum class Kind : std::uint8_t { Add, EraseLast, EraseAll, Submit };
    KeyStroke(Kind kind, std::string_view text) : kind_(kind), text_(text) {}
    Kind kind_;
    Secret text_;
};

} // namespace portico::ui
