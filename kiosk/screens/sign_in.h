#pragma once

#include "kiosk/screens/part.h"

namespace portico::kiosk {

/// How do you want to sign in?
struct SignIn {
    static constexpr char const* name = "sign_in";
    bool step_up = false; ///< somebody is signed in and needs to be surer
    /// A card or scan that could not be used.
    std::optional<Error> failure = {};
};

/// What a key is asked for.
enum class KeyUse : std::uint8_t { SignIn, StaffConfirms, Register, Returns, StaffReturns };

/// A security key: insert, PIN, touch.
struct KeySignIn {
    static constexpr char const* name = "key";
    KeyUse use = KeyUse::SignIn;
    Secret pin = {};
    Doing doing = {};
    std::optional<Field> missing = {}; ///< "Continue" waits for it
    bool touch_wanted = false;
    bool maybe_added = false;     ///< Register: the key did its part, and central's answer was lost
    std::string card_number = {}; ///< StaffConfirms: the member's
    std::string label = {};       ///< Register: what the member calls the key
    std::string who = {};         ///< Returns, StaffReturns: as WayBack, with the day and the code
    std::string birth_date = {};
    Secret code = {};
    int tries_left = -1;

    Secret* secret_field(Field field) { return field == Field::Pin ? &pin : nullptr; }
    std::string* text_field(Field field) { return field == Field::KeyName ? &label : nullptr; }
};

/// What a chip card is asked for.
enum class ChipUse : std::uint8_t { SignIn, Add, Returns };

/// A chip card and its PIN.
struct ChipSignIn {
    static constexpr char const* name = "chip_card";
    ChipUse use = ChipUse::SignIn;
    Secret pin = {};
    Doing doing = {};
    std::optional<Field> missing = {}; ///< "Continue" waits for it
    bool maybe_added = false;          ///< Add: central's answer was lost
    std::string who = {};              ///< Returns: as WayBack, with the day and the code
    std::string birth_date = {};
    Secret code = {};

    Secret* secret_field(Field field) { return field == Field::Pin ? &pin : nullptr; }
};

/// Hold the printed card under the reader.
struct CardScan {
    static constexpr char const* name = "card_scan";
    bool to_register = false;
    std::optional<Error> failure = {};
};

/// The printed card's PIN.
struct CardPin {
    static constexpr char const* name = "card_pin";
    std::string card_number = {};
    Secret pin = {};
    Doing doing = {};
    std::optional<Field> missing = {}; ///< "Continue" waits for it

    Secret* secret_field(Field field) { return field == Field::Pin ? &pin : nullptr; }
};

struct PasswordSignIn {
    static constexpr char const* name = "password";
    std::string username = {};
    Secret password = {};
    Doing doing = {};
    std::optional<Field> missing = {}; ///< "Continue" waits for it

    std::string* text_field(Field field) { return field == Field::Username ? &username : nullptr; }
    Secret* secret_field(Field field) { return field == Field::Password ? &password : nullptr; }
};

/// The six digits of a code app.
struct TotpCode {
    static constexpr char const* name = "totp";
    Secret code = {};
    Doing doing = {};
    std::optional<Field> missing = {}; ///< "Continue" waits for it

    Secret* secret_field(Field field) { return field == Field::OneTimeCode ? &code : nullptr; }
};

/// What happened, how long, what now. Nothing personal: it may stand.
struct LockedOut {
    static constexpr char const* name = "locked";
    MonoTime since = {};
    std::optional<MonoTime> until = {}; ///< nothing: until recovery or an unlock
    std::string ticket = {};
    int minutes_left = 0;
    bool unlocked = false; ///< the unlock arrived
};

MaybeIntent draw(ui::Ui& ui, App const& app, SignIn const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, KeySignIn const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, ChipSignIn const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, CardScan const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, CardPin const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, PasswordSignIn const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, TotpCode const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, LockedOut const& screen);

} // namespace portico::kiosk
