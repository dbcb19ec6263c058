#pragma once

#include "tests/support/bench.h"

#include <string>

/// What a visit has brought about outside the kiosk's screen.
namespace portico::test {

/// How many entries of this kind stand in central's queue for staff.
int count_in_queue(Bench& bench, std::string const& kind);
/// How many cards came out of the kiosk's printer.
int cards_printed(Bench::Kiosk const& kiosk);
/// From home: prints the ID card, and asserts that it is the only one that came out.
void check_prints_one_card(Bench::Kiosk& kiosk);

} // namespace portico::test
