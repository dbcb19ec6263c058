#include "shared/devices/telephone_wire.h"

#include "shared/devices/dial_number.h"
#include "shared/devices/key_entry.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace portico {

namespace {

namespace json = boost::json;
using State = PhoneCall::State;
using Do = TelephoneCommand::Do;

constexpr std::size_t depth_max = 4;
constexpr std::size_t reason_bytes_max = 64;
constexpr std::size_t e164_digits_max = 15;
/// Those that ended are told once more beside those that came since.
constexpr std::size_t told_calls_max = 2 * calls_max;

constexpr std::array state_names{"ringing", "dialling", "talking", "held", "keying", "ended"};
constexpr std::array do_names{"answer",   "hold",         "resume",      "hang_up",
                              "transfer", "start_keying", "stop_keying", "dial"};
constexpr std::array<std::string_view, 8> end_names{"",       "caller", "desk",         "transferred",
                                                    "missed", "failed", "not_answered", "not_dialled"};
constexpr std::array<std::string_view, 8> entry_names{
    "", "right", "wrong", "ended", "code_gone", "central_unreachable", "not_muted", "out_of_service"};

Error invalid() {
    return error(ErrorKind::Corrupt, "telephone_wire_invalid",
                 "what came over the telephone's socket is no line of its language");
}

template <class Names>
std::optional<std::size_t> place_in(Names const& names, std::string_view name) {
    auto const found = std::ranges::find(names, name);
    if (found == names.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
}

bool is_call_id(std::string_view id) {
    return !id.empty() && id.size() <= call_id_bytes_max && std::ranges::all_of(id, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    });
}

bool is_e164_or_empty(std::string_view number) {
    if (number.empty())
        return true;
    return number.starts_with('+') && number.size() <= e164_digits_max + 1 &&
           check_dial_number(number).has_value();
}

bool is_printable(std::string_view text, std::size_t bytes_max) {
    return text.size() <= bytes_max && std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

/// An object of exactly the keys that were asked for, each of the type that was asked for.
class Object {
public:
    explicit Object(json::value const& value) : object_(value.if_object()) { good_ = object_ != nullptr; }

    std::string_view text(char const* key) {
        auto const* value = find(key);
        auto const* text = value != nullptr ? value->if_string() : nullptr;
        good_ = good_ && text != nullptr;
        return text != nullptr ? std::string_view(*text) : std::string_view();
    }
    bool flag(char const* key) {
        auto const* value = find(key);
        auto const* flag = value != nullptr ? value->if_bool() : nullptr;
        good_ = good_ && flag != nullptr;
        return flag != nullptr && *flag;
    }
    int digits(char const* key) {
        auto const* value = find(key);
        auto const* number = value != nullptr ? value->if_int64() : nullptr;
        good_ = good_ && number != nullptr && *number >= 0 && *number <= entry_digits;
        return good_ ? static_cast<int>(*number) : 0;
    }
    json::array const* array(char const* key) {
        auto const* value = find(key);
        auto const* array = value != nullptr ? value->if_array() : nullptr;
        good_ = good_ && array != nullptr;
        return array;
    }
    bool is_good() const { return good_ && asked_ == object_->size(); }

private:
    json::value const* find(char const* key) {
        ++asked_;
        return object_ != nullptr ? object_->if_contains(key) : nullptr;
    }
    json::object const* object_;
    std::size_t asked_ = 0;
    bool good_;
};

Result<json::value> parse(std::string_view line) {
    if (line.size() > wire_line_bytes_max)
        return invalid();
    json::parse_options options;
    options.max_depth = depth_max;
    json::error_code failed;
    auto value = json::parse({line.data(), line.size()}, failed, {}, options);
    if (failed)
        return invalid();
    return value;
}

Result<PhoneCall> call_from(json::value const& value) {
    Object object(value);
    PhoneCall call;
    call.id = object.text("id");
    call.from = object.text("from");
    call.line = object.text("line");
    auto const state = place_in(state_names, object.text("state"));
    call.keyed = object.digits("keyed");
    call.end = object.text("end");
    call.entry = object.text("entry");
    call.ticket = object.text("ticket");
    bool const good = object.is_good() && is_call_id(call.id) && is_e164_or_empty(call.from) &&
                      is_printable(call.line, line_name_bytes_max) && state &&
                      place_in(end_names, call.end) && place_in(entry_names, call.entry) &&
                      (call.ticket.empty() || check_dial_ticket(call.ticket).has_value());
    if (!good)
        return invalid();
    call.state = static_cast<State>(*state);
    if ((call.state == State::Ended) == call.end.empty() || (call.keyed != 0 && call.state != State::Keying))
        return invalid();
    // What came in is not dialled, and of what is dialled no number has a place here.
    bool const both = call.dialled() && (!call.from.empty() || call.state == State::Ringing);
    if (both || (call.state == State::Dialling && !call.dialled()))
        return invalid();
    return call;
}

Result<TelephoneState> state_from(Object& object) {
    auto const name = object.text("state");
    if (name == "ready") {
        TelephoneReady ready;
        ready.registered = object.flag("registered");
        ready.keypad = object.flag("keypad");
        return TelephoneState(ready);
    }
    std::string const reason(object.text("reason"));
    if (name != "fault" || reason.empty() || !is_printable(reason, reason_bytes_max))
        return invalid();
    return TelephoneState(
        TelephoneFault{error(ErrorKind::Unavailable, reason, "said by the helper of the telephone")});
}

std::string line_of(json::value const& value) {
    return json::serialize(value) + "\n";
}

} // namespace

Result<void> check_dial_ticket(std::string_view ticket) {
    bool const good =
        !ticket.empty() && ticket.size() <= dial_ticket_bytes_max && std::ranges::all_of(ticket, [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                   c == '_';
        });
    if (!good)
        return error(ErrorKind::InvalidInput, "ticket_invalid", "this is no ticket of central's to dial by");
    return ok();
}

std::string to_wire(TelephoneView const& view) {
    json::object object;
    if (auto const* ready = std::get_if<TelephoneReady>(&view.state)) {
        object["state"] = "ready";
        object["registered"] = ready->registered;
        object["keypad"] = ready->keypad;
    } else {
        auto const* fault = std::get_if<TelephoneFault>(&view.state);
        object["state"] = "fault";
        object["reason"] = fault != nullptr ? fault->error.reason : "telephone_gone";
    }
    json::array calls;
    for (auto const& call : view.calls)
        calls.push_back({{"id", call.id},
                         {"from", call.from},
                         {"line", call.line},
                         {"state", state_names.at(static_cast<std::size_t>(call.state))},
                         {"keyed", call.keyed},
                         {"end", call.end},
                         {"entry", call.entry},
                         {"ticket", call.ticket}});
    object["calls"] = std::move(calls);
    return line_of(object);
}

std::string to_wire(TelephoneCommand const& command) {
    json::object object{{"do", do_names.at(static_cast<std::size_t>(command.what))}};
    if (command.what == Do::Dial)
        object["ticket"] = command.to;
    else
        object["call"] = command.call;
    if (command.what == Do::Transfer)
        object["to"] = command.to;
    return line_of(object);
}

Result<TelephoneView> view_from_wire(std::string_view line) {
    auto const value = TRY(parse(line));
    Object object(value);
    TelephoneView view;
    view.state = TRY(state_from(object));
    auto const* calls = object.array("calls");
    if (!object.is_good() || calls->size() > told_calls_max)
        return invalid();
    for (auto const& call : *calls)
        view.calls.push_back(TRY(call_from(call)));
    return view;
}

Result<TelephoneCommand> command_from_wire(std::string_view line) {
    auto const value = TRY(parse(line));
    Object object(value);
    auto const what = place_in(do_names, object.text("do"));
    if (!what)
        return invalid();
    TelephoneCommand command;
    command.what = static_cast<Do>(*what);
    if (command.what == Do::Dial) {
        command.to = object.text("ticket");
        if (!object.is_good() || check_dial_ticket(command.to).has_error())
            return invalid();
        return command;
    }
    command.call = object.text("call");
    if (command.what == Do::Transfer)
        command.to = object.text("to");
    bool const dials = command.what == Do::Transfer;
    if (!object.is_good() || !is_call_id(command.call) ||
        (dials && check_dial_number(command.to).has_error()))
        return invalid();
    return command;
}

Result<void> WireLines::feed(std::string_view bytes,
                             std::function<Result<void>(std::string_view)> const& take) {
    while (!bytes.empty()) {
        auto const end = bytes.find('\n');
        auto const part = bytes.substr(0, end);
        if (begun_.size() + part.size() > wire_line_bytes_max) {
            begun_.clear();
            return invalid();
        }
        begun_ += part;
        if (end == std::string_view::npos)
            return ok();
        bytes.remove_prefix(end + 1);
        auto const line = std::exchange(begun_, {});
        TRY(take(line));
    }
    return ok();
}

} // namespace portico
