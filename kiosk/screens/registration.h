#pragma once

#include "kiosk/screens/part.h"

namespace portico::kiosk {

/// With a letter, or with a card and staff.
struct RegisterStart {
    static constexpr char const* name = "register";
};
/// The code from the letter and the birth date.
struct RegisterCode {
    static constexpr char const* name = "register_code";
    std::string code = {};
    std::string birth_date = {};
    Doing doing = {};

    std::string* text_field(Field field) {
        return field == Field::ActivationCode ? &code : field == Field::BirthDate ? &birth_date : nullptr;
    }
    ~RegisterCode() { wipe(code); }
    RegisterCode() = default;
    RegisterCode(RegisterCode&&) = default;
    RegisterCode& operator=(RegisterCode&&) = default;
};
struct ChooseUsername {
    static constexpr char const* name = "choose_username";
    std::string username = {};
    Secret password = {};
    Doing doing = {};

    std::string* text_field(Field field) { return field == Field::Username ? &username : nullptr; }
    Secret* secret_field(Field field) { return field == Field::Password ? &password : nullptr; }
};
struct ChoosePin {
    static constexpr char const* name = "choose_pin";
    Secret pin = {};
    Secret again = {};
    bool repeating = false;
    bool differed = false;
    Doing doing = {};

    Secret* secret_field(Field field) {
        return field == Field::Pin ? &pin : field == Field::PinAgain ? &again : nullptr;
    }
};
/// Offers a key to finish with.
struct OfferKey {
    static constexpr char const* name = "offer_key";
};
struct RegisterDone {
    static constexpr char const* name = "register_done";
    bool key_added = false;
};

MaybeIntent draw(ui::Ui& ui, App const& app, RegisterStart const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, RegisterCode const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, ChooseUsername const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, ChoosePin const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, OfferKey const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, RegisterDone const& screen);

} // namespace portico::kiosk
