#pragma once

#include "shared/base/secret.h"
#include "tests/walk/visit_steps.h"

#include <cstdint>
#include <string>

/// Steps around an account, and what a member or operator has at hand for them.
namespace portico::test {

/// With the letter's code: username, passphrase and PIN. Ends where a second way is offered.
void register_up_to_second_way(Driver& screen, std::string const& code);
/// The same, and "Not now". Ends at "How do you want to sign in?".
void register_without_second_way(Driver& screen, std::string const& code);
/// From "How do you want to sign in?": types username and passphrase and goes on.
void type_password(Driver& screen, std::string const& username, std::string const& passphrase);
/// From home: opens the list of ways to sign in.
void open_methods(Driver& screen);
/// The row of the list with this message, and nothing else of the kind; its key.
std::string key_of_row(Driver& screen, std::string const& msg);
/// Takes one out of the list, answering the dialog.
void remove_method(Driver& screen, std::string const& key);
/// From home: an EOB that needs two factors.
void open_eob(Driver& screen);
/// Asserts that nothing of the member is on the screen.
void check_nothing_personal(Driver& screen);

/// Moves the focus with the four arrows until it stands on the node whose `field` ("msg", "key", "label") is
/// `wanted`, then presses select.
void select_by_keypad(Driver& screen, std::string const& field, std::string const& wanted);

/// The app on a member's phone, set up by what its camera sees on the kiosk's screen.
class CodeApp {
public:
    /// Reads the QR code off the screen.
    static CodeApp scan(Bench::Kiosk& kiosk);

    /// The code of a later time step than any given before; waits until the app would show it.
    std::string next_code();
    /// The one that was given last.
    std::string const& last_code() const { return last_code_; }
    /// Six digits that are none of the codes around now.
    std::string wrong_code() const;
    std::string const& secret() const { return secret_; }
    std::string const& uri() const { return uri_; }

private:
    std::string uri_;
    std::string secret_; ///< base32
    std::int64_t last_step_ = 0;
    std::string last_code_;
};

/// Neither the frame nor any typed group of it holds the app's secret.
void check_not_in_frame(Driver& screen, CodeApp const& app);
/// On the screen that shows a code app's secret: scans it and confirms with a code.
CodeApp set_up_code_app(Bench::Kiosk& kiosk);

/// A plan card in the member's hands, as the operator records one; what a reader sees on its back.
std::string hand_over_plan_card(Bench& bench, std::string const& patient, std::string const& number);
/// From the attract screen: shows the plan card and types its PIN.
void sign_in_with_plan_card(Driver& screen, std::string const& barcode, std::string const& pin);

/// A staff account with its key registered at the kiosk; its id. Begins and ends at the attract screen.
std::string register_staff(Bench& bench, Driver& screen, std::string const& key,
                           std::string const& own_patient = {});
/// From "How do you want to sign in?": shows the card for a registration with staff. Ends where their key is
/// asked for.
void begin_in_person(Driver& screen, std::string const& barcode);

/// Whether a file below the folder, or its name, holds the text.
bool found_on_disk(std::filesystem::path const& folder, std::string const& text);

/// At central, the wrong tries of every account happened `seconds` earlier: what waiting would do.
void age_wrong_tries(Bench& bench, std::int64_t seconds);

} // namespace portico::test
