#include "tests/fault/ipp_fault.h"
#include "tests/fault/printing_room.h"
#include "tests/support/catch.h"

#include <iostream>
#include <optional>

using namespace portico;
using namespace portico::test;

namespace {

constexpr std::uint64_t calls_max = 300;

} // namespace

TEST_CASE(
    "device calls: whichever call to the card printer fails during a card, there is no second one by itself, "
    "what nobody knows is with staff, and the next card is printed") {
    if (!IppPrinterProgram::available()) {
        std::cout << "SKIP: ippeveprinter (cups-ipp-utils) or dbus-daemon is not installed\n";
        return;
    }
    OperationsBench central;
    central.settings.card_issues_per_30_days = 1'000'000;
    PrintEngine engine;
    std::uint64_t after = 0;
    bool struck_alex = true;
    bool struck_sam = true;
    for (; struck_alex || struck_sam; ++after) {
        REQUIRE(after < calls_max);
        PrintingRoom room(central, engine, "kiosk-" + std::to_string(after), {}, Dice(after));
        // Alex's card meets the line broken before the call, Sam's, the next one, after it.
        std::optional<IppFault> fault(std::in_place, IppFault::Kind::Cut, after, room.printer_port());
        std::string where;
        room.after_first_visit = [&] {
            struck_alex = fault->struck();
            where = fault->where();
            fault.reset();
            fault.emplace(IppFault::Kind::Unheard, after, room.printer_port());
        };
        room.play();
        struck_sam = fault->struck();
        INFO("cut: " << where << "; unheard: " << fault->where());
        room.check();
        if (!struck_alex)
            CHECK(room.outcome_of_alex() == "completed");
    }
    INFO("calls " << after);
    CHECK(after > 30); // of each kind: connect, send a request, send its document, get the reply
}
