#include "shared/domain/lockout.h"

#include <algorithm>

namespace portico {

namespace {
/// A counter beyond this says nothing more.
constexpr int failures_max = 1'000'000;
} // namespace

std::int64_t lockout_wait_s(LockoutPolicy const& policy, int failures) {
    if (failures < policy.first_wait_failures || failures >= policy.lock_failures)
        return 0;
    std::int64_t wait_s = policy.first_wait_s;
    for (int i = policy.first_wait_failures; i < failures && wait_s < policy.wait_max_s; ++i)
        wait_s *= 2;
    return std::min(wait_s, policy.wait_max_s);
}

int lockout_tries_left(LockoutPolicy const& policy, LockoutState const& state) {
    if (state.failures >= policy.lock_failures)
        return 0;
    return std::max(1, policy.first_wait_failures - state.failures);
}

Result<void> may_try(LockoutPolicy const& policy, LockoutState const& state, UtcTime now) {
    auto refused = error(ErrorKind::Locked, "account_locked", "too many wrong sign-ins in a row");
    if (state.failures >= policy.lock_failures)
        return refused;
    std::int64_t const wait_us = lockout_wait_s(policy, state.failures) * 1'000'000;
    std::int64_t const passed_us = std::max<std::int64_t>(0, (now - state.last_failure).count());
    if (passed_us >= wait_us)
        return ok();
    refused.retry_after_s = (wait_us - passed_us + 999'999) / 1'000'000;
    refused.tries_left = lockout_tries_left(policy, state);
    return refused;
}

LockoutState after_failure(LockoutState const& state, UtcTime now) {
    bool const clock_went_back = state.failures > 0 && now < state.last_failure;
    return {std::min(state.failures + 1, failures_max), clock_went_back ? state.last_failure : now};
}

} // namespace portico
