#pragma once

#include <chrono>
#include <cstddef>

/// How long a visit may stand still and last. Source: WCAG 2.2.1 and kiosk practice.
namespace portico::kiosk {

inline constexpr std::chrono::seconds idle_timeout_s{60};
/// The countdown that is seen after it.
inline constexpr std::chrono::seconds idle_countdown_s{30};
/// Whoever listens, or goes about by switches, needs more of both.
inline constexpr std::chrono::seconds idle_timeout_longer_s{120};
inline constexpr std::chrono::seconds idle_countdown_longer_s{60};
/// From sign-in to the end, whatever is done.
inline constexpr std::chrono::seconds session_max_s{20 * 60};
/// A locked screen shows nothing personal and may stand, so that an unlock can arrive on it.
inline constexpr std::chrono::seconds locked_screen_max_s{20 * 60};
/// So may a place in line.
inline constexpr std::chrono::seconds call_back_page_max_s{20 * 60};
/// Central tells of changes; it is asked all the same, for a hint can be lost.
inline constexpr std::chrono::seconds call_back_look_s{30};
/// The last screen of a visit, when nothing was left behind.
inline constexpr std::chrono::seconds goodbye_s{8};
/// ... and when something was: a person who walked off will not come back for it sooner.
inline constexpr std::chrono::seconds left_behind_max_s{120};
/// What a card usually takes, for the seconds that are shown.
inline constexpr std::chrono::seconds card_print_expected_s{40};
/// A set-up that nobody touches: what was typed goes, and a kiosk that is certified begins to serve.
inline constexpr std::chrono::seconds set_up_idle_s{10 * 60};
/// How old what a technician sees of disk and queue may be.
inline constexpr std::chrono::seconds measures_max_s{10};
/// Digits of a code by text, mail, letter or app. "part.code_none" and "part.code_short" say it too.
inline constexpr std::size_t one_time_code_digits = 6;
/// Doctors on a list to take home.
inline constexpr int doctor_list_max = 25;
/// Doctors that a search shows.
inline constexpr int doctor_rows_max = 100;
/// Claims that are asked for at a time.
inline constexpr int claims_page_rows = 200;

} // namespace portico::kiosk
