#include "shared/base/clock.h"

namespace portico {

using namespace std::chrono;

UtcTime SystemClock::now() const {
    return time_point_cast<microseconds>(system_clock::now()) + microseconds(offset_us_.load());
}

MonoTime SystemClock::monotonic() const {
    return time_point_cast<microseconds>(steady_clock::now()) + microseconds(offset_us_.load());
}

} // namespace portico
