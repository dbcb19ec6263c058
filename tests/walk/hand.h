#pragma once

#include "tests/walk/visit_steps.h"

#include <string>

namespace portico::test {

/// How a person works the kiosk: with a finger, or with the keypad alone. The same walk is done by both.
class Hand {
public:
    enum class By { Touch, Keypad };
    Hand(Driver& screen, By by) : screen_(screen), by_(by) {}

    Driver& screen() { return screen_; }
    /// The control with this message id, on whichever of the screen's pages it is.
    void press(std::string const& msg) { press_by("msg", msg); }
    /// The row, or the choice, with this key.
    void press_key(std::string const& key) { press_by("key", key); }
    /// Goes to the field and types.
    void fill(std::string const& msg, std::string const& text);
    /// Into the field that waits for it.
    void type(std::string const& text) { screen_.type(text); }
    /// Finish, take everything, and wait for the attract screen.
    void finish();

private:
    void press_by(std::string const& field, std::string const& wanted);

    Driver& screen_;
    By by_;
};

/// Moves the focus by keypad alone until it stands on the node whose `field` ("msg", "key") is `wanted`,
/// turning the screen's pages where it has to.
void focus_by_keypad(Driver& screen, std::string const& field, std::string const& wanted);

} // namespace portico::test
