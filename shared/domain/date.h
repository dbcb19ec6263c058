#pragma once

#include "shared/base/result.h"

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace portico {

/// A calendar day in the proleptic Gregorian calendar. A FHIR `date` is not a timestamp: it has no
/// time zone and may be less precise than a day.
struct Date {
    int year = 0;
    int month = 0; ///< 1-12; 0 when the source gave only a year
    int day = 0;   ///< 1-31; 0 when the source gave only a year and month

    auto operator<=>(Date const&) const = default;
    bool is_empty() const { return year == 0; }
    bool has_day() const { return day != 0; }

    /// FHIR date or dateTime or instant: YYYY, YYYY-MM, YYYY-MM-DD, YYYY-MM-DDThh:mm... (the day as
    /// written is kept, not shifted to another zone). Errors: InvalidInput "date_invalid".
    static Result<Date> parse(std::string_view text);
    std::string text() const; ///< with the precision it has
};

/// Days from 1970-01-01; a missing month or day counts as the first.
std::int64_t day_number(Date date);
Date date_from_day_number(std::int64_t days);
/// Whole years from `birth` to `on`; a missing month or day counts as the first. Who was born on 29 February
/// is a year older on 1 March of a common year.
int age_on(Date birth, Date on);

/// A FHIR Period. An empty end is open.
struct Period {
    Date start;
    Date end;
    bool operator==(Period const&) const = default;
    /// Both ends belong to it, an end of "2025-03" with all of that March. A day of less precision is inside
    /// when any day it may stand for is; an empty one never.
    bool contains(Date day) const;
};

} // namespace portico
