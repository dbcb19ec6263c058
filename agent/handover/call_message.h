#pragma once

#include "shared/api/describe.h"
#include "shared/base/result.h"

#include <string>
#include <string_view>

/// What `portico-agent call` says to the desktop that runs, and what that answers: one line of JSON each.
namespace portico::agent {

/// Most bytes of a line, without its end.
inline constexpr std::size_t handover_line_max = 512;
inline constexpr std::size_t handed_number_max = 32;
inline constexpr std::size_t handed_line_max = 40;

/// A call that another telephone has.
struct HandedCall {
    std::string from; ///< E.164, or as it was dialled within the house; empty: hidden
    std::string to;   ///< the plan's line that was called; may be empty
};
struct HandoverReply {
    /// "" when the rep sees it; "nobody_signed_in"; "calls_many" (at once, or within a
    /// minute); "handover_invalid".
    std::string refused;
};

/// A number as people and telephone systems write it; "hidden" and nothing are none. Errors: InvalidInput
/// "number_invalid": letters, other signs, too long.
Result<std::string> handed_number(std::string_view from);
/// Errors: InvalidInput "line_invalid": control characters, or longer than 40 characters.
Result<std::string> handed_line(std::string_view to);

/// Whoever connects may write anything. Errors: InvalidInput "handover_invalid".
Result<HandedCall> read_handed_call(std::string_view line);
Result<HandoverReply> read_handover_reply(std::string_view line);
std::string line_of(HandedCall const& call);
std::string line_of(HandoverReply const& reply);

BOOST_DESCRIBE_STRUCT(HandedCall, (), (from, to))
BOOST_DESCRIBE_STRUCT(HandoverReply, (), (refused))

} // namespace portico::agent
