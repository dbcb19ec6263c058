#pragma once

#include "central/cases/verification_guard.h"
#include "shared/base/secret.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portico::central {

/// A one-time code that is keyed in one call of one case: one that was sent, or the one that the member's
/// code app shows. Or a call of the plan's to the number on file, in which who answers keys 1.
struct CallerCodeRow {
    std::string id;
    std::string case_id;
    StaffId staff;    ///< who had it sent, and has the case
    TerminalId desk;  ///< at whose telephone it counts
    std::string call; ///< in which it counts; empty: the call is the plan's own ("call_back")
    std::string way;  ///< "totp", "text_code", "call_back", "mail_code"
    std::int64_t tries = 0;
    std::int64_t expires_us = 0;
    /// "waiting", "right", "ended" (by wrong tries), "replaced", "unsent", "unanswered", "not_dialled",
    /// "expired".
    std::string state;
    std::int64_t tries_left() const { return VerificationGuard::code_tries_max - tries; }
};

/// The rows of such codes: a keyed hash of each that was sent, never itself. Writes run inside the caller's
/// write transaction, which is alone among those of all nodes: however many keys come at once, each counts.
/// Errors beside those named: those of the store.
class CallerCodes {
public:
    static constexpr std::size_t digits = 6;
    static constexpr int code_min = 5; ///< how long one works: DOMAIN, "One-time code"
    static constexpr std::int64_t code_s = std::int64_t{code_min} * 60;
    /// A member is not to be rung at by codes, and a desk sends no more than it has calls.
    static constexpr std::int64_t member_hour_max = 5;
    static constexpr std::int64_t staff_hour_max = 30;

    CallerCodes(Vault const& vault, Clock const& clock) : vault_(vault), clock_(clock) {}

    struct Asking {
        TerminalId desk;
        std::string call;
        std::string way;
    };
    struct Made {
        CallerCodeRow row;
        Secret code; ///< to be sent; none of a way by which nothing is sent
    };
    /// A new code for a case of its owner's; the one before of this case, and one of this call, end. Errors:
    /// TooMany "codes_hour_full", with when to try again.
    Result<Made> make(storage::Database& database, CaseFile const& file, Asking const& asking) const;

    struct Keyed {
        std::string id; ///< UUIDv7 of this entry
        TerminalId phone;
        TerminalId desk; ///< whose telephone it is
        std::string call;
        std::string_view digits;
    };
    struct Tried {
        CallerCodeRow code;
        std::string outcome; ///< "right", "wrong", "ended"
        std::int64_t tries_left = 0;
        bool again = false; ///< this entry came before: nothing comes of it
    };
    /// Holds what was keyed against the code that waits for this call at this desk; against that of the
    /// member's code app by the rules of sign-in, and with the same memory of what was used. Errors: NotFound
    /// "code_gone".
    Result<Tried> take(storage::Database& database, Keyed const& keyed) const;
    /// This wrong entry was one too many for its member, though not for the code: it ends too.
    Result<void> end(storage::Database& database, Keyed const& keyed, Tried& tried) const;

    /// It waits, and its desk calls: there is time again, now that somebody answered. False when it waits no
    /// more.
    Result<bool> go_on(storage::Database& database, std::string const& id) const;
    /// What waits ends as `state`. The row as it is now; nothing when it waited no more.
    Result<std::optional<CallerCodeRow>> settle(storage::Database& database, std::string const& id,
                                                std::string_view state) const;

    struct State {
        std::string word; ///< as api::CaseItem::code
        std::string way;
        std::int64_t tries_left = 0;
    };
    /// How the last code of a case stands.
    Result<State> state_of(storage::Database& database, std::string const& case_id) const;
    /// Whether a code still waits.
    Result<bool> is_waiting(storage::Database& database, std::string const& id) const;
    /// It will not reach the member. The desk that waits for it; nothing when it waits no more.
    Result<std::optional<TerminalId>> set_unsent(storage::Database& database, std::string const& id) const;
    /// The case is closed, or another's: nobody keys it any more.
    Result<void> end_of_case(storage::Database& database, std::string const& case_id) const;

private:
    Result<CallerCodeRow> read(storage::Statement const& row) const;
    Result<std::optional<CallerCodeRow>> find(storage::Database& database, std::string const& id) const;
    Bytes hash_of(CallerCodeRow const& row, std::string_view code) const;
    Result<void> check_hour(storage::Database& database, CaseFile const& file) const;
    Result<bool> app_shows(storage::Database& database, CallerCodeRow const& code,
                           std::string_view keyed) const;
    Result<Tried> again(storage::Database& database, Keyed const& keyed, bool& known) const;

    Vault const& vault_;
    Clock const& clock_;
};

/// Six digits from the system's randomness, each of the million as likely as another.
Secret make_caller_code();
/// [A-Za-z0-9-], 1 to 64 bytes: as shared/devices/telephone.h.
bool is_call_id(std::string_view text);

} // namespace portico::central
