#pragma once

#include "tests/walk/visit_steps.h"

#include <string>

namespace portico::test {

/// A person with two switches, which arrive as two keys, and nothing else: neither finger nor typing.
/// Looks at the frame that is lit, as that person does.
class Switches {
public:
    explicit Switches(Driver& screen, std::string next = "Space", std::string select = "Enter")
        : screen_(screen), next_(std::move(next)), select_(std::move(select)) {}

    Driver& screen() { return screen_; }
    /// Switch 1, a calm second after the last press.
    void next();
    /// Switch 2.
    void select();
    /// Lights the control with this message id, on whichever page of the screen it is, and chooses it.
    void press(std::string const& msg);
    /// The row, or the choice, with this key.
    void press_key(std::string const& key);
    /// On the keys of the screen, one by one.
    void type(std::string const& text);
    /// What is lit: the label of a control or of a group.
    std::string lit();
    int presses() const { return presses_; }
    /// Presses that the hardest control of this visit took.
    int most_for_one() const { return most_; }

private:
    void press_by(std::string const& field, std::string const& wanted);

    Driver& screen_;
    std::string next_, select_;
    int presses_ = 0;
    int most_ = 0;
};

} // namespace portico::test
