#include "phone/softphone/softphone_event.h"

#include "shared/base/secret.h"

#include <algorithm>
#include <boost/json.hpp>

namespace portico::phone {

namespace {

namespace json = boost::json;
using Kind = SoftphoneEvent::Kind;

constexpr std::size_t depth_max = 4;

constexpr std::pair<std::string_view, Kind> kinds[] = {
    {"CALL_INCOMING", Kind::Incoming},
    {"CALL_LOCAL_SDP", Kind::Answered},
    {"CALL_ESTABLISHED", Kind::Established},
    {"CALL_CLOSED", Kind::Closed},
    {"TRANSFER_FAILED", Kind::TransferFailed},
    {"CALL_DTMF_START", Kind::KeyDown},
    {"CALL_DTMF_END", Kind::KeyUp},
    {"REGISTER_OK", Kind::Registered},
    {"REGISTER_FAIL", Kind::NotRegistered},
    {"UNREGISTERING", Kind::NotRegistered},
};

Error invalid_event() {
    return error(ErrorKind::Corrupt, "softphone_event_invalid",
                 "what the softphone told is not in its language");
}

Result<json::object> object_of(std::string_view text) {
    json::parse_options options;
    options.max_depth = depth_max;
    options.allow_invalid_utf8 = true; // a caller's name comes as their telephone system wrote it
    json::error_code failed;
    auto value = json::parse({text.data(), text.size()}, failed, {}, options);
    if (failed || !value.is_object())
        return invalid_event();
    return std::move(value.get_object());
}

std::string_view text_of(json::object const& object, char const* key) {
    auto const* value = object.if_contains(key);
    auto const* text = value != nullptr ? value->if_string() : nullptr;
    return text != nullptr ? std::string_view(*text) : std::string_view();
}

} // namespace

SoftphoneEvent::~SoftphoneEvent() {
    wipe(&key, sizeof key);
    wipe(to);
}

Result<SoftphoneEvent> parse_softphone_event(std::string_view text) {
    auto const object = TRY(object_of(text));
    SoftphoneEvent event;
    auto const type = text_of(object, "type");
    auto const* known = std::ranges::find(kinds, type, [](auto const& row) { return row.first; });
    if (known != std::end(kinds))
        event.kind = known->second;
    event.account = text_of(object, "accountaor");
    event.call = text_of(object, "id");
    auto const param = text_of(object, "param");
    if (event.call.size() > sip_id_bytes_max || event.account.size() > sip_id_bytes_max)
        return invalid_event();
    if (event.kind == Kind::Incoming)
        event.from = text_of(object, "peeruri");
    if (event.kind == Kind::Closed)
        event.why = param;
    if (event.kind == Kind::KeyDown) {
        if (param.size() != 1)
            return invalid_event();
        event.key = param.front();
    }
    // Before it is answered, a call that is offered to somebody says the same with another word.
    if (event.kind == Kind::Answered && param != "answer")
        event.kind = Kind::Other;
    // The first of them has no id yet: nothing can be told to that call.
    if (!event.call.empty() && text_of(object, "direction") == "outgoing")
        event.to = text_of(object, "peeruri");
    return event;
}

Result<SoftphoneResponse> parse_softphone_response(std::string_view text) {
    auto const object = TRY(object_of(text));
    return SoftphoneResponse{std::string(text_of(object, "token")), std::string(text_of(object, "data"))};
}

std::string to_json(SoftphoneCommand const& command) {
    json::object object{{"command", command.command}, {"params", command.params}, {"token", command.token}};
    if (!command.call.empty()) {
        object["accountaor"] = command.account;
        object["callid"] = command.call;
    }
    return json::serialize(object);
}

} // namespace portico::phone
