#include "central/auth/account_calls.h"
#include "central/auth/account_change.h"
#include "central/auth/chip_card/shown_card.h"
#include "central/auth/sign_in_calls.h"
#include "central/auth/sign_in_flow.h"

#include <utility>

namespace portico::central {

Result<api::SessionReply> sign_in_chip_card(Call& call, api::ChipCardSignIn const& request) {
    auto& parts = sign_in_parts(call);
    auto const shown = check_shown_card(call, request.challenge_id, request.certificate, request.signature,
                                        request.mechanism);
    if (shown.has_error() && (is_store_fault(shown.error()) || is_about_the_card(shown.error())))
        return shown.error();
    if (shown.has_error())
        return sign_in_refused(call, shown.error().reason);
    auto const& row = shown.value().row;
    if (!row)
        return sign_in_refused(call, "chip_card_unknown");
    call.audit_subject = row->patient.text();
    if (row->revoked_us != 0) // a list that is not signed yet must not keep it alive
        return error(ErrorKind::Refused, "chip_card_revoked", "the card was revoked");
    if (!row->usable())
        return sign_in_refused(call, "chip_card_not_active");
    Accounts const accounts(parts.vault, parts.clock);
    auto const opened = TRY(write_even_if_refused<SessionTable::Opened>(
        parts.store, [&](storage::Database& database) -> Result<SessionTable::Opened> {
            auto account = TRY(accounts.of_patient(database, row->patient));
            if (!account || account->disabled)
                return sign_in_refused(call, "account_disabled");
            TRY(chip_card_used(database, parts.clock, row->serial));
            return admit(database, call, {std::move(*account), row->patient, {"chip_card"}, false});
        }));
    return session_reply(call, opened);
}

Result<api::Empty> add_chip_card(Call& call, api::AddChipCard const& request) {
    auto& parts = sign_in_parts(call);
    TRY(require_account_rights(call));
    auto const refused = [&](std::string const& step) {
        call.audit_fields.push_back("refused_by:" + step);
        return error(ErrorKind::Refused, "chip_card_refused", "the card did not pass: " + step);
    };
    auto const shown = check_shown_card(call, request.challenge_id, request.certificate, request.signature,
                                        request.mechanism);
    if (shown.has_error())
        return is_store_fault(shown.error()) ? shown.error() : refused(shown.error().reason);
    auto const& row = shown.value().row;
    if (!row)
        return refused("chip_card_unknown");
    if (row->revoked_us != 0)
        return refused("chip_card_revoked");
    call.audit_fields = {"chip_card"};
    TRY(change_account(call, {Changes::MembersOnly, "chip_card_added", true,
                              [&](storage::Database& database, Account const& account) -> Result<void> {
                                  if (row->patient != account.patient)
                                      return refused("chip_card_of_another");
                                  if (row->usable())
                                      return error(ErrorKind::Conflict, "chip_card_registered_already");
                                  return activate_chip_card(database, parts.clock, row->serial);
                              }}));
    return api::Empty{};
}

} // namespace portico::central
