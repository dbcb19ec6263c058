#pragma once

#include "tests/support/bench.h"

/// What members do at a kiosk, as steps that several tests walk. Each ends on the screen it names.
namespace portico::test {

inline constexpr char const* alex = "patient-0000001";
inline constexpr char const* alex_birth_date_digits = "05171984";
inline constexpr char const* alex_username = "alex.sample";
inline constexpr char const* alex_passphrase = "purple kites over testville";
inline constexpr char const* alex_pin = "739182";

/// From the attract screen to "How do you want to sign in?".
void begin_visit(Driver& screen, std::string const& language = "English");
/// With the letter's code: username, passphrase, PIN and the bench's security key. Ends at home.
void register_with_letter(Driver& screen, std::string const& code, std::string const& key_pin);
/// Key, PIN, touch. Ends at home.
void sign_in_with_key(Driver& screen, std::string const& key_pin);
/// Taps a control wherever it is on the screen's pages.
void press(Driver& screen, std::string const& msg);
/// Turns the page until the row with this key is on it.
void page_to_key(Driver& screen, std::string const& key);
/// Finish, take what is left, and wait for the attract screen.
void finish_visit(Driver& screen);

} // namespace portico::test
