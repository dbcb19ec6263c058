#pragma once

#include "shared/api/describe.h"

#include <string>
#include <vector>

/// Whether it is the plan that is on the phone with a member: the desk says two words, and the member finds
/// them in a session of their own. Whoever only says that they are the plan does not know them.
namespace portico::api {

/// A desk that is busy with this member's account now, without whose it is.
struct OpenCall {
    std::vector<std::string> words; ///< two, as CaseItem::words
    /// "we_called": the plan rang the number on file, and it was answered. "called_us": somebody rang the
    /// plan, who may not be the member; whoever they talk to could hear these words and say them to another.
    std::string how;
};
/// GET /v1/desk-word, in the member's session. A case of a person at the counter is none; nor is one in which
/// nothing was asked for two hours.
struct OpenCalls {
    std::vector<OpenCall> calls; ///< the newest first, at most four; none: nobody of the plan is on the phone
};

BOOST_DESCRIBE_STRUCT(OpenCall, (), (words, how))
BOOST_DESCRIBE_STRUCT(OpenCalls, (), (calls))

} // namespace portico::api
