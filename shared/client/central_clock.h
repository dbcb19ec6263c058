#pragma once

#include "shared/base/clock.h"

#include <atomic>

namespace portico::client {

/// A terminal's time as the plan has it: its own clock, put right by what central tells with each reply. A
/// kiosk whose clock is off by an hour or a year still shows the right claims and captures operations when
/// they happened. Safe from any thread; the monotonic side is the terminal's own.
class CentralClock final : public Clock {
public:
    /// `own` must outlive it.
    explicit CentralClock(Clock const& own) : own_(own) {}

    UtcTime now() const override { return own_.now() + std::chrono::microseconds(ahead_us_.load()); }
    MonoTime monotonic() const override { return own_.monotonic(); }
    /// Central's time less this terminal's own; 0 below 20 s.
    std::chrono::microseconds ahead() const { return std::chrono::microseconds(ahead_us_.load()); }
    /// Central said this a moment ago, to the second.
    void heard(UtcTime central) {
        auto const ahead = central - own_.now();
        bool const agrees = ahead < tolerance && -ahead < tolerance;
        ahead_us_ = agrees ? 0 : ahead.count();
    }

private:
    /// A reply is some time under way and names whole seconds: less is no difference.
    static constexpr std::chrono::microseconds tolerance = std::chrono::seconds(20);

    Clock const& own_;
    std::atomic<std::int64_t> ahead_us_ = 0;
};

} // namespace portico::client
