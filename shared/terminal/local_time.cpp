#include "shared/terminal/local_time.h"

#include <ctime>

namespace portico::terminal {

std::optional<LocalTime> local_time(UtcTime at) {
    auto const seconds =
        static_cast<std::time_t>(std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count());
    std::tm parts{};
    if (localtime_r(&seconds, &parts) == nullptr)
        return std::nullopt;
    return LocalTime{std::chrono::year(parts.tm_year + 1900) / (parts.tm_mon + 1) / parts.tm_mday,
                     {parts.tm_hour, parts.tm_min}};
}

} // namespace portico::terminal
