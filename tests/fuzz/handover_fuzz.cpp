// link: portico_agent_handover
// A line that somebody writes to the desktop's socket: refused, or a call with no more in it than may be
// shown.
#include "agent/handover/call_message.h"
#include "shared/domain/plain_text.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace portico;
    std::string_view const line(reinterpret_cast<char const*>(data), size);
    (void)agent::read_handover_reply(line).has_error();
    auto const call = agent::read_handed_call(line);
    if (call.has_error())
        return 0;
    auto const& [from, to] = call.value();
    if (from.find_first_not_of("+0123456789") != from.npos || from.size() > agent::handed_number_max)
        std::abort();
    if (!is_plain_text(to) || character_count(to) > agent::handed_line_max)
        std::abort();
    // What was read can be handed on.
    auto again = agent::line_of(call.value());
    again.pop_back();
    if (again.size() <= agent::handover_line_max && agent::read_handed_call(again).has_error())
        std::abort();
    return 0;
}
