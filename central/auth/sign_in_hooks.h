#pragma once

#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/domain/member.h"
#include "shared/storage/database.h"

#include <functional>
#include <optional>
#include <string>

namespace portico::central {

/// What sign-in asks of the rest of central. Each runs inside the transaction of what caused it, so that both
/// happen or neither; an error undoes the cause too. An empty function is not called.
struct SignInHooks {
    /// Tells every address on file of a change. `message_id` names the text: "account_opened",
    /// "username_password_changed", "pin_changed", "totp_added", "security_key_added", "chip_card_added",
    /// "credential_removed", "account_unlocked", "account_disabled", "chip_card_revoked",
    /// "verification_frozen", "speaker_frozen", "spoken_for", "recovery_started", "recovery_stopped",
    /// "recovery_finished", "lost_removed".
    std::function<Result<void>(storage::Database&, PatientId const&, std::string const& message_id)> tell;
    /// An account was unlocked: the screen on `terminal` that shows `ticket` may go on (TerminalEvent
    /// "account_unlocked").
    std::function<Result<void>(storage::Database&, TerminalId const& terminal, std::string const& ticket)>
        unlocked;
    /// A session ended without the terminal's asking (account disabled, terminal revoked; TerminalEvent
    /// "session_ended").
    std::function<Result<void>(storage::Database&, TerminalId const& terminal)> session_ended;
    /// Whether a desk asks this member now if they are on the phone: whoever signs in is told.
    std::function<Result<bool>(storage::Database&, PatientId const&)> call_check_waits;
    /// Where a letter with a code goes: the address in force, imported or changed since. Nothing: there is
    /// none, a change of it is on hold, or it is new.
    std::function<Result<std::optional<PostalAddress>>(storage::Database&, PatientId const&)> letter_address;
    /// The audit record of what an operator did by a command: `action` such as "account_unlock", `subject` a
    /// patient or staff id, `reason` what it was done with, such as the roles given. Calls over HTTPS are
    /// audited by the server.
    std::function<Result<void>(storage::Database&, std::string const& action, std::string const& subject,
                               std::string const& reason)>
        audit_command;
};

} // namespace portico::central
