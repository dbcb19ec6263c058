#include "tests/phone/call_walk.h"
#include "tests/support/catch.h"

using namespace portico::test;

TEST_CASE(
    "whole call: locked out at the kiosk, verified by keyed code, unlocked by two, signed in, and a claim "
    "disputed on the phone shows at the kiosk") {
    if (!CallWalk::can_run())
        return;
    Kannel kannel;
    ScratchFolder const run;
    Bench bench(CallWalk::settings(kannel, run.path));
    CallWalk walk(bench, kannel, run.path);
    for (auto const& step : walk.steps()) {
        INFO(step.name);
        step.prepare();
        walk.finish(step);
    }
    walk.check_outcome();
    bench.central({"audit", "verify"});
}
