#include "agent/screens/verify_ways.h"

namespace portico::agent {

std::string way_hindrance(api::VerifyWay const& way, CallsAtHand const& calls, std::string const& case_id) {
    if (!way.hindrance.empty() || way.way == "own_session")
        return way.hindrance;
    auto const* call = calls.of_case(case_id);
    if (way.way == "call_back") {
        auto const* ready = std::get_if<TelephoneReady>(&calls.telephone);
        if (ready == nullptr || !ready->keypad || !ready->registered)
            return "no_telephone";
        return call != nullptr && call->live() && call->call.dialled() ? "called_already" : "";
    }
    if (call == nullptr || !call->answered())
        return "no_call";
    if (call->handed_over)
        return "other_telephone";
    return calls.has_keypad() ? "" : "no_keypad";
}

} // namespace portico::agent
