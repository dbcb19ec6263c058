#pragma once

#include "kiosk/screens/part.h"
#include "shared/domain/typed_address.h"

namespace portico::kiosk {

struct Contact {
    static constexpr char const* name = "contact";
    Load<api::ContactDetails> details = {};
    bool change_kept = false; ///< just now, on this visit
};
/// All of it in one form; what was not touched is not sent.
struct ContactEdit {
    static constexpr char const* name = "contact_edit";
    api::ContactDetails before = {};
    TypedAddress address = {};
    std::string phone, email = {};
    Field wrong = Field::Comment; ///< the field that needs a look; Comment stands for none
    Doing doing = {};

    std::string* text_field(Field field);
};
/// Keys, cards and passwords of the account.
struct Methods {
    static constexpr char const* name = "methods";
    Load<api::Credentials> credentials = {};
    std::string removing = {}; ///< asked about in a dialog
    Doing doing = {};
    /// Whether somebody tries to come back to this account. What cannot be read is not shown: the ways are.
    Load<api::OwnRecovery> recovery = {};
    bool stopping = false; ///< the member said that it was not them
};
struct Requests {
    static constexpr char const* name = "requests";
    Load<api::Requests> requests = {};
    std::string withdrawing = {}; ///< asked about in a dialog
    Doing doing = {};
    bool withdrawal_kept = false; ///< just now: the list does not show it yet
};

MaybeIntent draw(ui::Ui& ui, App const& app, Contact const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, ContactEdit const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, Methods const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, Requests const& screen);

} // namespace portico::kiosk
