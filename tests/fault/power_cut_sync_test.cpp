#include "tests/fault/sync_desk.h"
#include "tests/support/lossy_disk.h"
#include "tests/support/rounds.h"

#include <set>

using namespace portico;
using namespace portico::test;

namespace {

constexpr std::uint64_t steps_max = 140;
constexpr int turn_count = 24;

Result<void> work(SyncDesk& desk, Dice& dice, std::set<std::string>& done) {
    for (int turn = 0; turn < turn_count; ++turn) {
        if (dice.one_in(2))
            done.insert(TRY(desk.add()));
        else
            TRY(desk.push(dice.one_in(4)));
    }
    return ok();
}

} // namespace

TEST_CASE("power cut: what the kiosk called done reaches central once, wherever outbox and central were cut",
          "[rounds]") {
    for (auto const round : Rounds(20)) {
        INFO("round " << round);
        Dice dice(round);
        LossyDisk disk;
        SyncDesk desk;
        desk.open().value();
        std::set<std::string> done;
        // Now and then the power fails again while all comes back.
        for (int life = 0; life < 3; ++life) {
            disk.cut_after(dice.below(steps_max));
            static_cast<void>(work(desk, dice, done));
            desk.close();
            disk.power_on(dice);
            REQUIRE(desk.central.open().has_value());
            REQUIRE(desk.open().has_value());
        }
        check_all_arrived(desk, done, 3 * std::size_t{turn_count});
    }
}
