#pragma once

#include "shared/base/clock.h"
#include "shared/base/result.h"

#include <chrono>
#include <cstdint>
#include <string_view>

namespace portico::client {

/// A part of the day, in the time of the plan, in which a terminal may busy itself with itself. It may reach
/// over midnight.
class QuietHours {
public:
    /// Of "HH:MM" each. Errors: InvalidInput "quiet_hours_invalid": no such time, or both the same.
    static Result<QuietHours> parse(std::string_view from, std::string_view until);

    /// `ahead`: how far the plan's clocks are ahead of UTC.
    bool contains(UtcTime now, std::chrono::seconds ahead) const;
    /// The number of the day on which the quiet hours began that `now` is in or that were last.
    std::int64_t night_of(UtcTime now, std::chrono::seconds ahead) const;

private:
    QuietHours(std::chrono::minutes from, std::chrono::minutes length) : from_(from), length_(length) {}
    std::chrono::minutes from_;
    std::chrono::minutes length_;
};

} // namespace portico::client
