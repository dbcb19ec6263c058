#include "kiosk/app/turn.h"
#include "shared/domain/directory.h"

namespace portico::kiosk {

std::string* ContactEdit::text_field(Field field) {
    switch (field) {
    case Field::Phone:
        return &phone;
    case Field::Email:
        return &email;
    default:
        return address.part(field);
    }
}

namespace {

std::size_t digit_count(std::string const& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

/// What stands in the form is not what it began with, however that is written on file.
bool is_address_touched(ContactEdit const& edit) {
    return !(edit.address == TypedAddress::of(edit.before.address));
}

Field wrong_address_field(TypedAddress const& address) {
    if (address.line.empty())
        return Field::AddressLine;
    if (address.city.empty())
        return Field::City;
    if (address.state.size() != 2)
        return Field::State;
    return zip5(address.zip).has_error() ? Field::AddressZip : Field::Comment;
}

/// The first field that cannot be right; Comment when all can. What stands on file and was not touched is no
/// mistake of this person's. Central judges for good.
Field wrong_field(ContactEdit const& edit) {
    auto const& before = edit.before;
    if (is_address_touched(edit))
        if (auto const wrong = wrong_address_field(edit.address); wrong != Field::Comment)
            return wrong;
    if (edit.phone != before.phone && !edit.phone.empty() && digit_count(edit.phone) != 10 &&
        digit_count(edit.phone) != 11)
        return Field::Phone;
    if (auto const at = edit.email.find('@');
        edit.email != before.email && !edit.email.empty() &&
        (at == 0 || at == std::string::npos || at + 1 == edit.email.size()))
        return Field::Email;
    return Field::Comment;
}

} // namespace

void enter(Turn& turn, Contact& screen) {
    screen.details.begin(turn.ask(FetchContactDetails{}));
}

void proceed(Turn& turn, Contact& screen) {
    if (!screen.details.value)
        return;
    auto const& now = *screen.details.value;
    turn.open(ContactEdit{
        .before = now, .address = TypedAddress::of(now.address), .phone = now.phone, .email = now.email});
}

void proceed(Turn& turn, ContactEdit& screen) {
    screen.wrong = wrong_field(screen);
    if (screen.wrong != Field::Comment)
        return;
    api::ChangeContactDetails change;
    if (is_address_touched(screen)) {
        change.old_address = screen.before.address;
        change.address = screen.address.address();
    }
    if (screen.phone != screen.before.phone) {
        change.old_phone = screen.before.phone;
        change.phone = screen.phone;
    }
    if (screen.email != screen.before.email) {
        change.old_email = screen.before.email;
        change.email = screen.email;
    }
    if (!change.address && !change.phone && !change.email)
        return turn.back();
    auto operation = operation_of(turn.app);
    operation.change_contact_details = std::move(change);
    screen.doing.begin(turn.ask(KeepOperation{std::move(operation)}));
}

void enter(Turn& turn, Methods& screen) {
    screen.recovery.begin(turn.ask(FetchOwnRecovery{}));
    screen.credentials.begin(turn.ask(FetchCredentials{}));
}

void ask_remove(Turn& turn, std::string const& id) {
    if (auto* methods = std::get_if<Methods>(&turn.app.screen))
        methods->removing = id;
}

void confirm_remove(Turn& turn, bool yes) {
    auto* methods = std::get_if<Methods>(&turn.app.screen);
    if (methods == nullptr || methods->removing.empty() || methods->doing.waiting())
        return;
    if (yes)
        methods->doing.begin(turn.ask(RemoveMethod{.id = methods->removing}));
    methods->removing.clear();
}

} // namespace portico::kiosk
