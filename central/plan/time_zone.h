#pragma once

#include "shared/base/clock.h"
#include "shared/base/result.h"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace portico::central {

/// How far the clocks of a place are ahead of UTC, as the machine's time zone database has it. Cheap to copy;
/// safe from any thread.
class TimeZone {
public:
    /// Where Debian's package tzdata puts it.
    static constexpr char const* database = "/usr/share/zoneinfo";

    /// UTC.
    TimeZone() = default;
    /// By its IANA name ("America/New_York"). Errors: InvalidInput "time_zone_unknown": no such name, no
    /// database, or one that is damaged.
    static Result<TimeZone> load(std::string_view name);

    std::string const& name() const { return name_; }
    std::chrono::seconds ahead_at(UtcTime at) const;
    /// Days since 1970-01-01 of the day that it is there.
    std::int64_t day_number_at(UtcTime at) const;

private:
    struct Rules;
    std::string name_ = "UTC";
    std::shared_ptr<Rules const> rules_; ///< nothing: UTC
};

} // namespace portico::central
