#pragma once

#include "shared/base/clock.h"
#include "shared/base/result.h"

#include <cstdint>

namespace portico {

/// When wrong sign-ins make an account wait, and when they lock it. One counter per account over every
/// channel and node. Source: DOMAIN, Sign-in; NIST SP 800-63B's ceiling is 100.
struct LockoutPolicy {
    int first_wait_failures = 5; ///< this many in a row bring the first wait
    std::int64_t first_wait_s = 30;
    std::int64_t wait_max_s = 3600; ///< each further failure doubles the wait up to this
    int lock_failures = 10;         ///< this many lock until recovery or a rep unlocks
};

/// What an account keeps. A success, a recovery or a rep's unlock puts it back to its default; a new
/// one-time code never does.
struct LockoutState {
    int failures = 0;     ///< in a row
    UtcTime last_failure; ///< has no meaning at 0 failures
    bool operator==(LockoutState const&) const = default;
};

/// The wait that `failures` in a row bring, from the last of them; 0 when none, also once locked.
std::int64_t lockout_wait_s(LockoutPolicy const& policy, int failures);

/// How many more wrong tries until the next wait or the lock; 0 once locked.
int lockout_tries_left(LockoutPolicy const& policy, LockoutState const& state);

/// Whether a try may be looked at now. A try refused here is not a failure and must not be counted.
/// A clock that went back shortens no wait.
/// Errors: Locked "account_locked" with retry_after_s (0: until recovery or unlock).
Result<void> may_try(LockoutPolicy const& policy, LockoutState const& state, UtcTime now);

/// The state after one more wrong try.
LockoutState after_failure(LockoutState const& state, UtcTime now);

} // namespace portico
