#pragma once

#include <cstdint>
#include <optional>
#include <vector>

/// How long somebody in a line will wait, told honestly.
namespace portico {

/// One wait, from asking to the first call.
struct MeasuredWait {
    std::int64_t place = 1; ///< in the line when it was asked; 1 is next
    double minutes = 0;
    bool goes_on = false; ///< not called yet: it will be longer than `minutes`
};

/// In whole minutes; `most` is above `least`.
struct WaitEstimate {
    int least = 0;
    int most = 0;
    bool operator==(WaitEstimate const&) const = default;
};

/// Fewer waits than this say nothing.
inline constexpr std::size_t measured_waits_min = 10;
/// What is told is bounded: nobody plans a day by it.
inline constexpr int told_wait_max_min = 600;

/// The wait of who comes to `place`, as nine of ten of the measured ones would have it.
///
/// What is measured is the wait for each place of the line (minutes divided by the place at which the person
/// came), and taken are its 5th and 95th percentiles, multiplied by the new place. The place carries how long
/// the line is now, the percentiles how fast it has moved lately: how many reps there are, how long they talk
/// and how both vary. A mean would be too short for half of the people, and spread around a mean would take
/// waits for symmetric, which they are not: a few are very long. A wait that goes on and is longer already
/// than what would be told counts with what it is so far, or a line that stands still would look as fast as
/// the last ones who got through it.
///
/// Nothing when fewer than `measured_waits_min` have ended.
std::optional<WaitEstimate> estimate_wait(std::vector<MeasuredWait> const& measured, std::int64_t place);

} // namespace portico
