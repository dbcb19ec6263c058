#include "central/auth/account_desk.h"

#include "central/auth/account_unlock.h"
#include "central/auth/activation.h"
#include "central/auth/attempts.h"
#include "central/auth/chip_card/card_authority.h"
#include "central/auth/chip_card/chip_cards.h"
#include "central/auth/printed_cards.h"
#include "central/recovery/recoveries.h"
#include "shared/base/uuid.h"

#include <utility>

namespace portico::central {

namespace {

Error account_not_found() {
    return error(ErrorKind::NotFound, "account_not_found", "no account of that id");
}

Error role_missing() {
    std::string words;
    for (auto const role : staff_roles)
        words += (words.empty() ? "" : ", ") + std::string(name(role));
    return error(ErrorKind::InvalidInput, "role_missing", "say what they are: --role, of " + words);
}

} // namespace

Result<Member> AccountDesk::member(PatientId const& patient) {
    auto found = TRY(parts_.members.member(patient));
    if (!found)
        return error(ErrorKind::NotFound, "member_not_found",
                     "no member of that patient id: import the plan's data first");
    return std::move(*found);
}

Result<Member> AccountDesk::addressed(storage::Database& database, Member person) {
    if (!parts_.hooks.letter_address)
        return person;
    auto address = TRY(parts_.hooks.letter_address(database, person.id));
    if (!address)
        return error(ErrorKind::Refused, "address_unsettled",
                     "no address is on file, or it changed lately: the member comes to the service center");
    person.address = std::move(*address);
    return person;
}

Result<void> AccountDesk::audit(storage::Database& database, std::string const& action,
                                std::string const& subject, std::string const& reason) {
    return parts_.hooks.audit_command ? parts_.hooks.audit_command(database, action, subject, reason)
                                      : Result<void>(ok());
}

Result<void> AccountDesk::tell(storage::Database& database, Account const& account,
                               std::string const& message_id) {
    if (!parts_.hooks.tell || account.patient.empty())
        return ok();
    return parts_.hooks.tell(database, account.patient, message_id);
}

Result<AccountDesk::Invitation> AccountDesk::code_for(storage::Database& database, Account account) {
    if (account.opened)
        return error(ErrorKind::Conflict, "account_open",
                     "this account is open already: its owner recovers it in person, with staff");
    if (account.disabled)
        return error(ErrorKind::Refused, "account_disabled", "enable the account first");
    Invitation invitation;
    invitation.code = TRY(make_activation_code(database, parts_.vault, parts_.clock, account.id));
    invitation.expires = parts_.clock.now() + std::chrono::hours(24) * activation_code_days;
    invitation.account = std::move(account);
    return invitation;
}

Result<AccountDesk::Invitation> AccountDesk::invite(PatientId const& patient) {
    auto person = TRY(member(patient));
    if (!person.birth_date.has_day())
        return error(ErrorKind::Refused, "birth_date_missing",
                     "no birth date is on file: this member registers in person, with staff");
    auto invitation =
        TRY(parts_.store.write_value<Invitation>([&](storage::Database& database) -> Result<Invitation> {
            person = TRY(addressed(database, person));
            auto account = TRY(accounts_.of_patient(database, patient));
            if (!account)
                account = TRY(accounts_.create_member(database, patient));
            TRY(audit(database, "account_invite", patient.text()));
            return code_for(database, std::move(*account));
        }));
    invitation.member = std::move(person);
    return invitation;
}

Result<AccountDesk::Invitation> AccountDesk::create_staff(std::string_view name,
                                                          std::vector<StaffRole> const& roles,
                                                          PatientId const& own_patient) {
    if (name.empty() || name.size() > 200 || !is_utf8(name))
        return error(ErrorKind::InvalidInput, "name_missing", "say who it is: --name \"Sam Desk\"");
    if (roles.empty())
        return role_missing();
    return parts_.store.write_value<Invitation>([&](storage::Database& database) -> Result<Invitation> {
        auto account = TRY(accounts_.create_staff(database, name, roles, own_patient));
        TRY(audit(database, "account_create_staff", account.staff.text(), text_of(roles)));
        return code_for(database, std::move(account));
    });
}

Result<Account> AccountDesk::set_roles(StaffId const& staff, std::vector<StaffRole> const& roles) {
    if (roles.empty())
        return role_missing();
    return parts_.store.write_value<Account>([&](storage::Database& database) -> Result<Account> {
        auto account = TRY(accounts_.of_staff(database, staff));
        if (!account)
            return account_not_found();
        TRY(accounts_.set_roles(database, account->id, roles));
        TRY(audit(database, "account_roles", staff.text(), text_of(roles)));
        account->roles = roles;
        return std::move(*account);
    });
}

Result<AccountDesk::Invitation> AccountDesk::invite_staff(StaffId const& staff) {
    return parts_.store.write_value<Invitation>([&](storage::Database& database) -> Result<Invitation> {
        auto account = TRY(accounts_.of_staff(database, staff));
        if (!account)
            return account_not_found();
        TRY(audit(database, "account_invite", staff.text()));
        return code_for(database, std::move(*account));
    });
}

Result<AccountDesk::Invitation> AccountDesk::recovery_code(PatientId const& patient) {
    auto person = TRY(member(patient));
    auto invitation =
        TRY(parts_.store.write_value<Invitation>([&](storage::Database& database) -> Result<Invitation> {
            StaffQueue const queue(parts_.clock, parts_.vault);
            Recoveries const recoveries(parts_.vault, parts_.clock, queue);
            auto const row = TRY(recoveries.open_of(database, patient));
            auto account = TRY(accounts_.of_patient(database, patient));
            if (!row || !account || (row->first_way != "letter" && row->second_way != "letter"))
                return error(ErrorKind::NotFound, "recovery_not_open",
                             "no recovery of this member's account waits for a letter");
            person = TRY(addressed(database, person));
            TRY(audit(database, "account_recovery_letter", patient.text()));
            auto const expires = from_micros(row->expires_us);
            auto const left = std::chrono::duration_cast<std::chrono::seconds>(expires - parts_.clock.now());
            Invitation made;
            made.account = std::move(*account);
            made.code = TRY(recoveries.make_code(database, *row, "letter", left));
            made.expires = expires;
            return made;
        }));
    invitation.member = std::move(person);
    return invitation;
}

Result<std::vector<AccountDesk::Entry>> AccountDesk::list() {
    return parts_.store.read<std::vector<Entry>>(
        [&](storage::Database& database) -> Result<std::vector<Entry>> {
            std::vector<Entry> entries;
            for (auto& account : TRY(accounts_.all(database))) {
                Entry entry;
                entry.username = TRY(accounts_.username(database, account.id));
                entry.factors = TRY(accounts_.factors(database, account));
                entry.lockout = TRY(lockout_state(database, account.id.text()));
                entry.account = std::move(account);
                entries.push_back(std::move(entry));
            }
            return entries;
        });
}

Result<Account> AccountDesk::find(std::string_view who) {
    std::string const id(who);
    auto found = TRY(parts_.store.read<std::optional<Account>>(
        [&](storage::Database& database) -> Result<std::optional<Account>> {
            if (auto account = TRY(accounts_.find(database, AccountId(id))); account)
                return account;
            if (auto account = TRY(accounts_.of_patient(database, PatientId(id))); account)
                return account;
            return accounts_.of_staff(database, StaffId(id));
        }));
    if (!found)
        return account_not_found();
    return std::move(*found);
}

Result<void> AccountDesk::disable(Account const& account) {
    return parts_.store.write([&](storage::Database& database) -> Result<void> {
        TRY(accounts_.set_disabled(database, account.id, true));
        for (auto const& terminal : TRY(terminals_in_use(database, account.id, parts_.clock.now())))
            if (parts_.hooks.session_ended)
                TRY(parts_.hooks.session_ended(database, terminal));
        TRY(parts_.sessions.end_all_of_account(database, account.id));
        TRY(tell(database, account, "account_disabled"));
        return audit(database, "account_disable", account.subject());
    });
}

Result<void> AccountDesk::enable(Account const& account) {
    return parts_.store.write([&](storage::Database& database) -> Result<void> {
        TRY(accounts_.set_disabled(database, account.id, false));
        return audit(database, "account_enable", account.subject());
    });
}

Result<bool> AccountDesk::unlock(Account const& account) {
    return parts_.store.write_value<bool>([&](storage::Database& database) -> Result<bool> {
        bool const was_locked = TRY(unlock_account(database, parts_, account));
        TRY(audit(database, "account_unlock", account.subject()));
        return was_locked;
    });
}

Result<AccountDesk::IssuedChipCard> AccountDesk::issue_chip_card(PatientId const& patient,
                                                                 std::string_view request, bool handed_over) {
    TRY(member(patient));
    auto const now = parts_.clock.now();
    return parts_.store.write_value<IssuedChipCard>(
        [&](storage::Database& database) -> Result<IssuedChipCard> {
            auto const account = TRY(accounts_.of_patient(database, patient));
            if (handed_over && !account)
                return error(ErrorKind::Refused, "account_missing",
                             "this member has no account yet: issue without --handed-over");
            auto const authority =
                TRY(read_card_trust(database))
                    ? TRY(CardAuthority::open(database, parts_.data))
                    : TRY(CardAuthority::create(database, parts_.data, parts_.relying_party.plan_name, now));
            ChipCardRow row;
            row.id = make_uuid_v7(parts_.clock);
            auto const issued = TRY(authority.issue(request, row.id, now));
            row.serial = issued.serial;
            row.patient = patient;
            row.issued_us = to_micros(now);
            row.not_after_us = to_micros(issued.not_after);
            TRY(add_chip_card_row(database, row, crypto::sha256(issued.der)));
            if (handed_over) {
                TRY(activate_chip_card(database, parts_.clock, row.serial));
                TRY(accounts_.mark_opened(database, account->id));
                TRY(tell(database, *account, "chip_card_added"));
            }
            TRY(audit(database, "account_issue_chip_card", patient.text()));
            return IssuedChipCard{issued.serial, issued.pem, issued.not_after};
        });
}

Result<void> AccountDesk::revoke_chip_card(std::string const& serial) {
    return parts_.store.write([&](storage::Database& database) -> Result<void> {
        auto query = TRY(database.prepare("SELECT patient FROM auth_chip_card WHERE serial = $1"));
        query.bind(1, serial);
        if (!TRY(query.step()))
            return error(ErrorKind::NotFound, "chip_card_not_found", "no chip card of that serial");
        PatientId const patient(query.text(0));
        query.reset();
        auto update = TRY(database.prepare(
            "UPDATE auth_chip_card SET revoked_us = $1 WHERE serial = $2 AND revoked_us IS NULL"));
        TRY(update.bind(1, to_micros(parts_.clock.now())).bind(2, serial).run());
        auto const authority = TRY(CardAuthority::open(database, parts_.data));
        TRY(authority.renew_revocation_list(database, parts_.clock.now()));
        if (auto const account = TRY(accounts_.of_patient(database, patient)); account)
            TRY(tell(database, *account, "chip_card_revoked"));
        return audit(database, "account_revoke_chip_card", patient.text());
    });
}

Result<void> AccountDesk::add_card(PatientId const& patient, std::string_view card_number) {
    TRY(member(patient));
    return parts_.store.write([&](storage::Database& database) -> Result<void> {
        TRY(add_printed_card(database, parts_.vault, parts_.clock, patient, card_number));
        return audit(database, "account_add_card", patient.text());
    });
}

Result<void> AccountDesk::remove_card(std::string_view card_number) {
    return parts_.store.write([&](storage::Database& database) -> Result<void> {
        auto const patient = TRY(patient_of_printed_card(database, parts_.vault, card_number));
        if (!patient)
            return error(ErrorKind::NotFound, "card_not_found", "no card of that number is in use");
        TRY(remove_printed_card(database, parts_.vault, parts_.clock, card_number));
        return audit(database, "account_remove_card", patient->text());
    });
}

} // namespace portico::central
