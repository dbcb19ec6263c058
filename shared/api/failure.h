#pragma once

#include "shared/api/describe.h"

#include <cstdint>
#include <string>

namespace portico::api {

/// Body of every answer that is not 2xx. Says nothing personal and never whether an account exists.
struct Failure {
    std::string kind;    ///< ErrorKind by name: "locked", "refused"...
    std::string reason;  ///< stable snake_case cause; screens map it to words
    std::string message; ///< for an operator
    std::int64_t retry_after_s = 0;
    int tries_left = -1; ///< -1: not told
    std::string ticket;  ///< locked: the ticket that TerminalEvent "account_unlocked" will name; else empty
};
BOOST_DESCRIBE_STRUCT(Failure, (), (kind, reason, message, retry_after_s, tries_left, ticket))

} // namespace portico::api
