#pragma once

#include "central/auth/accounts.h"
#include "central/http/call.h"
#include "central/recovery/recoveries.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The session of a member who has proved that they come back: it may set anew what was lost, and nothing
/// else. The first that it sets ends the recovery.
namespace portico::central {

/// How its session is kept: which recovery it is of, and by what the second proof came.
std::vector<std::string> recovery_factors(RecoveryRow const& row, std::string const& second);

/// The recovery that this session is of; empty: of none.
std::string recovery_of(Session const& session);

/// What two changes tell: a card that is printed at the kiosk, and that nothing new comes in place of what
/// was lost. Of the first no address hears by itself.
inline constexpr std::string_view message_card_issued = "card_issued";
inline constexpr std::string_view message_lost_removed = "lost_removed";

/// A change of credentials by such a session, inside its transaction.
struct RecoveryStep {
    RecoveryRow row;
    bool finishes = false; ///< what is set ends the recovery
};
/// Before a change that tells `message` (AccountChange): nothing for another session. What was lost is gone
/// after it, if the change is what ends the recovery. Errors: Refused "recovery_over", "recovery_of_other"
/// (not what was lost).
Result<std::optional<RecoveryStep>> before_recovered(Call& call, storage::Database& database,
                                                     Account const& account, std::string_view message);
/// After it: the account is unlocked and counts as restored, other sessions end, every address is told.
Result<void> after_recovered(Call& call, storage::Database& database, Account const& account,
                             RecoveryStep& step);

} // namespace portico::central
