#pragma once

#include "central/auth/accounts.h"
#include "central/auth/sign_in_service.h"
#include "shared/domain/lockout.h"

#include <string>
#include <string_view>
#include <vector>

namespace portico::central {

/// The operator's part of accounts, behind `portico-central account`. Each change is one transaction with its
/// audit record and with telling the member. Errors beside those named: those of the store.
class AccountDesk {
public:
    explicit AccountDesk(SignInService& service)
        : parts_(service.parts()), accounts_(parts_.vault, parts_.clock) {}

    struct Invitation {
        Account account;
        Member member;
        Secret code;
        UtcTime expires;
    };
    std::string const& plan_name() const { return parts_.relying_party.plan_name; }

    /// A code for a member without an account; an earlier code ends. Errors: NotFound "member_not_found";
    /// Conflict "account_open" (it has a way to sign in: recovery is in person); Refused "account_disabled",
    /// "birth_date_missing" (a code needs one to go with it), "address_unsettled".
    Result<Invitation> invite(PatientId const& patient);
    /// The code of a letter with which a member comes back to their account: a recovery of theirs is open,
    /// and one of its codes goes by letter. An earlier one of it ends. Errors: NotFound "member_not_found",
    /// "recovery_not_open" (none is, or none by letter); Refused "address_unsettled" (changed since).
    Result<Invitation> recovery_code(PatientId const& patient);
    /// A staff account and the code with which its owner registers a security key at a kiosk (no birth date).
    /// `own_patient`: who of the plan's members the person is, if any. Errors: InvalidInput "name_missing",
    /// "role_missing".
    Result<Invitation> create_staff(std::string_view name, std::vector<StaffRole> const& roles,
                                    PatientId const& own_patient);
    /// What the staff member is from now on; what is open of theirs goes on with it. Errors: NotFound
    /// "account_not_found"; InvalidInput "role_missing" (to take all away, disable the account).
    Result<Account> set_roles(StaffId const& staff, std::vector<StaffRole> const& roles);
    /// A new code for a staff account that has no key yet. Errors: NotFound "account_not_found"; Conflict
    /// "account_open".
    Result<Invitation> invite_staff(StaffId const& staff);

    struct Entry {
        Account account;
        std::string username;
        std::vector<std::string> factors;
        LockoutState lockout;
    };
    Result<std::vector<Entry>> list();

    /// `who`: an account, patient or staff id. Errors: NotFound "account_not_found".
    Result<Account> find(std::string_view who);
    /// Ends its sessions too.
    Result<void> disable(Account const& account);
    Result<void> enable(Account const& account);
    /// Screens that wait for it are told. False when it was not locked.
    Result<bool> unlock(Account const& account);

    struct IssuedChipCard {
        std::string serial;
        std::string certificate_pem;
        UtcTime not_after;
    };
    /// Certifies the card's key for a member (`request`: PKCS#10, PEM or DER). The authority is made on first
    /// use. `handed_over`: given in person, so that it signs in at once; else the member adds it at a kiosk.
    /// Errors: NotFound "member_not_found", "card_authority_missing"; InvalidInput
    /// "certificate_request_invalid"; Refused "account_missing" (handed over to somebody without an account).
    Result<IssuedChipCard> issue_chip_card(PatientId const& patient, std::string_view request,
                                           bool handed_over);
    /// Signs a new revocation list with it. Errors: NotFound "chip_card_not_found", "card_authority_missing".
    Result<void> revoke_chip_card(std::string const& serial);
    /// A printed card that is in a member's hands already. Errors: NotFound "member_not_found"; as
    /// add_printed_card.
    Result<void> add_card(PatientId const& patient, std::string_view card_number);
    /// Errors: NotFound "card_not_found".
    Result<void> remove_card(std::string_view card_number);

private:
    Result<Member> member(PatientId const& patient);
    /// The member with the address that a letter goes to. Errors: Refused "address_unsettled".
    Result<Member> addressed(storage::Database& database, Member person);
    Result<void> audit(storage::Database& database, std::string const& action, std::string const& subject,
                       std::string const& reason = "");
    Result<void> tell(storage::Database& database, Account const& account, std::string const& message_id);
    Result<Invitation> code_for(storage::Database& database, Account account);

    SignInService::Parts& parts_;
    Accounts accounts_;
};

} // namespace portico::central
