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
    bool staff = false; ///< their code comes from the operator, and no birth date goes with it
    std::string code = {};
    std::string birth_date = {};
    Doing doing = {};
    std::optional<Field> missing = {}; ///< "Continue" waits for it

    std::string* text_field(Field field) {
        return field == Field::ActivationCode ? &code : field == Field::BirthDate ? &birth_date : nullptr;
    }
    ~RegisterCode() { wipe(code); }
    RegisterCode() = default;
    explicit RegisterCode(bool for_staff) : staff(for_staff) {}
    RegisterCode(RegisterCode&&) = default;
    RegisterCode& operator=(RegisterCode&&) = default;
};
struct ChooseUsername {
    static constexpr char const* name = "choose_username";
    bool changing = false; ///< of an account that is set up
    std::string username = {};
    Secret password = {};
    Doing doing = {};
    std::optional<Field> missing = {}; ///< "Continue" waits for it

    std::string* text_field(Field field) { return field == Field::Username ? &username : nullptr; }
    Secret* secret_field(Field field) { return field == Field::Password ? &password : nullptr; }
};
struct ChoosePin {
    static constexpr char const* name = "choose_pin";
    bool changing = false;
    Secret pin = {};
    Secret again = {};
    bool repeating = false;
    bool differed = false;
    Doing doing = {};
    std::optional<Field> missing = {}; ///< "Continue" waits for it

    Secret* secret_field(Field field) {
        return field == Field::Pin ? &pin : field == Field::PinAgain ? &again : nullptr;
    }
};
/// What was added to finish with.
enum class SecondWay : std::uint8_t { None, Key, CodeApp, StaffKey };
/// Offers a key or a code app to finish with.
struct OfferKey {
    static constexpr char const* name = "offer_key";
};
struct RegisterDone {
    static constexpr char const* name = "register_done";
    SecondWay added = SecondWay::None;
};

MaybeIntent draw(ui::Ui& ui, App const& app, RegisterStart const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, RegisterCode const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, ChooseUsername const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, ChoosePin const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, OfferKey const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, RegisterDone const& screen);

} // namespace portico::kiosk
