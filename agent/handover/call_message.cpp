#include "agent/handover/call_message.h"

#include "shared/api/json.h"
#include "shared/domain/phone_number.h"
#include "shared/domain/plain_text.h"

#include <algorithm>

namespace portico::agent {

namespace {

Error invalid() {
    return error(ErrorKind::InvalidInput, "handover_invalid", "this is no call that can be handed over");
}

template <class T>
Result<T> read(std::string_view line) {
    if (line.size() > handover_line_max)
        return invalid();
    auto read = api::from_json<T>(line, api::UnknownFields::Refuse);
    if (read.has_error())
        return invalid();
    return read;
}

} // namespace

Result<std::string> handed_number(std::string_view from) {
    if (from.empty() || from == "hidden")
        return std::string();
    auto const refused = error(ErrorKind::InvalidInput, "number_invalid",
                               "a number has digits, with + ( ) - . and blanks, and no letters: --from "
                               "+16175550112, or --from hidden");
    std::string digits;
    for (char const c : from) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (std::string_view("+()-. ").find(c) == std::string_view::npos)
            return refused;
    }
    if (digits.empty() || from.size() > handed_number_max || from.find('+', 1) != std::string_view::npos)
        return refused;
    auto whole = e164(from);
    return whole.empty() ? digits : whole;
}

Result<std::string> handed_line(std::string_view to) {
    if (!is_plain_text(to) || character_count(to) > handed_line_max)
        return error(ErrorKind::InvalidInput, "line_invalid",
                     "--to takes the name or number of the line, 40 characters at most");
    return std::string(to);
}

Result<HandedCall> read_handed_call(std::string_view line) {
    auto call = TRY(read<HandedCall>(line));
    auto number = handed_number(call.from);
    auto name = handed_line(call.to);
    if (number.has_error() || name.has_error())
        return invalid();
    return HandedCall{std::move(number).value(), std::move(name).value()};
}

Result<HandoverReply> read_handover_reply(std::string_view line) {
    return read<HandoverReply>(line);
}

std::string line_of(HandedCall const& call) {
    return api::to_json(call) + "\n";
}

std::string line_of(HandoverReply const& reply) {
    return api::to_json(reply) + "\n";
}

} // namespace portico::agent
