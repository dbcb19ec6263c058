#include "shared/devices/virtual/virtual_telephone.h"

#include "shared/base/uuid.h"
#include "shared/devices/dial_number.h"

#include <algorithm>

namespace portico {

namespace {

using State = PhoneCall::State;

Error gone() {
    return error(ErrorKind::Unavailable, "telephone_gone", "the virtual telephone is unplugged");
}

bool is_ready(TelephoneView const& view) {
    return std::holds_alternative<TelephoneReady>(view.state);
}

} // namespace

VirtualTelephone::VirtualTelephone(Clock const& clock) : clock_(clock) {}

void VirtualTelephone::tell() {
    view_.set(now_);
    if (std::erase_if(now_.calls, [](PhoneCall const& call) { return call.state == State::Ended; }) > 0)
        view_.set(now_);
}

Result<void> VirtualTelephone::ring(std::string from, std::string line) {
    std::lock_guard const lock(guard_);
    auto const* ready = std::get_if<TelephoneReady>(&now_.state);
    if (ready == nullptr || !ready->registered)
        return gone();
    if (now_.calls.size() >= calls_max)
        return error(ErrorKind::Full, "telephone_busy", "as many calls as a telephone has are there");
    now_.calls.push_back({.id = make_uuid_v7(clock_), .from = std::move(from), .line = std::move(line)});
    tell();
    return ok();
}

Result<void> VirtualTelephone::end_from(std::string_view from, bool by_caller) {
    std::lock_guard const lock(guard_);
    auto const call = std::find_if(now_.calls.rbegin(), now_.calls.rend(),
                                   [&](PhoneCall const& one) { return from.empty() || one.from == from; });
    if (call == now_.calls.rend())
        return error(ErrorKind::NotFound, "no_call", "there is no call of that number");
    auto const* how = by_caller ? "caller" : "failed";
    end(*call, by_caller && call->state == State::Ringing ? "missed" : how);
    tell();
    return ok();
}

Result<void> VirtualTelephone::caller_hangs_up(std::string_view from) {
    return end_from(from, true);
}

Result<void> VirtualTelephone::break_line(std::string_view from) {
    return end_from(from, false);
}

PhoneCall* VirtualTelephone::keyed_in() {
    auto const call = std::ranges::find(now_.calls, State::Keying, &PhoneCall::state);
    return call == now_.calls.end() ? nullptr : &*call;
}

void VirtualTelephone::key(std::string_view keys) {
    std::lock_guard const lock(guard_);
    auto* call = keyed_in();
    if (call == nullptr)
        return;
    for (char const key : keys) {
        if (entry_waits_)
            break;
        auto const came = entry_.press(key);
        if (came == KeyEntry::Came::Nothing)
            continue;
        call->keyed = entry_.count();
        call->entry.clear();
        if (came == KeyEntry::Came::Complete) {
            entry_.clear();
            entry_waits_ = true;
        }
        tell();
    }
}

Result<void> VirtualTelephone::central_answers(std::string const& outcome) {
    static constexpr std::string_view ends[] = {"right", "ended", "code_gone", "out_of_service"};
    static constexpr std::string_view again[] = {"wrong", "central_unreachable"};
    bool const over = std::ranges::find(ends, outcome) != std::end(ends);
    if (!over && std::ranges::find(again, outcome) == std::end(again))
        return error(ErrorKind::InvalidInput, "outcome_unknown",
                     "central answers right, wrong, ended, code_gone, out_of_service or central_unreachable");
    std::lock_guard const lock(guard_);
    auto* call = keyed_in();
    if (call == nullptr || !entry_waits_)
        return error(ErrorKind::Conflict, "no_entry", "no six digits wait for central");
    entry_waits_ = false;
    call->keyed = 0;
    call->entry = outcome;
    if (over)
        leave_keying(*call, State::Talking);
    tell();
    return ok();
}

Result<void> VirtualTelephone::called_answers(std::string const& outcome) {
    if (!outcome.empty() && outcome != "not_answered" && outcome != "not_dialled")
        return error(ErrorKind::InvalidInput, "outcome_unknown",
                     "who is called answers, or the call ends not_answered or not_dialled");
    std::lock_guard const lock(guard_);
    auto const call = std::ranges::find(now_.calls, State::Dialling, &PhoneCall::state);
    if (call == now_.calls.end())
        return error(ErrorKind::NotFound, "no_call", "nobody is called now");
    if (outcome.empty())
        talk_to(*call);
    else
        end(*call, outcome);
    tell();
    return ok();
}

Result<void> VirtualTelephone::called_keys_one(std::string const& outcome) {
    static constexpr std::string_view known[] = {"right", "code_gone", "central_unreachable"};
    if (std::ranges::find(known, outcome) == std::end(known))
        return error(ErrorKind::InvalidInput, "outcome_unknown",
                     "central answers right, code_gone or central_unreachable");
    std::lock_guard const lock(guard_);
    auto const call = std::ranges::find_if(
        now_.calls, [](PhoneCall const& one) { return one.dialled() && one.state == State::Talking; });
    if (call == now_.calls.end())
        return error(ErrorKind::NotFound, "no_call", "nobody who was called is talked to");
    call->entry = outcome;
    tell();
    return ok();
}

void VirtualTelephone::unplug() {
    std::lock_guard const lock(guard_);
    if (!is_ready(now_))
        return;
    for (auto& call : now_.calls)
        end(call, "failed");
    now_.state = TelephoneFault{gone()};
    tell();
}

void VirtualTelephone::plug() {
    std::lock_guard const lock(guard_);
    now_.state = TelephoneReady{.registered = true, .keypad = true};
    tell();
}

void VirtualTelephone::unregister() {
    std::lock_guard const lock(guard_);
    if (auto* ready = std::get_if<TelephoneReady>(&now_.state))
        ready->registered = false;
    tell();
}

void VirtualTelephone::leave_keying(PhoneCall& call, State next) {
    if (call.state == State::Keying) {
        entry_.clear();
        entry_waits_ = false;
        call.keyed = 0;
    }
    call.state = next;
}

void VirtualTelephone::talk_to(PhoneCall& call) {
    for (auto& other : now_.calls)
        if (other.state == State::Talking || other.state == State::Keying)
            leave_keying(other, State::Held);
    call.state = State::Talking;
}

void VirtualTelephone::end(PhoneCall& call, std::string how) {
    leave_keying(call, State::Ended);
    call.end = std::move(how);
    past_.add(call.id);
}

Result<void> VirtualTelephone::in_call(std::string const& id, std::initializer_list<State> states,
                                       std::function<void(PhoneCall&)> const& change) {
    std::lock_guard const lock(guard_);
    if (!is_ready(now_))
        return gone();
    auto const call = std::ranges::find(now_.calls, id, &PhoneCall::id);
    if (call == now_.calls.end()) {
        if (past_.knows(id))
            return ok();
        return error(ErrorKind::NotFound, "call_unknown", "no such call was at this telephone");
    }
    if (std::ranges::find(states, call->state) == states.end())
        return ok();
    change(*call);
    tell();
    return ok();
}

Result<void> VirtualTelephone::answer(std::string const& call) {
    return in_call(call, {State::Ringing}, [&](PhoneCall& one) { talk_to(one); });
}

Result<void> VirtualTelephone::hold(std::string const& call) {
    return in_call(call, {State::Talking, State::Keying},
                   [&](PhoneCall& one) { leave_keying(one, State::Held); });
}

Result<void> VirtualTelephone::resume(std::string const& call) {
    return in_call(call, {State::Held}, [&](PhoneCall& one) { talk_to(one); });
}

Result<void> VirtualTelephone::hang_up(std::string const& call) {
    return in_call(call, {State::Ringing, State::Dialling, State::Talking, State::Held, State::Keying},
                   [&](PhoneCall& one) { end(one, "desk"); });
}

Result<void> VirtualTelephone::transfer(std::string const& call, std::string const& to) {
    TRY(check_dial_number(to));
    return in_call(call, {State::Talking, State::Held, State::Keying},
                   [&](PhoneCall& one) { end(one, "transferred"); });
}

Result<void> VirtualTelephone::start_keying(std::string const& call) {
    return in_call(call, {State::Talking}, [](PhoneCall& one) {
        one.state = State::Keying;
        one.keyed = 0;
        one.entry.clear();
    });
}

Result<void> VirtualTelephone::dial(std::string const& ticket) {
    TRY(check_dial_ticket(ticket));
    std::lock_guard const lock(guard_);
    if (!is_ready(now_))
        return gone();
    if (std::ranges::find(now_.calls, ticket, &PhoneCall::ticket) != now_.calls.end())
        return ok();
    PhoneCall call;
    call.id = make_uuid_v7(clock_);
    call.state = State::Dialling;
    call.ticket = ticket;
    bool const room = now_.calls.size() < calls_max;
    now_.calls.push_back(std::move(call));
    // The real one holds it when the number has come.
    for (auto& other : now_.calls)
        if (room && (other.state == State::Talking || other.state == State::Keying))
            leave_keying(other, State::Held);
    if (!room)
        end(now_.calls.back(), "not_dialled");
    tell();
    return ok();
}

Result<void> VirtualTelephone::stop_keying(std::string const& call) {
    return in_call(call, {State::Keying}, [&](PhoneCall& one) { leave_keying(one, State::Talking); });
}

} // namespace portico
