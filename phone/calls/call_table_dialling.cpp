#include "phone/calls/call_table.h"

#include "phone/calls/caller_number.h"
#include "shared/base/uuid.h"

#include <algorithm>
#include <array>

// The part of the table that is about calls that the desk makes: a ticket, its number, who answers.
namespace portico::phone {

namespace {

/// For the softphone to begin the call that it was told to make.
constexpr std::chrono::seconds begin_timeout_s{10};
/// Central waits no longer for an answer.
constexpr std::chrono::seconds ring_most_s{120};

/// Of SIP (RFC 3261, 21): nobody is there, busy, given up, declined. The softphone says them with a word
/// behind.
constexpr std::array<std::string_view, 6> nobody_answered{"408", "480", "486", "487", "600", "603"};

} // namespace

void CallTable::dial(std::string const& ticket) {
    if (!running_ || by_ticket(ticket) != nullptr)
        return;
    Line line;
    line.told.id = make_uuid_v7(clock_);
    line.told.state = State::Dialling;
    line.told.ticket = ticket;
    line.dialled_as = line.told.id;
    // While one is begun another one could be taken for it.
    bool const begins = std::ranges::any_of(
        lines_, [](Line const& one) { return one.told.state == State::Dialling && one.sip_id.empty(); });
    bool const room = lines_.size() < calls_max && !begins;
    lines_.push_back(std::move(line));
    if (room)
        wanted_.push_back({ticket});
    else
        end(lines_.back(), "not_dialled");
}

void CallTable::handle(NumberCame const& came) {
    auto* line = by_ticket(came.ticket);
    if (line == nullptr || line->told.state != State::Dialling || line->dial_by != MonoTime{})
        return; // hung up meanwhile
    if (came.number.empty() || !running_) {
        line->told.entry = came.out_of_service ? "out_of_service" : "";
        end(*line, "not_dialled");
        return;
    }
    hold_others(*line);
    line->number = came.number.clone();
    line->dial_token = "dial-" + std::to_string(++tokens_);
    line->dial_by = clock_.monotonic() + begin_timeout_s;
    commands_.push_back({"dial", std::string(came.number.reveal()), {}, {}, line->dial_token});
}

/// Whatever is told first of a call that the softphone makes says which one it is.
void CallTable::outgoing(SoftphoneEvent const& event) {
    if (by_sip_id(event.call) != nullptr)
        return;
    auto called = caller_number(event.to, options_.country_code);
    auto const line = std::ranges::find_if(lines_, [&](Line const& one) {
        return one.told.state == State::Dialling && one.sip_id.empty() && !called.empty() &&
               one.number.reveal() == called;
    });
    wipe(called);
    if (line == lines_.end()) {
        // Hung up before it began, or nobody's: the softphone calls nobody of itself.
        if (event.kind != SoftphoneEvent::Kind::Closed)
            commands_.push_back({"hangup", {}, event.account, event.call, {}});
        return;
    }
    line->sip_id = event.call;
    line->account = event.account;
    line->number = {};
    line->dial_by = clock_.monotonic() + std::min(options_.ring_s, ring_most_s);
}

void CallTable::dial_ended(Line& line, std::string_view why) {
    bool const nobody =
        std::ranges::any_of(nobody_answered, [&](std::string_view code) { return why.starts_with(code); });
    if (line.hung_up)
        end(line, "desk");
    else
        end(line, nobody ? "not_answered" : "not_dialled");
}

void CallTable::give_up_dialling(Line& line) {
    bool const began = !line.sip_id.empty();
    if (began)
        tell(line, "hangup");
    end(line, began ? "not_answered" : "not_dialled");
}

void CallTable::report(Line const& line, std::string outcome) {
    reports_.push_back({line.told.ticket, line.dialled_as, std::move(outcome)});
}

void CallTable::handle(DialReported const& reported) {
    auto* line = by_ticket(reported.ticket);
    if (line != nullptr && reported.outcome == "confirmed" && line->told.state != State::Ended)
        line->told.entry = reported.taken;
}

CallTable::Line* CallTable::by_ticket(std::string_view ticket) {
    auto const found = std::ranges::find(lines_, ticket, [](Line const& line) { return line.told.ticket; });
    return found == lines_.end() || ticket.empty() ? nullptr : &*found;
}

std::vector<NumberWanted> CallTable::take_wanted() {
    return std::exchange(wanted_, {});
}

std::vector<DialReport> CallTable::take_reports() {
    return std::exchange(reports_, {});
}

} // namespace portico::phone
