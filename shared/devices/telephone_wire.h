#pragma once

#include "shared/devices/telephone.h"

#include <functional>
#include <string>
#include <string_view>

/// What a desk and the helper of its telephone (portico-phone) say to each other over a Unix socket: one JSON
/// object a line. The helper tells the whole view at each change, the desk gives commands. No digit that a
/// caller keys has a place in it.
///
///     {"state":"ready","registered":true,"keypad":true,"calls":[{"id":"...","from":"+15550100134",
///      "line":"members","state":"keying","keyed":2,"end":"","entry":"","ticket":""}]}
///     {"state":"fault","reason":"telephone_gone","calls":[]}
///     {"do":"transfer","call":"...","to":"+15550100199"}
///     {"do":"dial","ticket":"..."}
namespace portico {

/// Longest line, either way: a view of twice `calls_max` calls is under 5 KiB.
inline constexpr std::size_t wire_line_bytes_max = 16U << 10U;
inline constexpr std::size_t call_id_bytes_max = 64;
inline constexpr std::size_t line_name_bytes_max = 64;
inline constexpr std::size_t dial_ticket_bytes_max = 64;

struct TelephoneCommand {
    enum class Do : std::uint8_t { Answer, Hold, Resume, HangUp, Transfer, StartKeying, StopKeying, Dial };
    Do what = Do::Answer;
    std::string call; ///< empty for Dial
    std::string to;   ///< Transfer: a number; Dial: a ticket
    bool operator==(TelephoneCommand const&) const = default;
};

/// With its end of line.
std::string to_wire(TelephoneView const& view);
std::string to_wire(TelephoneCommand const& command);

/// Without its end of line. Everything is checked: what comes from here keeps what telephone.h says of it.
/// Errors: Corrupt "telephone_wire_invalid".
Result<TelephoneView> view_from_wire(std::string_view line);
Result<TelephoneCommand> command_from_wire(std::string_view line);

/// Cuts a stream into lines.
class WireLines {
public:
    /// Gives `take` each line that is complete now. Errors: Corrupt "telephone_wire_invalid" when one is too
    /// long; what `take` says.
    Result<void> feed(std::string_view bytes, std::function<Result<void>(std::string_view)> const& take);
    void clear() { begun_.clear(); }

private:
    std::string begun_;
};

} // namespace portico
