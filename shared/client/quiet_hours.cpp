#include "shared/client/quiet_hours.h"

#include <optional>

namespace portico::client {

namespace {

constexpr std::chrono::minutes day{24 * 60};

std::optional<std::chrono::minutes> time_of_day(std::string_view text) {
    if (text.size() != 5 || text[2] != ':')
        return std::nullopt;
    auto const two = [&](std::size_t at) {
        bool const digits = text[at] >= '0' && text[at] <= '9' && text[at + 1] >= '0' && text[at + 1] <= '9';
        return digits ? (text[at] - '0') * 10 + (text[at + 1] - '0') : 99;
    };
    if (two(0) > 23 || two(3) > 59)
        return std::nullopt;
    return std::chrono::minutes(two(0) * 60 + two(3));
}

} // namespace

Result<QuietHours> QuietHours::parse(std::string_view from, std::string_view until) {
    auto const begin = time_of_day(from);
    auto const end = time_of_day(until);
    if (!begin || !end || *begin == *end)
        return error(ErrorKind::InvalidInput, "quiet_hours_invalid",
                     "quiet hours are two times of day, such as 02:00 and 04:00");
    return QuietHours(*begin, (*end - *begin + day) % day);
}

bool QuietHours::contains(UtcTime now, std::chrono::seconds ahead) const {
    auto const since = now + ahead - from_;
    return since - std::chrono::floor<std::chrono::days>(since) < length_;
}

std::int64_t QuietHours::night_of(UtcTime now, std::chrono::seconds ahead) const {
    return std::chrono::floor<std::chrono::days>(now + ahead - from_).time_since_epoch().count();
}

} // namespace portico::client
