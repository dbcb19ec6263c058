#pragma once

#include "shared/base/secret.h"

#include <string>

namespace portico::phone {

/// Six digits that a caller keyed, on their way to central.
struct KeyedEntry {
    std::string keyed; ///< UUIDv7 of this entry
    std::string call;  ///< id of the call at the desk
    Secret digits;
};

/// What came of one: as PhoneCall::entry.
struct KeyedAnswer {
    std::string keyed;
    std::string outcome;
};

} // namespace portico::phone
