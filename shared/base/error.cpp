#include "shared/base/error.h"

namespace portico {

char const* name(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::InvalidInput:
        return "invalid_input";
    case ErrorKind::NotFound:
        return "not_found";
    case ErrorKind::Unavailable:
        return "unavailable";
    case ErrorKind::Refused:
        return "refused";
    case ErrorKind::Forbidden:
        return "forbidden";
    case ErrorKind::Unauthenticated:
        return "unauthenticated";
    case ErrorKind::StepUpNeeded:
        return "step_up_needed";
    case ErrorKind::Locked:
        return "locked";
    case ErrorKind::Conflict:
        return "conflict";
    case ErrorKind::TooMany:
        return "too_many";
    case ErrorKind::Cancelled:
        return "cancelled";
    case ErrorKind::TimedOut:
        return "timed_out";
    case ErrorKind::Corrupt:
        return "corrupt";
    case ErrorKind::Full:
        return "full";
    case ErrorKind::Internal:
        break;
    }
    return "internal";
}

} // namespace portico
