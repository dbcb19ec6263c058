#include "central/cases/verify_ways.h"

#include "central/cases/account_state.h"
#include "central/cases/verification_guard.h"
#include "central/operations/contact_details.h"
#include "central/operations/ledger.h"
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

std::string hindrance_of_code(Call const& call, Destination const& destination, bool has_keypad) {
    if (destination.address.empty())
        return "not_on_file";
    if (is_changed_lately(destination.changed, call.services.clock.now()))
        return "changed_lately";
    if (!destination.is_set_up)
        return "not_set_up";
    return has_keypad ? "" : "no_keypad";
}

} // namespace

Result<std::vector<WayOfCase>> ways_of_case(Call const& call, storage::Database& database,
                                            CaseMemberRecord const& about) {
    auto const& services = call.services;
    auto const& patient = about.file.patient;
    auto const& tools = services.operations->tools();
    VerificationGuard const guard(services.vault, services.clock);
    bool const frozen = TRY(guard.is_frozen(database, patient));
    bool const has_keypad = TRY(services.terminals->has_phone(database, call.caller.terminal));
    auto const account = TRY(account_state(database, services.vault, services.clock, patient));
    bool const signs_in =
        account.state != "none" && account.state != "not_opened" && account.state != "disabled";
    auto const found = TRY(current_contact(tools, database, patient));
    auto const contact = found.value_or(ContactInForce{});

    WayOfCase own;
    own.way = way_own_session;
    own.hindrance = frozen ? "frozen" : signs_in ? "" : "no_account";
    WayOfCase text{way_text_code, MessageChannel::Text, text_number(contact.phone), "", ""};
    text.to = text.address.empty() ? "" : masked_phone(contact.phone);
    text.hindrance = hindrance_of_code(
        call, {text.address, contact.phone_changed, !tools.settings.text.url.empty()}, has_keypad);
    WayOfCase mail{way_mail_code, MessageChannel::Mail, "", masked_email(contact.email), ""};
    mail.address = check_email(contact.email).has_error() ? "" : contact.email;
    mail.hindrance = hindrance_of_code(
        call, {mail.address, contact.email_changed, !tools.settings.mail.host.empty()}, has_keypad);
    for (auto* each : {&text, &mail}) {
        each->hindrance = frozen ? "frozen" : each->hindrance;
        each->language = contact.on_file.language;
    }
    return std::vector{std::move(own), std::move(text), std::move(mail)};
}

} // namespace portico::central
