#pragma once

#include "central/line/call_back_rows.h"

#include <cstdint>

/// How often a call may be asked for. All of it is counted in the store, so that it holds over every node.
namespace portico::central {

/// Tries at one kiosk within the 60 minutes before now, refused ones among them: nobody finds out by trying
/// which numbers wait, nor fills the line from one place.
inline constexpr std::int64_t terminal_hour_asks_max = 20;
/// Calls for one number, or one member, within the 24 hours before now: a number that is somebody else's is
/// not rung at all day.
inline constexpr std::int64_t number_day_calls_max = 5;
/// Who waits at the same time.
inline constexpr std::int64_t line_max = 500;
/// Calls that one telephone system tells at once.
inline constexpr std::size_t held_told_max = 500;
/// Of each kind, that places are worked out among; more than can wait.
inline constexpr std::int64_t ordered_max = 2000;

/// One more try at this kiosk. Inside the caller's write transaction, whatever becomes of the try. Errors:
/// TooMany "call_backs_terminal_full".
Result<void> count_ask(storage::Database& database, Clock const& clock, TerminalId const& terminal);
/// Errors: TooMany "call_backs_number_full" (also once somebody there said that it was a wrong number),
/// "line_full"; Conflict "call_back_waits".
Result<void> check_may_wait(storage::Database& database, Vault const& vault, Clock const& clock,
                            AskedCallBack const& asked);

} // namespace portico::central
