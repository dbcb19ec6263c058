#include "shared/domain/wait_estimate.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <random>

using namespace portico;

namespace {

std::vector<MeasuredWait> waits(int count, double minutes, std::int64_t place = 1) {
    return {static_cast<std::size_t>(count), MeasuredWait{place, minutes, false}};
}

} // namespace

TEST_CASE("wait estimate: of too few waits nothing is said") {
    CHECK_FALSE(estimate_wait({}, 1));
    CHECK_FALSE(estimate_wait(waits(9, 5), 1));
    CHECK(estimate_wait(waits(10, 5), 1));
    // What goes on has not shown how long it takes.
    auto nine = waits(9, 5);
    for (int i = 0; i < 20; ++i)
        nine.push_back({1, 3, true});
    CHECK_FALSE(estimate_wait(nine, 1));
}

TEST_CASE("wait estimate: it is as long as the line, and at least a minute wide") {
    CHECK(estimate_wait(waits(20, 5), 1) == WaitEstimate{5, 6});
    CHECK(estimate_wait(waits(20, 5), 4) == WaitEstimate{20, 21});
    CHECK(estimate_wait(waits(20, 15, 3), 4) == WaitEstimate{20, 21}); // five minutes a place
    CHECK(estimate_wait(waits(20, 0), 1) == WaitEstimate{0, 1});
}

TEST_CASE("wait estimate: nine of ten of what was measured lie within it") {
    std::vector<MeasuredWait> measured;
    for (int minutes = 1; minutes <= 100; ++minutes)
        measured.push_back({1, static_cast<double>(minutes), false});
    CHECK(estimate_wait(measured, 1) == WaitEstimate{5, 95});
    std::shuffle(measured.begin(), measured.end(), std::mt19937(1));
    CHECK(estimate_wait(measured, 1) == WaitEstimate{5, 95});
}

TEST_CASE("wait estimate: a line that stands still says so") {
    auto measured = waits(20, 5);
    CHECK(estimate_wait(measured, 1)->most == 6);
    for (int i = 0; i < 5; ++i)
        measured.push_back({1, 45, true});
    CHECK(estimate_wait(measured, 1)->most == 45);
    // Who came a moment ago says nothing yet.
    auto fresh = waits(20, 5);
    for (int i = 0; i < 50; ++i)
        fresh.push_back({i + 1, 1, true});
    CHECK(estimate_wait(fresh, 1) == estimate_wait(waits(20, 5), 1));
}

TEST_CASE("wait estimate: nothing is told that nobody would believe") {
    auto const long_line = estimate_wait(waits(10, 300), 500);
    CHECK(long_line->least == told_wait_max_min);
    CHECK(long_line->most == told_wait_max_min + 1);
    // Clocks that went back, and places that are none.
    CHECK(estimate_wait(waits(10, -4), 1) == WaitEstimate{0, 1});
    CHECK(estimate_wait(waits(10, 5, 0), 0) == WaitEstimate{5, 6});
}
