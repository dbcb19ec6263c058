#pragma once

#include "central/http/caller.h"
#include "central/store/store.h"
#include "central/store/vault.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::central {

/// Absolute ends; idling is the terminal's to watch. Source: DOMAIN "Kiosk idle", "Agent session".
inline constexpr std::int64_t member_session_s = std::int64_t{20} * 60;
inline constexpr std::int64_t staff_session_s = std::int64_t{12} * 3600; ///< at a desk
/// How long an ended session's facts serve operations that were captured in it.
inline constexpr std::int64_t session_facts_days = 60;
/// How far a terminal's clock may be off when it says when an operation was captured.
inline constexpr std::int64_t capture_clock_tolerance_s = std::int64_t{2} * 3600;
/// As before, at a desk: what staff may ask for on a member's behalf depends on when they asked.
inline constexpr std::int64_t desk_clock_tolerance_s = std::int64_t{5} * 60;

/// Sessions, in the store alone: any central node may answer the next call. Only a hash of a token is kept.
/// Safe from any thread.
class SessionTable {
public:
    SessionTable(Store& store, Vault const& vault, Clock const& clock);

    /// The session of a token on the terminal it was made on. Errors: Unauthenticated "session_unknown"
    /// (never was, or on another terminal), "session_ended" (signed out, expired, taken back, or the clock
    /// went back before its start).
    Result<Session> session_by_token(TerminalId const& terminal, Secret const& token) const;

    /// Who captured an operation and how sure we were then, also after the session's end. A time of capture
    /// outside the session (a terminal's clock may be off) counts as its last moment, up to
    /// `capture_clock_tolerance_s` (of staff `desk_clock_tolerance_s`). Roles of staff are those they have
    /// now. Errors: Unauthenticated "session_unknown"; Refused "session_facts_gone" (ended more than
    /// `session_facts_days` ago), "captured_outside_session".
    Result<Session> session_facts_for_operation(TerminalId const& terminal, Secret const& token,
                                                UtcTime captured_at) const;

    /// Ends one session; ending it again is no error.
    Result<void> end(SessionId const& session);
    /// For revoked terminals. Returns how many were open.
    Result<int> end_all_of_terminal(TerminalId const& terminal);
    /// For disabled accounts.
    Result<int> end_all_of_account(AccountId const& account);
    /// The same inside a transaction of the caller's.
    Result<int> end_all_of_terminal(storage::Database& database, TerminalId const& terminal);
    Result<int> end_all_of_account(storage::Database& database, AccountId const& account,
                                   SessionId const& except = {});

    /// Forgets ended sessions whose facts are no longer needed.
    Result<void> purge(storage::Database& database);

    // --- for sign-in only ---

    struct Opening {
        TerminalId terminal;
        AccountId account;
        PatientId patient;
        StaffId staff;
        Assurance assurance = Assurance::Nothing;
        std::vector<std::string> factors;
        bool may_only_register = false;
        bool at_kiosk = false; ///< of staff: no longer than a member's
    };
    struct Opened {
        Session session;
        Secret token; ///< base64url
        std::int64_t expires_in_s = 0;
    };
    Result<Opened> open(storage::Database& database, Opening const& opening);
    /// Raises an open session, never lowers it. Errors: Unauthenticated "session_ended".
    Result<Opened> raise(storage::Database& database, SessionId const& session, AccountId const& account,
                         Assurance assurance, std::vector<std::string> const& factors);

    /// An open session and its token once more, where it was made: an answer may be lost. Nothing when it is
    /// over or was made on another terminal.
    Result<std::optional<Opened>> tell_again(storage::Database& database, SessionId const& session,
                                             TerminalId const& terminal) const;

private:
    Secret token_of(ByteView salt) const;

    Store& store_;
    Clock const& clock_;
    crypto::RecordKey token_key_;
};

} // namespace portico::central
