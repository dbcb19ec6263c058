#pragma once

#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/domain/lockout.h"
#include "shared/storage/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// How many guesses are allowed. All of it is in the store, so that it holds over every channel and node.
namespace portico::central {

/// What was guessed. A success takes back the wrong guesses of its own kind only: somebody who knows the PIN
/// cannot use it to go on guessing the one-time code.
enum class Guess : std::uint8_t { Password, Pin, Totp };

/// Counts a guess as wrong *before* it is looked at: of any number of parallel guesses no more are evaluated
/// than the policy allows in a row. `subject` is an account id, or a name for what nobody has; `terminal` is
/// where. Errors: Locked "account_locked" (not counted then).
Result<LockoutState> reserve_guess(storage::Database& database, std::string const& subject, Guess guess,
                                   TerminalId const& terminal, UtcTime now);
/// The reserved guess was right.
Result<void> guess_was_right(storage::Database& database, std::string const& subject, Guess guess);
/// Recovery in person or a rep's unlock. True when there was something to clear; then `last_restored` knows
/// of it from now on.
Result<bool> clear_lockout(storage::Database& database, std::string const& subject, UtcTime now);
Result<LockoutState> lockout_state(storage::Database& database, std::string const& subject);
/// The account counts as restored from now on, locked or not.
Result<void> mark_restored(storage::Database& database, std::string const& subject, UtcTime now);
/// When an account's lockout was cleared, or it was recovered, last; nothing when it never was.
Result<std::optional<UtcTime>> last_restored(storage::Database& database, std::string const& subject);

/// A wrong guess that counts now.
struct WrongGuess {
    UtcTime at;
    std::string way; ///< "password", "pin", "totp"
    TerminalId terminal;
};
/// The newest first.
Result<std::vector<WrongGuess>> wrong_guesses(storage::Database& database, std::string const& subject);
/// Forgets what was counted for subjects that nobody has ("card:...", "name:...") and that are old.
Result<void> purge_attempts(storage::Database& database, UtcTime now);

/// A ticket for a screen that may wait for the unlock of `subject`; lives `lock_ticket_s`.
inline constexpr std::int64_t lock_ticket_s = std::int64_t{20} * 60;
Result<std::string> make_lock_ticket(storage::Database& database, std::string const& subject,
                                     TerminalId const& terminal, UtcTime now);

/// A terminal's own limits, before anything is hashed or looked up. Errors: TooMany "sign_in_busy".
enum class TerminalLimit : std::uint8_t { Guesses, Challenges, ActivationCodes };
Result<void> count_for_terminal(storage::Database& database, TerminalId const& terminal, TerminalLimit limit,
                                UtcTime now);

} // namespace portico::central
