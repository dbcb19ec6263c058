#include "kiosk/screens/account.h"

#include "kiosk/app/app.h"
#include "shared/ui/catalog.h"

namespace portico::kiosk {

MaybeIntent draw(ui::Ui& ui, App const& app, Contact const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, Contact::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("contact.title"_msg, {.subtitle = "contact.subtitle"_msg});
        if (screen.change_kept)
            ui.banner(ui::BannerKind::Good, "contact.kept"_msg,
                      {.text = app.facts.offline() ? "contact.kept_later"_msg : "contact.kept_more"_msg});
        when_loaded(
            ui, screen.details, "contact.loading"_msg, intent, [&](api::ContactDetails const& details) {
                if (details.change_waits)
                    ui.banner(ui::BannerKind::Notice, "contact.waits"_msg,
                              {.text = "contact.waits_more"_msg});
                ui.card([&] {
                    std::string lines;
                    for (auto const& line : details.address.lines)
                        lines += (lines.empty() ? "" : ", ") + line;
                    ui.fact("contact.street"_msg, data(lines), {.icon = "house"});
                    ui.fact("contact.city"_msg, data(details.address.city + ", " + details.address.state +
                                                     " " + details.address.zip));
                    ui.divider();
                    ui.fact("contact.phone"_msg,
                            details.phone.empty() ? ui::Text("part.not_given"_msg) : data(details.phone),
                            {.icon = "phone"});
                    ui.divider();
                    ui.fact("contact.email"_msg,
                            details.email.empty() ? ui::Text("part.not_given"_msg) : data(details.email),
                            {.icon = "at-sign"});
                });
                want(intent,
                     ui.button("contact.change"_msg, {.kind = ui::ButtonKind::Primary, .icon = "pencil"}),
                     Continue{});
            });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

namespace {

std::optional<ui::Msg> wrong_text(Field field) {
    switch (field) {
    case Field::AddressLine:
    case Field::AddressLine2:
        return "contact_edit.line_wrong"_msg;
    case Field::City:
        return "contact_edit.city_wrong"_msg;
    case Field::State:
        return "contact_edit.state_wrong"_msg;
    case Field::AddressZip:
        return "contact_edit.zip_wrong"_msg;
    case Field::Phone:
        return "contact_edit.phone_wrong"_msg;
    case Field::Email:
        return "contact_edit.email_wrong"_msg;
    default:
        return std::nullopt;
    }
}

/// One field of the form, with its word when it needs a look.
void form_field(ui::Ui& ui, ContactEdit const& screen, Field field, ui::Msg label, std::string const& value,
                ui::FieldSpec spec, MaybeIntent& intent) {
    if (screen.wrong == field)
        if (auto const wrong = wrong_text(field))
            spec.error = *wrong;
    if (auto text = ui.field(label, value, spec))
        intent = Typed{field, std::move(*text)};
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, ContactEdit const& screen) {
    MaybeIntent intent;
    using ui::FieldKind;
    auto const bar = ui.frame(frame_of(app, ContactEdit::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("contact_edit.title"_msg, {.subtitle = "contact_edit.subtitle"_msg});
        offline_banner(ui, app, "part.saved_for_later"_msg);
        if (screen.doing.failure)
            problem_banner(ui, *screen.doing.failure, intent, false);
        form_field(ui, screen, Field::AddressLine, "contact_edit.line"_msg, screen.address.line,
                   {.icon = "house"}, intent);
        form_field(ui, screen, Field::AddressLine2, "contact_edit.line2"_msg, screen.address.line2, {},
                   intent);
        form_field(ui, screen, Field::City, "contact_edit.city"_msg, screen.address.city,
                   {.kind = FieldKind::Name}, intent);
        ui.columns([&] {
            form_field(ui, screen, Field::State, "contact_edit.state"_msg, screen.address.state,
                       {.kind = FieldKind::Code, .length_max = 2}, intent);
            form_field(ui, screen, Field::AddressZip, "contact_edit.zip"_msg, screen.address.zip,
                       {.kind = FieldKind::Zip, .length_max = 10}, intent);
        });
        form_field(ui, screen, Field::Phone, "contact_edit.phone"_msg, screen.phone,
                   {.kind = FieldKind::Phone, .icon = "phone", .length_max = 20}, intent);
        form_field(ui, screen, Field::Email, "contact_edit.email"_msg, screen.email,
                   {.kind = FieldKind::Email, .icon = "at-sign", .length_max = 120}, intent);
        // The field may stand on another page of the screen than this button.
        if (auto const wrong = wrong_text(screen.wrong))
            ui.banner(ui::BannerKind::LookAgain, "contact_edit.not_saved"_msg,
                      {.text = *wrong, .live = ui::Live::Assertive});
        want(intent,
             ui.button("contact_edit.save"_msg,
                       {.kind = ui::ButtonKind::Primary,
                        .icon = "check",
                        .busy = screen.doing.waiting() ? "part.saving"_msg : ui::Text()}),
             Continue{});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

namespace {

char const* icon_of_credential(std::string const& kind) {
    return kind == "security_key" ? "key-round"
           : kind == "password"   ? "lock"
           : kind == "pin"        ? "hash"
           : kind == "totp"       ? "smartphone"
                                  : "id-card";
}

ui::Text kind_text(ui::Ui const& ui, std::string const& kind) {
    auto const message = ui.catalog().find("method."_msgs, kind);
    return message ? ui::Text(*message) : data(kind);
}

void method_row(ui::Ui& ui, api::Credential const& credential, MaybeIntent& intent) {
    auto const added = Date::parse(credential.added_on);
    auto const used = Date::parse(credential.last_used_on);
    // A password or PIN is changed; what can be lost is removed.
    bool const changes = credential.kind == "password" || credential.kind == "pin";
    ui::RowButtonSpec spec{.key = credential.id,
                           .icon = icon_of_credential(credential.kind),
                           .subtitle = credential.label.empty() ? ui::Text() : data(credential.label),
                           .chevron = false};
    if (added.has_value())
        spec.more_lines.push_back(
            "methods.added"_msg.with("date", date_text(added.value(), ui::DateLength::Short)));
    spec.more_lines.push_back(
        used.has_value() ? "methods.used"_msg.with("date", date_text(used.value(), ui::DateLength::Short))
                         : ui::Text("methods.never_used"_msg));
    spec.aside = changes ? "methods.change"_msg : "methods.remove"_msg;
    if (!ui.row_button(kind_text(ui, credential.kind), spec))
        return;
    if (changes)
        intent = Open{credential.kind == "pin" ? Place::ChangePin : Place::ChangePassword};
    else
        intent = AskRemoveMethod{credential.id};
}

bool has_kind(api::Credentials const& mine, std::string_view kind) {
    return std::any_of(mine.credentials.begin(), mine.credentials.end(),
                       [&](api::Credential const& each) { return each.kind == kind; });
}

/// Which one the dialog asks about.
void removed_one(ui::Ui& ui, Methods const& screen) {
    if (!screen.credentials.value)
        return;
    for (auto const& each : screen.credentials.value->credentials)
        if (each.id == screen.removing) {
            auto const added = Date::parse(each.added_on);
            ui.fact(kind_text(ui, each.kind), each.label.empty() ? ui::Text() : data(each.label));
            if (added.has_value())
                ui.text("methods.added"_msg.with("date", date_text(added.value(), ui::DateLength::Short)),
                        ui::TextKind::Secondary);
        }
}

/// Somebody, and perhaps not this member, has begun a recovery.
void way_back_notice(ui::Ui& ui, Methods const& screen, MaybeIntent& intent) {
    auto const& recovery = screen.recovery;
    if (screen.stopping && recovery.failure)
        problem_banner(ui, *recovery.failure, intent, false);
    if (recovery.value && recovery.value->open) {
        ui.banner(ui::BannerKind::LookAgain, "methods.way_back"_msg, {.text = "methods.way_back_more"_msg});
        want(intent,
             ui.button("methods.way_back_stop"_msg,
                       {.kind = ui::ButtonKind::Serious,
                        .busy = recovery.waiting() ? "part.saving"_msg : ui::Text()}),
             StopRecovery{});
    } else if (screen.stopping && recovery.value) {
        ui.banner(ui::BannerKind::Good, "methods.way_back_stopped"_msg, {.live = ui::Live::Assertive});
    }
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, Methods const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, Methods::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("methods.title"_msg, {.subtitle = "methods.subtitle"_msg});
        if (screen.doing.failure)
            problem_banner(ui, *screen.doing.failure, intent, false);
        way_back_notice(ui, screen, intent);
        when_loaded(ui, screen.credentials, "methods.loading"_msg, intent, [&](api::Credentials const& mine) {
            ui.list([&] {
                for (auto const& credential : mine.credentials)
                    method_row(ui, credential, intent);
            });
            ui.buttons([&] {
                want(intent,
                     ui.button("methods.add_key"_msg, {.kind = ui::ButtonKind::Primary, .icon = "key-round"}),
                     Open{Place::AddKey});
                want(intent, ui.button("methods.add_chip"_msg, {.icon = "id-card"}), Open{Place::AddChip});
                if (!has_kind(mine, "totp"))
                    want(intent, ui.button("methods.add_code_app"_msg, {.icon = "smartphone"}),
                         Open{Place::AddCodeApp});
            });
        });
        if (!screen.removing.empty())
            ui.dialog("methods.remove_title"_msg,
                      {.text = "methods.remove_more"_msg, .icon = "triangle-alert"}, [&] {
                          removed_one(ui, screen);
                          want(intent, ui.button("methods.keep"_msg, {.safe = true}), ConfirmRemove{false});
                          want(intent, ui.button("methods.remove_yes"_msg, {.kind = ui::ButtonKind::Serious}),
                               ConfirmRemove{true});
                      });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

namespace {

ui::TimelineEntry request_entry(ui::Ui const& ui, api::RequestEntry const& entry) {
    auto const kind = ui.catalog().find("request."_msgs, name(entry.kind));
    auto const why = ui.catalog().find("refusal."_msgs, entry.reason);
    auto const day = Date::parse(entry.captured_at);
    ui::Text state;
    ui::StepState step = ui::StepState::Done;
    switch (entry.state) {
    case OperationState::Waiting:
        state = "requests.waiting"_msg;
        if (auto const until = Date::parse(entry.settles_at); until.has_value())
            state = "requests.on_hold"_msg.with("when", date_text(until.value(), ui::DateLength::Short));
        step = ui::StepState::Now;
        break;
    case OperationState::Withdrawn:
        state = "requests.withdrawn"_msg;
        break;
    case OperationState::Applied:
        state = "requests.applied"_msg;
        break;
    case OperationState::Refused:
        state = "requests.refused"_msg.with("why", why ? ui::Text(*why) : ui::Text("refusal.other"_msg));
        step = ui::StepState::Next;
        break;
    }
    if (entry.on_behalf)
        state = "requests.by_phone"_msg.with("state", std::move(state));
    return {.when = day.has_value() ? date_text(day.value(), ui::DateLength::Short) : ui::Text(),
            .what = kind ? ui::Text(*kind) : data(name(entry.kind)),
            .who = std::move(state),
            .state = step};
}

void withdraw_button(ui::Ui& ui, Requests const& screen, api::Requests const& mine, MaybeIntent& intent) {
    for (auto const& entry : mine.requests)
        if (entry.can_withdraw && screen.withdrawal_kept)
            ui.banner(ui::BannerKind::Good, "requests.withdraw_kept"_msg,
                      {.text = "requests.withdraw_kept_more"_msg});
        else if (entry.can_withdraw)
            want(intent,
                 ui.button("requests.withdraw"_msg,
                           {.icon = "undo-2",
                            .key = entry.operation_id,
                            .busy = screen.doing.waiting() ? "part.saving"_msg : ui::Text()}),
                 AskWithdraw{entry.operation_id});
}

void withdraw_dialog(ui::Ui& ui, MaybeIntent& intent) {
    ui.dialog(
        "requests.withdraw_title"_msg, {.text = "requests.withdraw_more"_msg, .icon = "triangle-alert"}, [&] {
            want(intent, ui.button("requests.withdraw_keep"_msg, {.safe = true}), ConfirmWithdraw{false});
            want(intent, ui.button("requests.withdraw_yes"_msg, {.kind = ui::ButtonKind::Serious}),
                 ConfirmWithdraw{true});
        });
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, Requests const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, Requests::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("requests.title"_msg, {.subtitle = "requests.subtitle"_msg});
        if (app.facts.outbox.waiting > 0)
            ui.banner(ui::BannerKind::Notice,
                      "requests.on_the_way"_msg.with("count", app.facts.outbox.waiting),
                      {.text = "requests.on_the_way_more"_msg, .icon = "send"});
        if (screen.doing.failure)
            problem_banner(ui, *screen.doing.failure, intent, false);
        when_loaded(ui, screen.requests, "requests.loading"_msg, intent, [&](api::Requests const& mine) {
            if (mine.requests.empty()) {
                ui.banner(ui::BannerKind::Notice, "requests.none"_msg, {.text = "requests.none_more"_msg});
                return;
            }
            std::vector<ui::TimelineEntry> entries;
            for (auto const& entry : mine.requests)
                entries.push_back(request_entry(ui, entry));
            ui.card([&] { ui.timeline("requests.list"_msg, entries); });
            withdraw_button(ui, screen, mine, intent);
        });
        if (!screen.withdrawing.empty())
            withdraw_dialog(ui, intent);
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
