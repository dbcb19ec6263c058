#pragma once

#include "shared/base/result.h"

#include <string>
#include <string_view>

namespace portico::phone {

/// Longest id of a call as the network gives it (SIP's Call-ID); a call with a longer one is not taken.
inline constexpr std::size_t sip_id_bytes_max = 256;

/// What the softphone tells of itself. Source: baresip 1.0.0, src/event.c, and what it says in tests.
struct SoftphoneEvent {
    enum class Kind : std::uint8_t {
        Incoming,       ///< a call rings
        Answered,       ///< its answer is on the way to the caller
        Established,    ///< both sides talk
        Closed,         ///< `why` in the softphone's words
        TransferFailed, ///< and the softphone has hung up
        KeyDown,        ///< `key`
        KeyUp,
        Registered,
        NotRegistered,
        Other,
    };
    Kind kind = Kind::Other;
    std::string account; ///< address of record, as the softphone calls it; commands name it
    std::string call;    ///< SIP's Call-ID
    std::string from;    ///< Incoming: URI of the caller
    std::string to;      ///< of a call that the softphone makes: URI of who is called; wiped
    std::string why;     ///< Closed
    char key = 0;        ///< KeyDown: 0-9, "*", "#", A-D

    SoftphoneEvent() = default;
    SoftphoneEvent(SoftphoneEvent const&) = default;
    SoftphoneEvent& operator=(SoftphoneEvent const&) = default;
    ~SoftphoneEvent();
};

/// Errors: Corrupt "softphone_event_invalid".
Result<SoftphoneEvent> parse_softphone_event(std::string_view json);

/// What it answers to a command; to one for a call that is no more it answers nothing.
struct SoftphoneResponse {
    std::string token; ///< of the command
    std::string text;  ///< in the softphone's words; whether it worked is seen in events
};
/// Errors: Corrupt "softphone_event_invalid".
Result<SoftphoneResponse> parse_softphone_response(std::string_view json);

struct SoftphoneCommand {
    std::string command; ///< of baresip's menu
    std::string params;
    std::string account; ///< both or neither: a command for a call names it, or it goes to another one
    std::string call;
    std::string token; ///< comes back in the response
};
std::string to_json(SoftphoneCommand const& command);

} // namespace portico::phone
