#include "tests/fault/printing_room.h"

#include "tests/support/catch.h"

#include <iostream>
#include <map>

using namespace portico;
using namespace portico::test;

namespace {

/// Moments of a card without a fault, and of what comes after it.
constexpr std::uint64_t moments = 26;

/// The kiosk killed at each moment in turn, then any fault at each; half of the time with another fault
/// beside.
std::vector<PlannedFault> plan_of(std::uint64_t round, Dice& dice) {
    constexpr auto kinds = static_cast<std::uint64_t>(PrintFault::count);
    bool const kill = round / moments % 2 == 0;
    std::vector<PlannedFault> plan{
        {kill ? PrintFault::KioskKilled : static_cast<PrintFault>(dice.below(kinds)),
         static_cast<int>(round % moments)}};
    if (dice.one_in(2))
        plan.push_back(
            {static_cast<PrintFault>(dice.below(kinds)), static_cast<int>(dice.below(2 * moments))});
    return plan;
}

std::string described(std::vector<std::string> const& lines) {
    std::string text;
    for (auto const& line : lines)
        text += line + "; ";
    return text;
}

} // namespace

TEST_CASE("printing faults: on a real IPP printer no second card by itself, none for the next in line, and "
          "whatever nobody knows is with staff",
          "[rounds]") {
    if (!IppPrinterProgram::available()) {
        std::cout << "SKIP: ippeveprinter (cups-ipp-utils) or dbus-daemon is not installed\n";
        return;
    }
    OperationsBench central;
    central.settings.card_issues_per_30_days = 1'000'000;
    PrintEngine engine;
    for (auto const round : Rounds(40)) {
        INFO("round " << round);
        Dice dice(round);
        PrintingRoom room(central, engine, "kiosk-" + std::to_string(round), plan_of(round, dice), dice);
        room.play();
        INFO(described(room.struck()));
        room.check();
    }
}
