#pragma once

#include "tests/support/bench.h"

/// What members do at a kiosk, as steps that several tests walk. Each ends on the screen it names.
namespace portico::test {

inline constexpr char const* alex = "patient-0000001";
inline constexpr char const* alex_birth_date_digits = "05171984";
inline constexpr char const* alex_username = "alex.sample";
inline constexpr char const* alex_passphrase = "purple kites over testville";
inline constexpr char const* alex_pin = "739182";

/// Who comes to the kiosk, and what they choose when they set up their account.
struct Person {
    std::string patient = alex;
    std::string birth_date_digits = alex_birth_date_digits;
    std::string username = alex_username;
    std::string key = {}; ///< name of their bench key; empty: the bench's own
};

/// From the attract screen to "How do you want to sign in?".
void begin_visit(Driver& screen, std::string const& language = "English");
/// With the letter's code: username, passphrase, PIN and the bench's security key. Ends at home.
void register_with_letter(Driver& screen, std::string const& code, std::string const& key_pin);
void register_person(Driver& screen, Person const& person, std::string const& code,
                     std::string const& key_pin);
/// Username, passphrase and PIN of a registration. Ends where a second way is offered.
void set_up_secrets(Driver& screen, std::string const& username = alex_username);
/// On a key's screen with the key in: its PIN and a touch.
void key_pin_and_touch(Driver& screen, std::string const& key_pin);
/// Key, PIN, touch. Ends at home.
void sign_in_with_key(Driver& screen, std::string const& key_pin, std::string const& key = {});
/// Taps a control wherever it is on the screen's pages.
void press(Driver& screen, std::string const& msg);
/// Taps the row with this key, on whatever page it is, as soon as it is there.
void press_key(Driver& screen, std::string const& key);
/// From home to a claim, wherever it stands in the list.
void open_claim(Driver& screen, std::string const& eob);
/// From home to the form of the contact details, with a second line of the address typed and not kept yet.
void type_second_line(Driver& screen, std::string const& text);
/// Registers, pulls the cable at the claim whose figures disagree, and asks the plan to check it: the kiosk
/// keeps that until the network is back. Begins at the attract screen.
void dispute_offline(Bench& bench, Bench::Kiosk& kiosk);
/// The key of the first doctor that a search has found.
std::string first_listing(Driver& screen);
/// To a kiosk that asks whether they are still there, as one does that was left standing while a slow machine
/// was at something else; to another it says nothing.
void say_still_there(Driver& screen);
/// Until nothing on the screen says that it is busy.
void wait_not_busy(Driver& screen);
/// What a reader sees on the back of the card that the kiosk printed: its PDF417.
std::string barcode_of_printed_card(Bench::Kiosk const& kiosk);
/// Finish, take what is left, and wait for the attract screen.
void finish_visit(Driver& screen);

} // namespace portico::test
