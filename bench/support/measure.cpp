#include "bench/support/measure.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace portico::bench {

namespace {
double read(clockid_t clock) {
    timespec now{};
    if (::clock_gettime(clock, &now) != 0) {
        std::fprintf(stderr, "bench: a process that was measured has ended\n");
        std::exit(1);
    }
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}
} // namespace

double cpu_seconds_of(pid_t process) {
    clockid_t clock{};
    if (::clock_getcpuclockid(process, &clock) != 0) {
        std::fprintf(stderr, "bench: a process that was measured has ended\n");
        std::exit(1);
    }
    return read(clock);
}

double thread_cpu_ms() {
    return read(CLOCK_THREAD_CPUTIME_ID) * 1000;
}

double wall_seconds() {
    return read(CLOCK_MONOTONIC);
}

double quantile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    auto const last = static_cast<double>(values.size() - 1);
    return values.at(static_cast<std::size_t>(std::ceil(share * last)));
}

double median(std::vector<double> values) {
    return quantile(std::move(values), 0.5);
}

} // namespace portico::bench
