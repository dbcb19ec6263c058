#pragma once

#include "shared/base/result.h"

namespace portico::client {

/// Central has said that this terminal was taken out of service: the answer to all that it asks.
inline bool is_withdrawn(Error const& failure) {
    return failure.reason == "terminal_revoked";
}

} // namespace portico::client
