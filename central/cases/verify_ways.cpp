#include "central/cases/verify_ways.h"

#include "central/cases/account_state.h"
#include "central/cases/protected_record.h"
#include "central/cases/verification_guard.h"
#include "central/operations/contact_details.h"
#include "central/operations/ledger.h"
#include "central/plan/personal_reads.h"
#include "central/services.h"
#include "central/terminals/terminals.h"
#include "shared/domain/contact_rules.h"
#include "shared/domain/masking.h"
#include "shared/domain/unlock_rules.h"

namespace portico::central {

namespace {

/// What a code would go to.
struct Destination {
    std::string address;
    std::optional<UtcTime> changed;
    bool is_set_up = false; ///< central has what sends it
};

/// Of the code app: nothing is sent.
Result<std::string> hindrance_of_app(Call const& call, storage::Database& database,
                                     AccountState const& account, bool has_keypad) {
    if (!account.account || account.account->disabled)
        return std::string("no_account");
    Accounts const accounts(call.services.vault, call.services.clock);
    if (!TRY(accounts.secret(database, account.account->id, kind_totp)))
        return std::string("no_code_app");
    return std::string(has_keypad ? "" : "no_keypad");
}

std::string hindrance_of_code(Call const& call, Destination const& destination, bool has_keypad) {
    if (destination.address.empty())
        return "not_on_file";
    if (is_changed_lately(destination.changed, call.services.clock.now()))
        return "changed_lately";
    if (!destination.is_set_up)
        return "not_set_up";
    return has_keypad ? "" : "no_keypad";
}

/// The glass of a case is before the record that it is about: of another's before which there is one nothing
/// is shown, as their initials are not.
Result<bool> is_hidden(Call const& call, storage::Database& database, CaseFile const& file) {
    if (file.prover == file.patient)
        return false;
    auto const& vault = call.services.vault;
    auto const record = TRY(read_member(database, vault, plan_key(vault, "member", file.prover.text())));
    return !record || TRY(is_protected(database, *record));
}

/// What there is of who is no member: one number, which counts as changed when it was entered.
std::vector<WayOfCase> ways_of_person(Speaker const& speaker, Settings const& settings, UtcTime now,
                                      bool frozen, bool has_keypad) {
    WayOfCase own{way_own_session, MessageChannel::Text, "", "", "no_account"};
    WayOfCase app{way_totp, MessageChannel::Text, "", "", "no_account"};
    WayOfCase text{way_text_code, MessageChannel::Text, text_number(speaker.phone), "", ""};
    WayOfCase ring{way_call_back, MessageChannel::Text, callable_number(speaker.phone), "", ""};
    WayOfCase mail{way_mail_code, MessageChannel::Mail, "", "", "not_on_file"};
    auto const hindrance = [&](std::string const& address, bool is_set_up) -> std::string {
        if (address.empty())
            return "not_on_file";
        if (is_changed_lately(speaker.entered, now))
            return "changed_lately";
        return !is_set_up ? "not_set_up" : has_keypad ? "" : "no_keypad";
    };
    text.to = text.address.empty() ? "" : masked_phone(speaker.phone);
    text.hindrance = hindrance(text.address, !settings.text.url.empty());
    ring.to = ring.address.empty() ? "" : masked_phone(speaker.phone);
    ring.hindrance = hindrance(ring.address, true);
    for (auto* each : {&own, &app, &text, &ring, &mail})
        each->hindrance = frozen ? "frozen" : each->hindrance;
    return {std::move(own), std::move(app), std::move(text), std::move(ring), std::move(mail)};
}

} // namespace

Result<std::vector<WayOfCase>> ways_of_case(Call const& call, storage::Database& database,
                                            CaseMemberRecord const& about) {
    auto const& services = call.services;
    auto const& patient = about.file.prover;
    auto const& tools = services.operations->tools();
    VerificationGuard const guard(services.vault, services.clock);
    bool const frozen = TRY(guard.is_frozen(database, patient));
    bool const has_keypad = TRY(services.terminals->has_phone(database, call.caller.terminal));
    if (about.speaker && about.speaker->representative.empty())
        return ways_of_person(*about.speaker, tools.settings, services.clock.now(), frozen, has_keypad);
    auto const account = TRY(account_state(database, services.vault, services.clock, patient));
    bool const signs_in =
        account.state != "none" && account.state != "not_opened" && account.state != "disabled";
    auto const found = TRY(current_contact(tools, database, patient));
    auto const contact = found.value_or(ContactInForce{});

    WayOfCase own;
    own.way = way_own_session;
    own.hindrance = frozen ? "frozen" : signs_in ? "" : "no_account";
    WayOfCase app;
    app.way = way_totp;
    app.hindrance = TRY(hindrance_of_app(call, database, account, has_keypad));
    WayOfCase text{way_text_code, MessageChannel::Text, text_number(contact.phone), "", ""};
    text.to = text.address.empty() ? "" : masked_phone(contact.phone);
    text.hindrance = hindrance_of_code(
        call, {text.address, contact.phone_changed, !tools.settings.text.url.empty()}, has_keypad);
    WayOfCase ring{way_call_back, MessageChannel::Text, callable_number(contact.phone), "", ""};
    ring.to = ring.address.empty() ? "" : masked_phone(contact.phone);
    ring.hindrance = hindrance_of_code(call, {ring.address, contact.phone_changed, true}, has_keypad);
    WayOfCase mail{way_mail_code, MessageChannel::Mail, "", masked_email(contact.email), ""};
    mail.address = check_email(contact.email).has_error() ? "" : contact.email;
    mail.hindrance = hindrance_of_code(
        call, {mail.address, contact.email_changed, !tools.settings.mail.host.empty()}, has_keypad);
    bool const hidden = TRY(is_hidden(call, database, about.file));
    for (auto* each : {&app, &text, &ring, &mail}) {
        each->to = hidden && !each->to.empty() ? "***" : each->to;
        each->hindrance = frozen ? "frozen" : each->hindrance;
        each->language = contact.on_file.language;
    }
    return std::vector{std::move(own), std::move(app), std::move(text), std::move(ring), std::move(mail)};
}

} // namespace portico::central
