#include "central/auth/account_calls.h"
#include "central/auth/account_change.h"
#include "central/auth/assurance_policy.h"
#include "central/auth/chip_card/chip_cards.h"
#include "central/auth/printed_cards.h"
#include "central/auth/security_keys.h"

#include <utility>

namespace portico::central {

namespace {

bool is_secret_kind(std::string_view id) {
    return id == kind_password || id == kind_pin || id == kind_totp;
}

Result<bool> remove_one(storage::Database& database, Call& call, Account const& account,
                        std::string const& id) {
    auto& parts = sign_in_parts(call);
    Accounts const accounts(parts.vault, parts.clock);
    if (is_secret_kind(id)) {
        if (id == kind_password) {
            TRY(accounts.remove_username(database, account.id));
            // One-time codes stand beside a password only.
            TRY(accounts.remove_secret(database, account.id, kind_totp));
        }
        return accounts.remove_secret(database, account.id, id);
    }
    if (TRY(remove_security_key(database, account.id, id)))
        return true;
    if (account.patient.empty())
        return false;
    if (TRY(remove_chip_card(database, parts.clock, account.patient, id)))
        return true;
    return remove_printed_card_by_id(database, parts.clock, account.patient, id);
}

Result<void> list_all(storage::Database& database, Call& call, Account const& account,
                      api::Credentials& list) {
    auto& parts = sign_in_parts(call);
    Accounts const accounts(parts.vault, parts.clock);
    list.username = TRY(accounts.username(database, account.id));
    for (auto const& key : TRY(security_keys_of(database, parts.vault, account.id)))
        list.credentials.push_back(
            {key.id, "security_key", key.label, day_text(key.added_us), day_text(key.last_used_us)});
    if (!account.patient.empty()) {
        for (auto const& card : TRY(chip_cards_of(database, account.patient)))
            if (card.usable())
                list.credentials.push_back(
                    {card.id, "chip_card", {}, day_text(card.activated_us), day_text(card.last_used_us)});
        for (auto const& card : TRY(printed_cards_of(database, account.patient)))
            list.credentials.push_back(
                {card.id, "printed_card", {}, day_text(card.added_us), day_text(card.last_used_us)});
    }
    for (auto const kind : {kind_password, kind_pin, kind_totp})
        if (auto const kept = TRY(accounts.secret(database, account.id, kind)); kept)
            list.credentials.push_back({std::string(kind),
                                        std::string(kind),
                                        {},
                                        day_text(kept->added_us),
                                        day_text(kept->last_used_us)});
    return ok();
}

} // namespace

Result<api::Empty> remove_credential(Call& call, api::RemoveCredential const& request) {
    auto& parts = sign_in_parts(call);
    Accounts const accounts(parts.vault, parts.clock);
    call.audit_fields = {"credential"};
    TRY(change_account(call, {Changes::Anyone, "credential_removed", false,
                              [&](storage::Database& database, Account const& account) -> Result<void> {
                                  auto const before = TRY(accounts.factors(database, account));
                                  if (!TRY(remove_one(database, call, account, request.id)))
                                      return error(ErrorKind::NotFound, "credential_not_found");
                                  if (can_sign_in(before) &&
                                      !can_sign_in(TRY(accounts.factors(database, account))))
                                      return error(ErrorKind::Refused, "last_credential",
                                                   "add another way to sign in before removing the last one");
                                  return ok();
                              }}));
    return api::Empty{};
}

Result<api::Credentials> list_credentials(Call& call, api::Empty const&) {
    auto& parts = sign_in_parts(call);
    auto const session = TRY(require_account_rights(call));
    Accounts const accounts(parts.vault, parts.clock);
    return parts.store.read<api::Credentials>([&](storage::Database& database) -> Result<api::Credentials> {
        auto const account = TRY(accounts.find(database, session.account));
        if (!account)
            return error(ErrorKind::Unauthenticated, "session_needed");
        call.audit_subject = account->subject();
        api::Credentials list;
        TRY(list_all(database, call, *account, list));
        return list;
    });
}

} // namespace portico::central
