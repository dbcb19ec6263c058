#include "tests/fault/printing_room.h"

#include "tests/support/catch.h"

#include <iostream>
#include <map>

using namespace portico;
using namespace portico::test;

namespace {

/// Moments of a card without a fault and of what comes after it; the printer is at work in the window.
constexpr std::uint64_t moments = 26;
constexpr std::uint64_t window_from = 8;
constexpr std::uint64_t window = 9;
constexpr auto kinds = static_cast<std::uint64_t>(PrintFault::count);
/// The kiosk killed at each moment, then each fault three times.
constexpr std::uint64_t cycle = moments + 3 * kinds;

std::vector<PlannedFault> plan_of(std::uint64_t round, Dice& dice) {
    auto const at = round % cycle;
    std::vector<PlannedFault> plan;
    if (at < moments) {
        plan.push_back({PrintFault::KioskKilled, static_cast<int>(at)});
    } else {
        bool const at_work = !dice.one_in(3);
        plan.push_back({static_cast<PrintFault>((at - moments) % kinds),
                        static_cast<int>(at_work ? window_from + dice.below(window) : dice.below(moments))});
    }
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
    for (auto const round : Rounds(cycle)) {
        INFO("round " << round);
        Dice dice(round);
        PrintingRoom room(central, engine, "kiosk-" + std::to_string(round), plan_of(round, dice), dice);
        room.play();
        INFO(described(room.struck()));
        room.check();
    }
}
