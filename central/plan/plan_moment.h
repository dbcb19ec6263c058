#pragma once

#include "central/plan/time_zone.h"
#include "shared/domain/date.h"

namespace portico::central {

/// A moment, and the day that it is where the plan is: what is good until a day is good until that day ends
/// there, wherever central runs.
struct PlanMoment {
    UtcTime at;
    Date day;
};

inline PlanMoment plan_moment(TimeZone const& zone, UtcTime at) {
    return {at, date_from_day_number(zone.day_number_at(at))};
}

} // namespace portico::central
