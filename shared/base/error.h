#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace portico {

/// What went wrong, by what the caller can do about it.
enum class ErrorKind : std::uint8_t {
    InvalidInput,    ///< the input is wrong; say how to fix it
    NotFound,        ///< no such thing, or not one this caller may know of
    Unavailable,     ///< cannot be reached or is not connected now; say what still works
    Refused,         ///< a rule says no; the reason names the rule
    Forbidden,       ///< the caller lacks the right
    Unauthenticated, ///< no session, or it ended
    StepUpNeeded,    ///< the session is not sure enough of who this is; offer the next step
    Locked,          ///< locked until `retry_after_s`, or until recovery when that is 0
    Conflict,        ///< someone else changed it first, or the id was used for something else
    TooMany,         ///< over a limit; try again after `retry_after_s`
    Cancelled,       ///< the person cancelled
    TimedOut,        ///< no answer in the time allowed
    Corrupt,         ///< stored or received bytes fail their check
    Full,            ///< no space left
    Internal,        ///< a fault of ours
};

/// An expected failure. Holds no personal data and no secret: it is logged as it is.
struct Error { // NOLINT(clang-analyzer-core.uninitialized.Assign): taken from a Result that holds none
    ErrorKind kind = ErrorKind::Internal;
    /// Stable snake_case name of the cause, such as "pin_wrong"; screens map it to words.
    std::string reason;
    /// For an operator: names the thing and the way out.
    std::string message;
    /// Seconds until a retry makes sense; 0 when waiting does not help.
    std::int64_t retry_after_s = 0;
    /// Tries left before the next lock; -1 when that is not known or not told.
    int tries_left = -1;
    /// Locked: an opaque ticket; the event that lifts the lock names it. Empty otherwise.
    std::string ticket = {};

    bool operator==(Error const&) const = default;
};

inline Error error(ErrorKind kind, std::string reason, std::string message = {}) {
    return Error{kind, std::move(reason), std::move(message), 0, -1, {}};
}

/// "locked", "not_found": the kind as it stands in logs and API replies.
char const* name(ErrorKind kind);

} // namespace portico
