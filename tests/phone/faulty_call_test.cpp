// The phone call of `whole_call_test`, with a fault at every step of it. In round r the step i is befallen by
// the fault (i + r) modulo their number, so that as many rounds as there are faults have each at each step;
// later rounds draw them.

#include "tests/fault/nodes.h"
#include "tests/phone/call_walk.h"
#include "tests/phone/faulty_lines.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/rounds.h"

#include <array>

using namespace portico::test;

namespace {

enum class Fault : std::uint8_t {
    DeadWhileTried, ///< central was killed before, and comes back after the first try; a node, when it is
                    ///< done
    KilledWhenDone, ///< central has done it and is killed before anybody hears of that
    Cut,            ///< nothing comes through at the first try
    Doubled,        ///< each request arrives twice, whole
    count,
};
constexpr auto fault_count = static_cast<std::uint64_t>(Fault::count);
constexpr std::array fault_names{"central is dead while it is tried", "central is killed when it has done it",
                                 "the network is cut while it is tried", "each request comes twice"};
static_assert(fault_names.size() == fault_count);

/// How central dies and comes back; of several nodes one, another at each step.
struct Central {
    std::function<void(std::size_t step)> kill;
    std::function<void(std::size_t step)> revive;
    bool others_go_on = false;
};

Fault fault_at(std::uint64_t round, std::size_t step, Dice& dice) {
    auto const drawn = round < fault_count ? (step + round) % fault_count : dice.below(fault_count);
    return static_cast<Fault>(drawn);
}

/// Until somebody has got central to do something, or it was done without.
void act_until_lost(CallWalk::Step const& step, FaultyLines& lines) {
    bool lost = false;
    eventually(
        [&] {
            step.act();
            lost = lines.take_lost();
            if (!lost)
                lines.lose_next_reply();
            return lost || step.done();
        },
        std::chrono::seconds(60));
    lines.take_lost();
}

void befall(CallWalk& walk, std::size_t number, CallWalk::Step const& step, Fault fault, FaultyLines& lines,
            Central const& central) {
    switch (fault) {
    case Fault::DeadWhileTried:
        central.kill(number);
        step.act();
        if (central.others_go_on)
            walk.finish(step);
        central.revive(number);
        break;
    case Fault::KilledWhenDone:
        lines.lose_next_reply();
        act_until_lost(step, lines);
        central.kill(number);
        central.revive(number);
        break;
    case Fault::Cut:
        lines.cut();
        step.act();
        lines.restore();
        break;
    case Fault::Doubled:
        lines.set_doubling(true);
        break;
    case Fault::count:
        break;
    }
    walk.finish(step);
    lines.set_doubling(false);
}

void walk_under_faults(CallWalk& walk, FaultyLines& lines, Central const& central, std::uint64_t round) {
    Dice dice(round);
    auto const steps = walk.steps();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto const fault = fault_at(round, i, dice);
        INFO(steps[i].name << ", and " << fault_names.at(static_cast<std::size_t>(fault)));
        steps[i].prepare();
        befall(walk, i, steps[i], fault, lines, central);
    }
    walk.check_outcome();
}

void lead(Bench& bench, FaultyLines& lines) {
    bench.lead_each_terminal_by([&lines](std::filesystem::path const& data) { return lines.lay(data); });
}

void walk_at_one_central(std::uint64_t round) {
    INFO("round " << round);
    Kannel kannel;
    ScratchFolder const run;
    auto settings = CallWalk::settings(kannel, run.path);
    Bench bench(settings);
    FaultyLines lines(bench.port(), bench.data() / "keys");
    lead(bench, lines);
    CallWalk walk(bench, kannel, run.path);
    Central const central{[&](std::size_t) { bench.kill_central(); },
                          [&](std::size_t) { bench.start_central(); }};
    walk_under_faults(walk, lines, central, round);
    bench.central({"audit", "verify"});
}

void walk_at_nodes(std::uint64_t round) {
    INFO("round " << round);
    Kannel kannel;
    ScratchFolder const run;
    Nodes nodes(CallWalk::settings(kannel, run.path));
    auto& bench = nodes.bench();
    FaultyLines lines(bench.port(), bench.data() / "keys");
    lead(bench, lines);
    CallWalk walk(bench, kannel, run.path);
    auto const node_of = [](std::size_t step) { return static_cast<int>(step % Nodes::count); };
    Central const central{[&](std::size_t step) { nodes.kill(node_of(step)); },
                          [&](std::size_t step) {
                              nodes.start(node_of(step));
                              nodes.haproxy().wait_for_up(Nodes::count);
                          },
                          true};
    walk_under_faults(walk, lines, central, round);
    nodes.verify_audit();
}

bool can_run_nodes() {
    return CallWalk::can_run() && !HaProxy::missing();
}

} // namespace

TEST_CASE("faulty call: killed, cut and doubled at each step, the call has each effect once", "[rounds]") {
    if (!CallWalk::can_run())
        return;
    for (auto const round : Rounds(1))
        walk_at_one_central(round);
}

TEST_CASE("faulty call: each fault at each step of the call", "[full]") {
    if (!CallWalk::can_run())
        return;
    for (std::uint64_t round = 1; round < fault_count; ++round)
        walk_at_one_central(round);
}

TEST_CASE("faulty call: one node killed, cut or doubled at each step, and the others go on",
          "[rounds][full]") {
    if (!can_run_nodes())
        return;
    for (auto const round : Rounds(2))
        walk_at_nodes(round);
}
