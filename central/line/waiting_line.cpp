#include "central/line/waiting_line.h"

#include "central/calls/dial_tickets.h"
#include "central/cases/case_book.h"
#include "central/line/line_limits.h"
#include "central/line/line_waits.h"
#include "shared/base/clock.h"
#include "shared/base/rfc3339.h"
#include "shared/base/uuid.h"

#include <algorithm>

namespace portico::central {

namespace {

/// So long a desk can ask what became of the held call that its rep took last.
constexpr std::int64_t last_held_us = std::int64_t{10} * 60 * second_us;

Error call_back_unknown() {
    return error(ErrorKind::NotFound, "call_back_unknown", "no such call-back here");
}

using Listed = std::pair<LineKey, api::WaitingEntry>;

Listed listed(CallBack const& each, std::int64_t now_us) {
    api::WaitingEntry entry;
    entry.call_back = each.id;
    entry.since = to_rfc3339(from_micros(each.asked_us));
    entry.language = each.language;
    entry.about = each.about;
    entry.tries = static_cast<int>(each.tries);
    entry.rests_until = each.rests(now_us) ? to_rfc3339(from_micros(each.rests_until_us)) : "";
    entry.kind = "call_back";
    return {key_of(each), std::move(entry)};
}

Listed listed(HeldCall const& each) {
    api::WaitingEntry entry;
    entry.call_back = each.id;
    entry.since = to_rfc3339(from_micros(each.since_us));
    entry.language = each.language;
    entry.kind = "held_call";
    return {key_of(each), std::move(entry)};
}

} // namespace

Result<std::optional<WaitEstimate>> WaitingLine::estimate(storage::Database& database,
                                                          std::int64_t place) const {
    return estimate_wait(TRY(measured_waits(database, clock_)), place);
}

Result<void> WaitingLine::add(storage::Database& database, AskedCallBack const& asked) const {
    TRY(check_may_wait(database, vault_, clock_, asked));
    // Nobody began to wait later, so it is the last.
    auto const place = TRY(order(database)).size() + 1;
    return rows_.add(database, asked, place, TRY(estimate(database, place)));
}

Result<CallBack> WaitingLine::of_terminal(storage::Database& database, TerminalId const& terminal,
                                          std::string const& id) const {
    // What is no id would be an error of the database there, and no other answer than for none is due.
    if (!is_uuid_v7(id))
        return call_back_unknown();
    auto found = TRY(rows_.find(database, id));
    if (!found || found->terminal != terminal)
        return call_back_unknown();
    return std::move(*found);
}

Result<api::CallBackPlace> WaitingLine::place(storage::Database& database, TerminalId const& terminal,
                                              std::string const& id) const {
    auto const call_back = TRY(of_terminal(database, terminal, id));
    auto const now_us = to_micros(clock_.now());
    api::CallBackPlace place;
    place.call_back = id;
    place.state = call_back.rests(now_us) ? "resting" : call_back.state;
    if (!call_back.waits())
        return place;
    auto const at = TRY(order(database)).place_of(key_of(call_back));
    place.place = static_cast<int>(at);
    if (auto const wait = TRY(estimate(database, at))) {
        auto const rest = std::max<std::int64_t>(0, call_back.rests_until_us - now_us);
        auto const rest_min = static_cast<int>((rest + minute_us - 1) / minute_us);
        place.wait_min = std::max(wait->least, rest_min);
        place.wait_max = std::max(wait->most, place.wait_min + 1);
    }
    return place;
}

Result<bool> WaitingLine::cancel(storage::Database& database, TerminalId const& terminal,
                                 std::string const& id) const {
    auto const call_back = TRY(of_terminal(database, terminal, id));
    if (call_back.state == "cancelled")
        return false;
    if (!call_back.waits())
        return error(ErrorKind::Conflict, "call_back_begun", "this call has begun, or is over");
    TRY(rows_.end(database, id, "cancelled", ""));
    return true;
}

Result<void> WaitingLine::nobody_answered(storage::Database& database, CallBack const& call_back) const {
    auto next = call_back;
    next.said = "no_answer";
    ++next.tries;
    // It may be said when it had gone back by itself already.
    if (next.first_call_us == 0)
        next.first_call_us = next.taken_us;
    if (next.tries >= tries_max)
        return rows_.end(database, next.id, "not_reached", next.said);
    next.rests_until_us = to_micros(clock_.now()) + rest_s * second_us;
    return rows_.set_waiting(database, next);
}

/// As it was: that a rep had it was no call, unless a telephone has dialled.
Result<void> WaitingLine::put_back(storage::Database& database, CallBack call_back) const {
    bool const was_first = call_back.first_call_us == call_back.taken_us;
    DialTickets const tickets(vault_, clock_);
    if (was_first && !TRY(tickets.was_dialled(database, dial_purpose, call_back.id, call_back.taken_us)))
        call_back.first_call_us = 0;
    return rows_.set_waiting(database, call_back);
}

Result<std::optional<CallBack>> WaitingLine::take_outcome(storage::Database& database, StaffId const& staff,
                                                          std::string const& id,
                                                          std::string const& outcome) const {
    if (!is_uuid_v7(id))
        return call_back_unknown();
    auto found = TRY(rows_.find(database, id));
    if (!found || found->staff != staff)
        return call_back_unknown();
    auto call_back = std::move(*found);
    if (!call_back.said.empty() && call_back.said == outcome)
        return std::optional<CallBack>();
    bool const went_back_by_itself = call_back.waits() && call_back.said.empty();
    if (!call_back.is_called() && !went_back_by_itself)
        return error(ErrorKind::Conflict, "call_back_ended", "how this call went was said before");
    if (outcome == "no_answer") {
        TRY(nobody_answered(database, call_back));
    } else if (outcome == "given_back") {
        call_back.said = outcome;
        TRY(put_back(database, call_back));
    } else {
        TRY(rows_.end(database, id, outcome == "reached" ? "reached" : "not_reached", outcome));
    }
    return TRY(rows_.find(database, id));
}

Result<std::vector<CallBack>> WaitingLine::return_overdue(storage::Database& database) const {
    auto const late_us = to_micros(clock_.now()) - outcome_within_s * second_us;
    auto overdue = TRY(rows_.taken_before(database, late_us));
    for (auto& call_back : overdue) {
        bool const reached =
            TRY(CaseBook(vault_, clock_).is_worked_on(database, call_back.case_id, call_back.taken_us));
        call_back.state = reached ? "reached" : "waiting";
        TRY(reached ? rows_.end(database, call_back.id, "reached", "reached")
                    : put_back(database, call_back));
    }
    return overdue;
}

Result<api::WaitingLine> WaitingLine::list(storage::Database& database, StaffId const& staff) const {
    auto const now_us = to_micros(clock_.now());
    api::WaitingLine line;
    std::vector<Listed> all;
    for (auto const& each : TRY(rows_.waiting(database, listed_max)))
        all.push_back(listed(each, now_us));
    for (auto const& each : TRY(held_.waiting(database, listed_max)))
        all.push_back(listed(each));
    std::sort(all.begin(), all.end(),
              [](Listed const& one, Listed const& other) { return one.first < other.first; });
    all.resize(std::min(all.size(), static_cast<std::size_t>(listed_max)));
    for (auto& each : all)
        line.items.push_back(std::move(each.second));
    line.holding = TRY(held_.count_waiting(database));
    line.waiting = TRY(rows_.count_waiting(database)) + line.holding;
    if (auto const wait = TRY(estimate(database, line.waiting + 1))) {
        line.wait_min = wait->least;
        line.wait_max = wait->most;
    }
    line.kept_percent = TRY(kept_percent(database, clock_));
    line.telephone = TRY(TelephoneSystems(clock_).state(database));
    TRY(list_own(database, staff, line));
    return line;
}

Result<void> WaitingLine::list_own(storage::Database& database, StaffId const& staff,
                                   api::WaitingLine& line) const {
    if (auto const mine = TRY(rows_.at_hand_of(database, staff)))
        line.at_hand = mine->id;
    if (auto const last = TRY(held_.last_of(database, staff, to_micros(clock_.now()) - last_held_us))) {
        line.last_held = last->id;
        line.last_held_state = last->state;
    }
    if (line.at_hand.empty())
        if (auto const mine = TRY(held_.at_hand_of(database, staff)))
            line.at_hand = mine->id;
    return ok();
}

Result<bool> WaitingLine::give_back_held(storage::Database& database, StaffId const& staff,
                                         HeldCall const& call, std::string const& outcome) const {
    if (call.staff != staff)
        return call_back_unknown();
    if (outcome != "given_back")
        return error(ErrorKind::InvalidInput, "outcome_unknown", "a held call can be given_back alone");
    if (call.state == "waiting")
        return false;
    if (!call.rings())
        return error(ErrorKind::Conflict, "call_back_ended", "this call was put through, or is over");
    TRY(held_.set_waiting(database, call.id));
    return true;
}

Result<std::vector<HeldCall>> WaitingLine::return_unconnected(storage::Database& database) const {
    auto const late_us = to_micros(clock_.now()) - connect_within_s * second_us;
    auto late = TRY(held_.taken_before(database, late_us));
    for (auto const& call : late)
        TRY(held_.set_waiting(database, call.id));
    return late;
}

} // namespace portico::central
