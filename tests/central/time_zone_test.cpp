#include "central/plan/time_zone.h"
#include "shared/base/rfc3339.h"
#include "tests/support/catch.h"
#include "tests/support/must.h"

#include <cstdlib>
#include <ctime>

using namespace portico;
using central::TimeZone;
using portico::test::must;

namespace {

TimeZone zone_of(char const* name) {
    return must(TimeZone::load(name));
}

/// Minutes ahead of UTC.
std::int64_t minutes_ahead(TimeZone const& zone, char const* at) {
    return zone.ahead_at(must(from_rfc3339(at))).count() / 60;
}

/// What the C library makes of the same database.
std::int64_t libc_ahead(std::int64_t utc_s) {
    std::time_t const at = utc_s;
    std::tm parts{};
    REQUIRE(::localtime_r(&at, &parts) != nullptr);
    return parts.tm_gmtoff;
}

} // namespace

TEST_CASE("time zone: clocks are put forward and back at the second that the zone says") {
    auto const new_york = zone_of("America/New_York");
    CHECK(new_york.name() == "America/New_York");
    CHECK(minutes_ahead(new_york, "2026-03-08T06:59:59Z") == -300);
    CHECK(minutes_ahead(new_york, "2026-03-08T07:00:00Z") == -240);
    CHECK(minutes_ahead(new_york, "2026-11-01T05:59:59Z") == -240);
    CHECK(minutes_ahead(new_york, "2026-11-01T06:00:00Z") == -300);
    // Long after the last change that is written out.
    CHECK(minutes_ahead(new_york, "2071-07-01T12:00:00Z") == -240);
    CHECK(minutes_ahead(new_york, "2071-01-01T12:00:00Z") == -300);
    CHECK(minutes_ahead(zone_of("Asia/Kathmandu"), "2026-07-01T12:00:00Z") == 345);
    CHECK(minutes_ahead(TimeZone(), "2026-07-01T12:00:00Z") == 0);
    CHECK(TimeZone().name() == "UTC");
}

TEST_CASE("time zone: a day begins at midnight there") {
    auto const new_york = zone_of("America/New_York");
    auto const day = [](TimeZone const& zone, char const* at) {
        return zone.day_number_at(must(from_rfc3339(at)));
    };
    auto const july_1 = day(TimeZone(), "2026-07-01T00:00:00Z");
    CHECK(day(new_york, "2026-07-01T03:59:59.999999Z") == july_1 - 1);
    CHECK(day(new_york, "2026-07-01T04:00:00Z") == july_1);
    CHECK(day(zone_of("Pacific/Auckland"), "2026-06-30T12:00:00Z") == july_1);
    CHECK(day(TimeZone(), "2026-06-30T23:59:59Z") == july_1 - 1);
    // Before 1970 as well.
    CHECK(day(TimeZone(), "1969-12-31T23:59:59Z") == -1);
}

TEST_CASE("time zone: it is as the C library has it, in every zone and to the end of the century") {
    char const* const before = std::getenv("TZ");
    std::string const kept = before == nullptr ? "" : before;
    for (auto const* name :
         {"America/New_York", "America/Los_Angeles", "America/Phoenix", "America/Puerto_Rico",
          "Pacific/Honolulu", "America/St_Johns", "Europe/Dublin", "Pacific/Auckland", "Africa/Casablanca",
          "America/Godthab", "Asia/Kolkata", "Etc/UTC"}) {
        auto loaded = TimeZone::load(name);
        if (loaded.has_error())
            continue; // Debian 13 has old names in a package of their own
        ::setenv("TZ", name, 1);
        ::tzset();
        INFO(name);
        std::int64_t differing = 0;
        constexpr std::int64_t step_s = 9 * 3600 + 17;
        constexpr std::int64_t end_s = std::int64_t{130} * 365 * 86'400;
        for (std::int64_t at = -std::int64_t{60} * 365 * 86'400; at < end_s; at += step_s)
            differing +=
                loaded.value().ahead_at(UtcTime(std::chrono::seconds(at))).count() == libc_ahead(at) ? 0 : 1;
        CHECK(differing == 0);
    }
    if (before == nullptr)
        ::unsetenv("TZ");
    else
        ::setenv("TZ", kept.c_str(), 1);
    ::tzset();
}

TEST_CASE("time zone: a name that is none is refused, and never leads out of the database") {
    for (auto const* name : {"", "America/Nowhere", "America", "../zoneinfo/UTC", "/usr/share/zoneinfo/UTC",
                             "UTC/", "America//New_York", "America/New York", "zone.tab"}) {
        auto const loaded = TimeZone::load(name);
        INFO(name);
        REQUIRE(loaded.has_error());
        CHECK(loaded.error().reason == "time_zone_unknown");
    }
}
