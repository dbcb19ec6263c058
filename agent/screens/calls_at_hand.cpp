#include "agent/screens/calls_at_hand.h"

#include <algorithm>

namespace portico::agent {

CallAtHand* CallsAtHand::find(std::string const& id) {
    auto const found =
        std::find_if(all.begin(), all.end(), [&](CallAtHand const& each) { return each.call.id == id; });
    return id.empty() || found == all.end() ? nullptr : &*found;
}

std::string CallsAtHand::case_of_ticket(std::string const& ticket) const {
    for (auto const& each : expected)
        if (!ticket.empty() && each.ticket == ticket)
            return each.case_id;
    return {};
}

CallAtHand* CallsAtHand::stray() {
    auto const found = std::find_if(all.begin(), all.end(), [&](CallAtHand const& each) {
        return each.live() && each.call.dialled() && case_of_ticket(each.call.ticket).empty();
    });
    return found == all.end() ? nullptr : &*found;
}

CallAtHand* CallsAtHand::of_case(std::string const& case_id) {
    CallAtHand* found = nullptr;
    for (auto& each : all)
        if (!case_id.empty() && each.case_id == case_id &&
            (found == nullptr || each.live() || !found->live()))
            found = &each;
    return found;
}

CallAtHand const* CallsAtHand::ringing() const {
    if (auto const* call = chosen_call(); call != nullptr && call->rings())
        return call;
    auto const found =
        std::find_if(all.begin(), all.end(), [](CallAtHand const& each) { return each.rings(); });
    return found == all.end() ? nullptr : &*found;
}

std::size_t CallsAtHand::handed_over_now() const {
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [](CallAtHand const& each) { return each.handed_over; }));
}

bool CallsAtHand::has_keypad() const {
    auto const* ready = std::get_if<TelephoneReady>(&telephone);
    return ready != nullptr && ready->keypad;
}

} // namespace portico::agent
