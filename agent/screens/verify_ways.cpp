#include "agent/screens/verify_ways.h"

namespace portico::agent {

std::string way_hindrance(api::VerifyWay const& way, CallsAtHand const& calls, std::string const& case_id) {
    bool const keyed = way.way != "own_session";
    if (!way.hindrance.empty() || !keyed)
        return way.hindrance;
    auto const* call = calls.of_case(case_id);
    if (call == nullptr || !call->live() || call->rings())
        return "no_call";
    if (call->handed_over)
        return "other_telephone";
    return calls.has_keypad() ? "" : "no_keypad";
}

} // namespace portico::agent
