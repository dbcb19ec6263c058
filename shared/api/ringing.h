#pragma once

#include "shared/api/describe.h"

#include <string>
#include <vector>

/// A call rings at a desk: who might it be?
namespace portico::api {

/// POST /v1/calls/candidates, of a signed-in rep: whose number this is, in words that tell nothing to who
/// does not know them already. A caller's number can be forged: it finds nobody, opens nothing and verifies
/// nobody. Counted and audited for each rep. A number that is none (hidden, too short) has no candidates and
/// is no error, and not counted; nor is there a word of protected records. Errors: those of
/// shared/api/work.h; InvalidInput "number_long"; TooMany "candidates_hour_full" (retry_after_s).
struct CallerNumber {
    std::string number; ///< E.164, or as it came; at most 32 bytes
};
struct Candidates {
    std::vector<std::string> names; ///< initials, "A. S."; at most five, in no order
    bool more = false;              ///< there are more than these
};

BOOST_DESCRIBE_STRUCT(CallerNumber, (), (number))
BOOST_DESCRIBE_STRUCT(Candidates, (), (names, more))

} // namespace portico::api
