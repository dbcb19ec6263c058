#include "tests/sim/sim_world.h"
#include "tests/support/catch.h"

using namespace portico::test;

namespace {
constexpr int steps_of_a_life = 60;
constexpr std::uint64_t quarter = 250;

std::string joined(std::vector<std::string> const& lines) {
    std::string text;
    for (auto const& line : lines)
        text += "\n  " + line;
    return text;
}

void live_through(Rounds const& seeds) {
    for (auto const seed : seeds) {
        SimWorld world(seed);
        auto const faults = world.live(steps_of_a_life);
        INFO("seed " << seed << joined(world.story()));
        CHECK(joined(faults) == "");
    }
}

} // namespace

// A thousand seeds in the suite, in quarters that run side by side.
TEST_CASE("simulation: terminals, wires, power and clocks as a seed has it: nothing lost, nothing twice, "
          "nothing shown that "
          "may not be",
          "[rounds]") {
    live_through(Rounds(quarter));
}
TEST_CASE("simulation: the second quarter of the seeds") {
    live_through(Rounds(quarter, quarter));
}
TEST_CASE("simulation: the third quarter of the seeds") {
    live_through(Rounds(quarter, 2 * quarter));
}
TEST_CASE("simulation: the fourth quarter of the seeds") {
    live_through(Rounds(quarter, 3 * quarter));
}

TEST_CASE("simulation: a seed tells the same story whenever it is told") {
    auto const told = [](std::uint64_t seed) {
        SimWorld world(seed);
        world.live(steps_of_a_life);
        return joined(world.story());
    };
    for (std::uint64_t seed = 0; seed < 10; ++seed)
        CHECK(told(seed) == told(seed));
}
