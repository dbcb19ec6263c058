#pragma once

#include "tests/sim/sim_terminal.h"
#include "tests/support/scratch_folder.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace portico::test {

/// Terminals, wires, clocks, disks and central in one process, all by one seed: what happens next, what is
/// lost and where the power fails follows from its number. After each step what must always hold is looked
/// at; at the end all is mended, everybody catches up, and what must hold then is. No outside counterpart
/// exists: the model of what must hold is `SimWorld::check` and `check_settled`.
class SimWorld {
public:
    explicit SimWorld(std::uint64_t seed);

    /// Steps, mends, settles. What did not hold, each with the step; nothing when all did.
    std::vector<std::string> const& live(int step_count);
    /// Steps in order, for who looks into a failing seed.
    std::vector<std::string> const& story() const { return story_; }

private:
    void step();
    void act(SimTerminal& terminal);
    void sign_in(SimTerminal& terminal, bool forged);
    void leave(SimTerminal& terminal);
    void read_home(SimTerminal& terminal);
    void trouble(SimTerminal& terminal);
    void operate();
    void pass_time();
    void revoke(SimTerminal& terminal);

    void check();
    void settle();
    void check_settled();
    void check_audit();
    /// Staff queue entries by operation, as central has them now.
    std::map<std::string, int> effects();
    void fault(std::string const& what);
    void note(std::string const& what) { story_.push_back(what); }

    Dice dice_;
    LossyDisk disk_;
    ScratchFolder scratch_;
    ManualClock clock_; ///< central's
    SimCentral central_;
    SimNetwork network_;
    std::vector<std::unique_ptr<SimTerminal>> terminals_;
    struct Session {
        std::string token;
        UtcTime opened;
    };
    std::vector<std::pair<SimTerminal*, Session>> ended_; ///< sessions whose end central answered for
    std::map<SimTerminal*, UtcTime> opened_;
    SimTerminal* revoked_ = nullptr;
    std::size_t effects_of_revoked_ = 0; ///< when it was revoked
    std::set<std::string> notices_;
    std::vector<std::string> faults_;
    std::vector<std::string> story_;
};

} // namespace portico::test
