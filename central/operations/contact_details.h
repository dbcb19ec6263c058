#pragma once

#include "central/operations/rule.h"
#include "shared/api/member.h"

namespace portico::central {

/// Contact details in force: what was imported with the member's own changes laid over it.
struct ContactInForce {
    PostalAddress address;
    std::string phone;
    std::string email;
    bool change_waits = false;
    bool address_is_new =
        false; ///< changed within `address_then_card_days`: a card there needs a second approver
    /// When the number or the mail address was changed last, a change on hold included; nothing: never by the
    /// member.
    std::optional<UtcTime> phone_changed = {};
    std::optional<UtcTime> email_changed = {};
    AddressesOnFile on_file; ///< all that may be told something, a waiting change's new ones included
};
/// Nothing for an unknown patient.
Result<std::optional<ContactInForce>> current_contact(RuleTools const& tools, storage::Database& database,
                                                      PatientId const& patient);

/// Where something personal may be mailed to. Errors: Refused "no_postal_address", "address_change_waits".
Result<ContactInForce> contact_for_mail(RuleTools const& tools, storage::Database& database,
                                        PatientId const& patient);

/// Where a code may be mailed to; nothing: no address, one on hold, or a new one.
Result<std::optional<PostalAddress>> letter_address(RuleTools const& tools, storage::Database& database,
                                                    PatientId const& patient);

/// When the member's address, phone or email was changed last, one on hold too and one that was stopped not;
/// nothing when it never was.
Result<std::optional<UtcTime>> contact_changed_at(RuleTools const& tools, storage::Database& database,
                                                  PatientId const& patient);

} // namespace portico::central
