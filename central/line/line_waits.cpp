#include "central/line/line_waits.h"

#include "central/line/telephone_systems.h"
#include "shared/base/clock.h"

namespace portico::central {

namespace {

MeasuredWait wait_of(std::int64_t place, std::int64_t us, bool goes_on) {
    return {place, static_cast<double>(us) / static_cast<double>(minute_us), goes_on};
}

} // namespace

Result<std::vector<MeasuredWait>> measured_waits(storage::Database& database, Clock const& clock) {
    auto const now_us = to_micros(clock.now());
    std::vector<MeasuredWait> waits;
    auto ended = TRY(database.prepare(
        "SELECT place, waited_us FROM ("
        "SELECT place_asked AS place, first_call_us - asked_us AS waited_us, first_call_us AS at_us"
        " FROM line_call_back WHERE first_call_us > $1"
        " UNION ALL SELECT place_told, put_through_us - since_us, put_through_us"
        " FROM line_held_call WHERE put_through_us > $1) AS waits ORDER BY at_us DESC LIMIT $2"));
    ended.bind(1, now_us - measured_within_h * hour_us).bind(2, measured_waits_max);
    while (TRY(ended.step()))
        waits.push_back(wait_of(ended.integer(0), ended.integer(1), false));
    auto going_on = TRY(database.prepare("SELECT place_asked, $1 - asked_us FROM line_call_back"
                                         " WHERE state = 'waiting' AND first_call_us = 0"));
    going_on.bind(1, now_us);
    while (TRY(going_on.step()))
        waits.push_back(wait_of(going_on.integer(0), going_on.integer(1), true));
    // Of a system that is not heard nobody knows whether they wait still.
    auto held =
        TRY(database.prepare("SELECT place_told, $2 - since_us FROM line_held_call WHERE state = 'waiting'"
                             " AND system IN (" +
                             std::string(TelephoneSystems::heard) + ")"));
    held.bind(1, TelephoneSystems(clock).heard_after_us()).bind(2, now_us);
    while (TRY(held.step()))
        waits.push_back(wait_of(held.integer(0), held.integer(1), true));
    return waits;
}

Result<int> kept_percent(storage::Database& database, Clock const& clock) {
    // Who gave up before it was over says nothing; nor does a call of a system that is not heard. What a
    // caller on the line was told counts from when they were told it.
    auto query = TRY(database.prepare(
        "SELECT told_us, least, most, called_us FROM ("
        "SELECT asked_us AS told_us, told_least_min AS least, told_most_min AS most,"
        " first_call_us AS called_us, ended_us FROM line_call_back WHERE told_most_min > 0"
        " UNION ALL SELECT first_told_us, told_least_min, told_most_min, put_through_us, ended_us"
        " FROM line_held_call WHERE told_most_min > 0 AND (ended_us > 0 OR system IN (" +
        std::string(TelephoneSystems::heard) +
        "))) AS told"
        " WHERE called_us > 0 OR (ended_us = 0 AND told_us + most * 60000000 < $2)"
        " OR (ended_us > 0 AND told_us + most * 60000000 < ended_us)"
        " ORDER BY told_us DESC LIMIT $3"));
    query.bind(1, TelephoneSystems(clock).heard_after_us()).bind(2, to_micros(clock.now()));
    query.bind(3, measured_waits_max);
    std::int64_t judged = 0;
    std::int64_t kept = 0;
    while (TRY(query.step())) {
        auto const waited_us = query.integer(3) - query.integer(0);
        bool const within = query.integer(3) > 0 && waited_us >= query.integer(1) * minute_us &&
                            waited_us <= query.integer(2) * minute_us;
        ++judged;
        kept += within ? 1 : 0;
    }
    constexpr std::int64_t all = 100;
    return judged < static_cast<std::int64_t>(measured_waits_min) ? -1
                                                                  : static_cast<int>(kept * all / judged);
}

} // namespace portico::central
