#pragma once

#include "shared/domain/unlock_rules.h"

#include <span>
#include <string>
#include <string_view>

/// How somebody comes back to an account whose ways to sign in were lost. Sources: DOMAIN, "Recovery" and
/// "Second approver"; NIST SP 800-63B-4, 4.2; OWASP ASVS 6.4.6.
namespace portico {

/// How long each kind of recovery stays open: the member has to come to a kiosk, or wait for a letter.
inline constexpr std::chrono::hours recovery_open{24};
inline constexpr std::chrono::hours recovery_open_by_letter{24 * 21};
/// How long a code works that is sent while the member stands at a kiosk. NIST's most is 10 minutes for a
/// text, 24 hours for a mail, and 21 days for a letter.
inline constexpr std::chrono::minutes recovery_code_lives{10};
/// Wrong tries that end a recovery, over all kiosks and nodes: those in which one of the two proofs was
/// right. Whoever has neither guesses at both at once, which no number of tries at a kiosk makes likely (1 in
/// 10^12 each): such a try counts for the kiosk alone, or anybody could keep a member from coming back.
inline constexpr int recovery_tries_max = 5;
/// How often codes are sent for one recovery, and how soon again.
inline constexpr int recovery_sends_max = 10;
inline constexpr std::chrono::seconds recovery_send_pause{30};
/// How many recoveries of one account are begun within a day.
inline constexpr int recoveries_a_day_max = 3;

/// "password", "security_key", "second_factor" (the code app), "pin" (of the printed card), "chip_card",
/// "printed_card", "everything".
std::span<std::string_view const> lost_words();
bool is_lost_word(std::string_view word);
/// "forgotten", "lost", "stolen", "broken", "another_knows".
bool is_recovery_reason(std::string_view word);

/// Whether an account with these factors (`Accounts::factors`) has what is said to be lost.
bool can_be_lost(std::string_view lost, std::span<std::string const> factors);
/// Whether this factor goes when what is lost is replaced: whoever has found it must not sign in by it.
bool goes_with(std::string_view lost, std::string_view factor);
/// In place of a factor: what was lost goes, and nothing comes in its place.
inline constexpr std::string_view nothing_new = "nothing_new";
/// Whether a new one of this factor ends the recovery. A key or card that was lost may be followed by a key,
/// a chip card or nothing new; a printed card by one that is printed at the kiosk, too.
bool finishes(std::string_view lost, std::string_view factor);
/// Whether the session of a recovery may set this factor. Until it has ended, only what ends it.
bool may_set(std::string_view lost, std::string_view factor, bool finished);
/// What may stand in for the second code: "totp", "security_key" and "chip_card" unless that is what was
/// lost; "staff_key", the service center beside the member.
bool is_second_proof(std::string_view lost, std::string_view way);

/// Why a recovery needs a second person's yes: "second_factor_reset", or as `second_yes_for`; empty: one
/// person may.
std::string_view second_yes_for_recovery(std::string_view lost, UnlockFacts const& facts);

/// By what a code could go.
struct RecoveryReach {
    bool text = false;   ///< a number on file that did not change lately, and a gateway
    bool mail = false;   ///< the same of a mailbox
    bool letter = false; ///< a postal address, none on hold and none that is new
};
/// By what the two codes go, never both by the same: "text", "mail", "letter"; empty: none.
struct RecoveryWays {
    std::string_view first;
    std::string_view second; ///< empty: an authenticator or staff must stand in
};
/// A mailbox is opened by others more easily than a telephone or an envelope: it never carries the first
/// code, and none where the second factor itself is set anew. Source: DOMAIN, "One-time code".
RecoveryWays recovery_ways(std::string_view lost, RecoveryReach const& reach);

} // namespace portico
