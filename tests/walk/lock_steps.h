#pragma once

#include "tests/walk/account_steps.h"

#include <string>

/// How a plan card's PIN is locked at a kiosk. Each begins on the screen that asks for the PIN.
namespace portico::test {

inline constexpr char const* wrong_card_pin = "000001";

/// Ends where `expected` is shown.
void type_wrong_pin(Driver& screen, std::string const& expected);
/// Ends on the locked screen, which counts half a minute.
void five_wrong_pins(Driver& screen);
/// Each as soon as it may be; ends on the locked screen, which waits for an unlock.
void ten_wrong_pins(Bench& bench, Driver& screen, std::string const& card);

} // namespace portico::test
