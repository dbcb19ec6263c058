#include "central/http/route.h"

#include <array>

namespace portico::central {

std::string name(Audit audit) {
    static constexpr std::array<char const*, 51> names{"nothing_personal",
                                                       "terminal_enrolled",
                                                       "challenge_made",
                                                       "sign_in_security_key",
                                                       "sign_in_chip_card",
                                                       "sign_in_printed_card",
                                                       "sign_in_password",
                                                       "sign_in_totp",
                                                       "sign_out",
                                                       "registered_with_code",
                                                       "registered_in_person",
                                                       "password_set",
                                                       "totp_begun",
                                                       "totp_confirmed",
                                                       "pin_set",
                                                       "security_key_added",
                                                       "chip_card_added",
                                                       "credential_removed",
                                                       "credentials_read",
                                                       "home_read",
                                                       "claims_read",
                                                       "eob_read",
                                                       "contact_details_read",
                                                       "requests_read",
                                                       "id_card_read",
                                                       "card_issue_begun",
                                                       "operations_pushed",
                                                       "plan_read",
                                                       "staff_read",
                                                       "work_read",
                                                       "work_taken",
                                                       "work_given_back",
                                                       "work_handed_over",
                                                       "work_decided",
                                                       "case_opened",
                                                       "cases_read",
                                                       "case_taken",
                                                       "case_closed",
                                                       "case_identified",
                                                       "case_more_allowed",
                                                       "case_member_read",
                                                       "case_field_revealed",
                                                       "case_glass_broken",
                                                       "case_verify_asked",
                                                       "call_check_read",
                                                       "call_check_answered",
                                                       "case_lock_read",
                                                       "case_unlock",
                                                       "unlock_asked_read",
                                                       "case_claims_read",
                                                       "case_eob_read"};
    return names.at(static_cast<std::size_t>(audit));
}

} // namespace portico::central
