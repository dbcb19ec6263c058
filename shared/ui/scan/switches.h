#pragma once

#include "shared/ui/input.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::ui {

enum class Switch : std::uint8_t {
    Next,  ///< moves the highlight on
    Select ///< chooses what is lit
};

/// Which keys the switches arrive as: a switch interface is a small keyboard. Names of `switch_key_names`.
struct SwitchKeys {
    std::string next = "Space";
    std::string select = "Enter";
    bool operator==(SwitchKeys const&) const = default;
};

/// Keys that a switch interface may be set to. None of them is a letter or a digit: a keyboard beside the
/// switches can still type those.
std::vector<std::string_view> const& switch_key_names();

/// The switch that this event is a press of; nothing for all other input.
std::optional<Switch> switch_of(SwitchKeys const& keys, InputEvent const& event);

/// How scanning goes. Time is the stage's clock.
struct ScanSettings {
    bool on = false;
    /// A press this soon after the last one that counted is taken for a tremor; 0: every press counts.
    int hold_off_ms = 300;
    /// One switch alone: the highlight moves on by itself, and either switch chooses; 0: it waits for
    /// switch 1.
    int every_ms = 0;
    SwitchKeys keys = {};
    bool operator==(ScanSettings const&) const = default;
};

} // namespace portico::ui
