#pragma once

#include <chrono>

/// How long a desk stands open, and how often it looks. Source: the plan's policy for staff desks; 45 CFR
/// 164.312(a)(2)(iii), automatic logoff.
namespace portico::agent {

/// Without input the desk locks after this...
inline constexpr std::chrono::seconds lock_after_s{10 * 60};
/// ... and says so for the last of it.
inline constexpr std::chrono::seconds lock_warning_s{60};
/// From sign-in to the end, whatever is done; central ends the session then too.
inline constexpr std::chrono::seconds session_max_s{12 * 60 * 60};
/// The queue is asked for again after this, when central has not told of a change sooner.
inline constexpr std::chrono::seconds refresh_every_s{30};
/// What could not be read of a case at hand is asked for again after this, while central can be reached.
inline constexpr std::chrono::seconds read_again_s{3};
/// All desks are told of a change of the queue in the same moment: each looks at some time within this.
inline constexpr std::chrono::milliseconds look_spread_max_ms{2000};
/// What may be typed to find an action, and as a colleague's number.
inline constexpr std::size_t words_length_max = 64;
/// Characters of a fact that a caller says, and of a case's note; central takes as much.
inline constexpr std::size_t member_id_length_max = 64;
inline constexpr std::size_t name_length_max = 100;
inline constexpr std::size_t zip_length_max = 9;
inline constexpr std::size_t note_length_max = 2000;
/// Characters of a message to a member, of what a call-back is about, and days to one; central takes as much.
inline constexpr std::size_t message_length_max = 2000;
inline constexpr std::size_t call_about_length_max = 200;
inline constexpr std::chrono::days call_back_days_max{30};
/// What was written down for members and is shown: the oldest of what is done goes first.
inline constexpr std::size_t written_max = 100;
/// Why a protected record is opened, in characters.
inline constexpr std::size_t glass_reason_length_min = 10;
inline constexpr std::size_t glass_reason_length_max = 500;
/// A value in full is shown for this.
inline constexpr std::chrono::seconds reveal_s{60};
/// A call of another telephone that nobody takes leaves the list after this, and so does one of this desk's
/// that ended without a case.
inline constexpr std::chrono::seconds handed_over_ring_s{120};
inline constexpr std::chrono::seconds ended_call_s{20};
/// Calls of other telephones at once, however many are handed over.
inline constexpr std::size_t handed_over_max = 4;
/// What may be typed as a number to transfer to.
inline constexpr std::size_t transfer_length_max = 21;
/// Digits of a one-time code.
inline constexpr int code_digits = 6;
/// Facts without which nobody is looked for.
inline constexpr int facts_min = 2;

} // namespace portico::agent
