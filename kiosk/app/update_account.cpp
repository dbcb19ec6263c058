#include "kiosk/app/turn.h"
#include "shared/domain/directory.h"

namespace portico::kiosk {

std::string* ContactEdit::text_field(Field field) {
    switch (field) {
    case Field::AddressLine:
        return &line;
    case Field::AddressLine2:
        return &line2;
    case Field::City:
        return &city;
    case Field::State:
        return &state;
    case Field::Zip:
        return &zip;
    case Field::Phone:
        return &phone;
    case Field::Email:
        return &email;
    default:
        return nullptr;
    }
}

namespace {

PostalAddress address_of(ContactEdit const& edit) {
    PostalAddress address{.lines = {}, .city = edit.city, .state = edit.state, .zip = edit.zip};
    for (auto const& line : {edit.line, edit.line2})
        if (!line.empty())
            address.lines.push_back(line);
    return address;
}

std::size_t digit_count(std::string const& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

Field wrong_address_field(ContactEdit const& edit) {
    if (edit.line.empty())
        return Field::AddressLine;
    if (edit.city.empty())
        return Field::City;
    if (edit.state.size() != 2)
        return Field::State;
    return zip5(edit.zip).has_error() ? Field::Zip : Field::Comment;
}

/// The first field that cannot be right; Comment when all can. What stands on file and was not touched is no
/// mistake of this person's. Central judges for good.
Field wrong_field(ContactEdit const& edit) {
    auto const& before = edit.before;
    if (!(address_of(edit) == before.address))
        if (auto const wrong = wrong_address_field(edit); wrong != Field::Comment)
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
    turn.open(ContactEdit{.before = now,
                          .line = now.address.lines.empty() ? std::string() : now.address.lines[0],
                          .line2 = now.address.lines.size() < 2 ? std::string() : now.address.lines[1],
                          .city = now.address.city,
                          .state = now.address.state,
                          .zip = now.address.zip,
                          .phone = now.phone,
                          .email = now.email});
}

void proceed(Turn& turn, ContactEdit& screen) {
    screen.wrong = wrong_field(screen);
    if (screen.wrong != Field::Comment)
        return;
    api::ChangeContactDetails change;
    if (auto const address = address_of(screen); !(address == screen.before.address)) {
        change.old_address = screen.before.address;
        change.address = address;
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
