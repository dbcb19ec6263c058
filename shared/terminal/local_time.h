#pragma once

#include "shared/base/clock.h"
#include "shared/ui/message.h"

#include <chrono>
#include <optional>

namespace portico::terminal {

/// A moment as the clock on the wall of this machine's place shows it.
struct LocalTime {
    std::chrono::year_month_day day;
    ui::TimeOfDay time;
};
/// In the time zone of this machine; nothing for a time that it cannot write.
std::optional<LocalTime> local_time(UtcTime at);

} // namespace portico::terminal
