#pragma once

#include "shared/base/ids.h"

#include <unordered_set>

namespace portico::central {

/// Whom it concerns that something is new: of thousands that wait, an event of one terminal wakes that one.
struct NewsFor {
    bool everybody = false;                   ///< reference data, a notice, a way to reach the plan
    bool desks = false;                       ///< what waits for staff
    std::unordered_set<TerminalId> terminals; ///< each has an event of its own

    bool concerns(TerminalId const& terminal, bool is_desk) const {
        return everybody || (desks && is_desk) || terminals.contains(terminal);
    }
};

} // namespace portico::central
