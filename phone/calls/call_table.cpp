#include "phone/calls/call_table.h"

#include "phone/calls/caller_number.h"
#include "shared/base/uuid.h"

#include <algorithm>

namespace portico::phone {

namespace {

using Kind = SoftphoneEvent::Kind;
using Do = TelephoneCommand::Do;

/// An answer that never got anywhere, as when the headset was pulled out.
constexpr std::chrono::seconds answer_timeout_s{10};

// In the words of baresip 1.0.0.
constexpr std::string_view closed_by_caller = "Connection reset by peer";
constexpr std::string_view closed_by_transfer = "Call transfer";

} // namespace

CallTable::CallTable(CallTableOptions options, Clock const& clock)
    : options_(std::move(options)), clock_(clock), registered_(!options_.registers) {}

void CallTable::started() {
    running_ = true; // it may have registered before it said so
    ear_ = Ear::Open;
    open_ear_at_.reset();
}

void CallTable::stopped() {
    running_ = false;
    registered_ = !options_.registers;
    for (auto& line : lines_)
        end(line, "failed");
    commands_.clear();
    ear_token_.clear();
}

void CallTable::handle(SoftphoneEvent const& event) {
    if (event.kind == Kind::Registered || event.kind == Kind::NotRegistered) {
        registered_ = event.kind == Kind::Registered || !options_.registers;
        return;
    }
    if (event.kind == Kind::Incoming) {
        incoming(event);
        return;
    }
    if (!event.to.empty())
        outgoing(event);
    auto* line = by_sip_id(event.call);
    if (line == nullptr)
        return;
    switch (event.kind) {
    case Kind::Answered:
        if (line->answering == Line::Answering::Asked)
            line->answering = Line::Answering::OnTheWay;
        break;
    case Kind::Established:
        established(*line);
        break;
    case Kind::Closed:
        closed(*line, event.why);
        break;
    case Kind::TransferFailed:
        end(*line, "failed");
        break;
    case Kind::KeyDown:
        key_down(*line, event.key);
        break;
    case Kind::KeyUp:
        key_up(*line);
        break;
    default:
        break;
    }
}

void CallTable::incoming(SoftphoneEvent const& event) {
    if (auto* same = by_sip_id(event.call)) {
        // Two that cannot be told apart: what one keys would count for the other. Neither goes on.
        tell(*same, "hangup");
        tell(*same, "hangup");
        return;
    }
    if (event.call.empty())
        return;
    if (lines_.size() >= calls_max) { // the softphone turns away more than that of itself
        commands_.push_back({"hangup", {}, event.account, event.call, {}});
        return;
    }
    Line line;
    line.told.id = make_uuid_v7(clock_);
    line.told.from = caller_number(event.from, options_.country_code);
    line.told.line = options_.line;
    line.sip_id = event.call;
    line.account = event.account;
    line.answer_token = "answer-" + std::to_string(++tokens_);
    lines_.push_back(std::move(line));
}

void CallTable::established(Line& line) {
    if (line.told.state != State::Ringing && line.told.state != State::Dialling)
        return;
    hold_others(line);
    bool const dialled = std::exchange(line.told.state, State::Talking) == State::Dialling;
    if (dialled) {
        line.dial_by = {};
        report(line, "answered");
        return;
    }
    // It may have been put on hold while it rang, by a try to answer another one; if not, this does nothing.
    tell(line, "resume");
}

void CallTable::closed(Line& line, std::string_view why) {
    bool const rang = line.told.state == State::Ringing;
    if (line.told.state == State::Dialling)
        dial_ended(line, why);
    else if (line.transferred && why.starts_with(closed_by_transfer))
        end(line, "transferred");
    else if (line.hung_up)
        end(line, "desk");
    else if (rang)
        end(line, line.answering == Line::Answering::No ? "missed" : "failed");
    else
        end(line, why == closed_by_caller ? "caller" : "failed");
    // The softphone now takes up one that was held, of itself.
    for (auto const& other : lines_)
        if (other.told.state == State::Held)
            tell(other, "hold");
}

void CallTable::end(Line& line, std::string how) {
    if (line.told.state == State::Ended)
        return;
    // Central waits for a word of each that was dialled: of one that is given up it is the last.
    if (line.told.state == State::Dialling)
        report(line, how == "desk" || how == "not_answered" ? "not_answered" : "failed");
    leave_keying(line, State::Ended);
    line.number = {};
    line.told.end = std::move(how);
}

void CallTable::obey(TelephoneCommand const& command) {
    if (command.what == Do::Dial) {
        dial(command.to);
        return;
    }
    auto* line = by_id(command.call);
    if (!running_ || line == nullptr)
        return;
    bool const in_talk = line->told.state == State::Talking || line->told.state == State::Keying;
    switch (command.what) {
    case Do::Answer:
        answer(*line);
        break;
    case Do::Hold:
        if (in_talk)
            hold(*line);
        break;
    case Do::Resume:
        resume(*line);
        break;
    case Do::HangUp:
        line->hung_up = true;
        if (line->sip_id.empty())
            end(*line, "desk"); // nobody was called yet; what is dialled meanwhile is hung up as it begins
        else
            tell(*line, "hangup");
        break;
    case Do::Transfer:
        if (in_talk || line->told.state == State::Held)
            transfer(*line, command.to);
        break;
    case Do::StartKeying:
        start_keying(*line);
        break;
    case Do::StopKeying:
        if (line->told.state == State::Keying)
            leave_keying(*line, State::Talking);
        break;
    case Do::Dial:
        break;
    }
}

void CallTable::answer(Line& line) {
    if (line.told.state != State::Ringing || line.answering != Line::Answering::No)
        return;
    hold_others(line);
    line.answering = Line::Answering::Asked;
    line.answer_by = clock_.monotonic() + answer_timeout_s;
    try_to_answer(line);
}

void CallTable::try_to_answer(Line& line) {
    ++line.tries;
    tell(line, "accept", {}, line.answer_token);
}

void CallTable::hold_others(Line const& but) {
    for (auto& other : lines_)
        if (&other != &but && (other.told.state == State::Talking || other.told.state == State::Keying))
            hold(other);
}

void CallTable::hold(Line& line) {
    tell(line, "hold");
    leave_keying(line, State::Held);
}

void CallTable::resume(Line& line) {
    if (line.told.state != State::Held)
        return;
    hold_others(line);
    tell(line, "resume");
    line.told.state = State::Talking;
}

void CallTable::transfer(Line& line, std::string const& to) {
    line.transferred = true;
    tell(line, "transfer", to);
}

void CallTable::handle(SoftphoneResponse const& response) {
    if (!ear_token_.empty() && response.token == ear_token_) {
        ear_answered(response.text);
        return;
    }
    for (auto& line : lines_) {
        // In the words of baresip 1.0.0; of one that it dials it says nothing.
        if (!line.dial_token.empty() && response.token == line.dial_token && line.sip_id.empty() &&
            response.text.find("failed") != std::string::npos)
            end(line, "not_dialled");
        if (response.token != line.answer_token || line.answering != Line::Answering::Asked)
            continue;
        // It was one try, spent on another one that rings.
        if (line.tries <= static_cast<int>(lines_.size()))
            try_to_answer(line);
    }
}

void CallTable::desk_left() {
    for (auto& line : lines_) {
        if (line.told.state == State::Keying)
            leave_keying(line, State::Talking);
        line.told.id = make_uuid_v7(clock_);
        line.told.entry.clear();
    }
}

void CallTable::tick() {
    auto const now = clock_.monotonic();
    if (open_ear_at_ && now >= *open_ear_at_)
        open_ear();
    for (auto& line : lines_) {
        if (line.told.state == State::Dialling && line.dial_by != MonoTime{} && now >= line.dial_by)
            give_up_dialling(line);
        bool const waits = line.answering != Line::Answering::No && line.told.state == State::Ringing;
        if (!waits || now < line.answer_by)
            continue;
        tell(line, "hangup");
        end(line, "failed");
    }
}

std::optional<MonoTime> CallTable::next_tick() const {
    auto next = open_ear_at_;
    for (auto const& line : lines_)
        if (line.answering != Line::Answering::No && line.told.state == State::Ringing)
            next = next ? std::min(*next, line.answer_by) : line.answer_by;
        else if (line.told.state == State::Dialling && line.dial_by != MonoTime{})
            next = next ? std::min(*next, line.dial_by) : line.dial_by;
    return next;
}

TelephoneView CallTable::view() const {
    TelephoneView view;
    if (running_)
        view.state = TelephoneReady{.registered = registered_, .keypad = options_.keypad};
    else
        view.state = TelephoneFault{error(ErrorKind::Unavailable, "telephone_gone",
                                          "the softphone does not run; it is started again")};
    for (auto const& line : lines_)
        view.calls.push_back(line.told);
    return view;
}

bool CallTable::forget_ended() {
    return std::erase_if(lines_, [](Line const& line) { return line.told.state == State::Ended; }) > 0;
}

std::vector<SoftphoneCommand> CallTable::take_commands() {
    return std::exchange(commands_, {});
}

void CallTable::tell(Line const& line, std::string command, std::string params, std::string token) {
    commands_.push_back({std::move(command), std::move(params), line.account, line.sip_id, std::move(token)});
}

CallTable::Line* CallTable::by_sip_id(std::string_view id) {
    auto const found = std::ranges::find_if(
        lines_, [&](Line const& line) { return line.sip_id == id && line.told.state != State::Ended; });
    return found == lines_.end() ? nullptr : &*found;
}

CallTable::Line* CallTable::by_id(std::string_view id) {
    auto const found = std::ranges::find_if(
        lines_, [&](Line const& line) { return line.told.id == id && line.told.state != State::Ended; });
    return found == lines_.end() ? nullptr : &*found;
}

} // namespace portico::phone
