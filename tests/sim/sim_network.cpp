#include "tests/sim/sim_network.h"

#include <utility>

namespace portico::test {

namespace {

constexpr std::chrono::seconds patience{15};
constexpr std::uint64_t steps_of_a_call = 60;

Error unreachable() {
    return error(ErrorKind::Unavailable, "central_unreachable", "the wire is cut");
}

} // namespace

SimNetwork::Fate SimNetwork::fate() {
    if (healed_)
        return Fate::Arrives;
    auto const luck = dice_.below(100);
    return luck < 5    ? Fate::Lost
           : luck < 10 ? Fate::HeldBack
           : luck < 15 ? Fate::Doubled
           : luck < 20 ? Fate::ReplyLost
           : luck < 23 ? Fate::CentralCrashes
                       : Fate::Arrives;
}

Result<client::HttpReply> SimNetwork::timed_out() {
    central_.clock().advance(patience);
    return error(ErrorKind::TimedOut, "central_timed_out", "no reply");
}

Result<client::HttpReply> SimNetwork::answer(SimBase::Terminal const& from,
                                             client::HttpRequest const& request) {
    auto const reply = central_.handle(from, request);
    if (!reply)
        return unreachable();
    client::HttpReply out;
    out.status = reply->status;
    out.body = reply->body;
    return out;
}

Result<client::HttpReply> SimNetwork::carry(SimBase::Terminal const& from,
                                            client::HttpRequest const& request) {
    if (cut_.contains(from.id) || !central_.is_up())
        return unreachable();
    switch (fate()) {
    case Fate::Lost:
        return timed_out();
    case Fate::HeldBack:
        held_back_.push_back({from, request});
        return timed_out();
    case Fate::Doubled: {
        auto first = answer(from, request);
        auto second = answer(from, request);
        return dice_.one_in(2) ? std::move(first) : std::move(second);
    }
    case Fate::ReplyLost:
        static_cast<void>(answer(from, request));
        return timed_out();
    case Fate::CentralCrashes: {
        disk_.cut_after(dice_.below(steps_of_a_call), central_.folder());
        auto reply = answer(from, request);
        if (!disk_.struck(central_.folder())) {
            disk_.never_fail(central_.folder());
            return reply;
        }
        central_.crash(dice_);
        return unreachable();
    }
    case Fate::Arrives:
        break;
    }
    return answer(from, request);
}

void SimNetwork::deliver_late() {
    while (!held_back_.empty() && central_.is_up()) {
        auto const which = static_cast<std::ptrdiff_t>(dice_.below(held_back_.size()));
        auto const late = std::move(held_back_[static_cast<std::size_t>(which)]);
        held_back_.erase(held_back_.begin() + which);
        static_cast<void>(answer(late.from, late.request));
    }
}

void SimNetwork::heal() {
    cut_.clear();
    healed_ = true;
}

} // namespace portico::test
