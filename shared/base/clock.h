#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace portico {

/// Wall-clock time, UTC, microseconds since 1970-01-01.
using UtcTime = std::chrono::sys_time<std::chrono::microseconds>;
/// Time since some fixed start; never steps. For timeouts and durations.
using MonoTime = std::chrono::time_point<std::chrono::steady_clock, std::chrono::microseconds>;

/// The only source of time; passed in, never global. Safe from any thread.
class Clock {
public:
    Clock() = default;
    Clock(Clock const&) = delete;
    Clock& operator=(Clock const&) = delete;
    virtual ~Clock() = default;
    virtual UtcTime now() const = 0;
    virtual MonoTime monotonic() const = 0;
};

/// The system's clocks plus an offset that only ever moves by `advance` (0 in production; the bench
/// driver moves it so that idle timeouts can be walked without waiting).
class SystemClock final : public Clock {
public:
    UtcTime now() const override;
    MonoTime monotonic() const override;
    void advance(std::chrono::microseconds by) { offset_us_ += by.count(); }

private:
    std::atomic<std::int64_t> offset_us_ = 0;
};

/// Stands still until told; for tests.
class ManualClock final : public Clock {
public:
    explicit ManualClock(UtcTime start) : now_(start) {}
    UtcTime now() const override { return now_.load(); }
    MonoTime monotonic() const override { return mono_.load(); }
    void advance(std::chrono::microseconds by) {
        now_ = now_.load() + by;
        mono_ = mono_.load() + by;
    }
    /// Steps the wall clock only, as a wrong time server would.
    void step_wall(std::chrono::microseconds by) { now_ = now_.load() + by; }

private:
    std::atomic<UtcTime> now_;
    std::atomic<MonoTime> mono_{MonoTime{std::chrono::hours(1)}};
};

/// Spans in microseconds, as stored times are counted.
inline constexpr std::int64_t second_us = 1'000'000;
inline constexpr std::int64_t minute_us = 60 * second_us;
inline constexpr std::int64_t hour_us = 60 * minute_us;
inline constexpr std::int64_t day_us = 24 * hour_us;

inline std::int64_t to_micros(UtcTime t) {
    return t.time_since_epoch().count();
}
inline UtcTime from_micros(std::int64_t us) {
    return UtcTime{std::chrono::microseconds{us}};
}

} // namespace portico
