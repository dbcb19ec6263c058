#pragma once

#include "tests/support/bench.h"

/// Chip cards for a bench's kiosk. Each is laid into the kiosk's folder before it starts.
namespace portico::test {

inline constexpr char const* chip_pin = "24680135";

/// A card certified by central for a member, as `portico-central account issue-chip-card` does; its serial.
std::string issue_chip_card(Bench& bench, std::string const& kiosk, std::string const& card,
                            std::string const& patient, bool handed_over);
/// A card of the plan's own authority that ran out long ago.
void issue_expired_chip_card(Bench& bench, std::string const& kiosk, std::string const& card);
/// A card of another authority.
void issue_foreign_chip_card(Bench& bench, std::string const& kiosk, std::string const& card);

} // namespace portico::test
