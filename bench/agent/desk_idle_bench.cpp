// A desk that nobody touches, with a member's record on it: what the program needs meanwhile. Run by
// desk_idle_bench.py, which shows the same screen in Chromium; the file that PORTICO_BENCH_OUT names has the
// frame and the figures as JSON afterwards.

#include "bench/support/measure.h"
#include "tests/support/catch.h"
#include "tests/walk/phone_desk.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

using namespace portico;
using namespace portico::test;

namespace {

constexpr std::chrono::seconds settle{5};
constexpr std::chrono::seconds idle{20};

double pss_mib(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/smaps_rollup");
    std::string word;
    double kib = 0;
    while (file >> word)
        if (word == "Pss:" && file >> kib)
            break;
    return kib / 1024;
}

} // namespace

TEST_CASE("a desk that is left alone") {
    auto const* const out = std::getenv("PORTICO_BENCH_OUT");
    REQUIRE(out != nullptr);
    PhoneDesk office;
    office.open_case();
    office.say_name_and_birth();
    office.find();
    office.screen().wait_shows("member.covered");
    auto const process = office.desk->process().pid();
    // Nothing tells that a program has nothing left to do; what it still does then only makes the figure
    // worse.
    std::this_thread::sleep_for(settle);
    double const cpu = bench::cpu_seconds_of(process);
    double const begun = bench::wall_seconds();
    // The time in which nobody touches it is what is measured.
    std::this_thread::sleep_for(idle);
    double const percent = (bench::cpu_seconds_of(process) - cpu) / (bench::wall_seconds() - begun) * 100;
    boost::json::object told;
    told["idle_percent"] = percent;
    told["pss_mib"] = pss_mib(process);
    told["frame"] = office.screen().frame();
    std::ofstream(out) << boost::json::serialize(told);
}
