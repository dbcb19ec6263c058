#pragma once

#include "shared/api/domain_described.h"

#include <optional>
#include <string>

/// A member's record, read through the case that is about them (shared/api/cases.h). Errors of all, beside
/// those of shared/api/work.h: NotFound "case_unknown" for a case that is not there, is another's, is closed,
/// or is about nobody yet; Refused "own_matter"; "break_glass_needed" for a protected record.
namespace portico::api {

/// GET /v1/cases/member: what tells the caller's record from another, and no value in full. What is not on
/// file is empty.
struct CaseMemberQuery {
    std::string case_id;
};
struct CaseMember {
    std::string case_id;
    std::string given_name;
    std::string family_initial; ///< "S."
    std::string birth_year;     ///< "19**"
    std::string member_id_end;  ///< the last four
    std::string phone;          ///< "(***) ***-**12"
    std::string email;          ///< "a***@e***"
    bool has_postal_address = false;
    std::string language; ///< BCP 47
    bool covered = false; ///< coverage in force today
    /// "none", "not_opened", "open", "waiting" (after wrong sign-ins, for a while), "locked" (until recovery
    /// or an unlock), "disabled".
    std::string account;
    std::string account_why; ///< "wrong_sign_ins", "by_operator"; empty for the others
};

/// POST /v1/cases/reveal: one value in full. Its audit record is durable before the reply. Errors:
/// InvalidInput "field_unknown", "reveal_reason_unknown".
struct RevealField {
    std::string case_id;
    std::string field;  ///< "name", "birth_date", "member_id", "phone", "email", "postal_address"
    std::string reason; ///< "call_back", "send_mail", "caller_corrects", "hand_on"
};
struct RevealedField {
    std::string field;
    std::string value; ///< empty: not on file
    /// "postal_address" alone: in its parts, as ChangeContactDetails::old_address must say it.
    std::optional<PostalAddress> address = {};
};

/// POST /v1/cases/break-glass: opens a protected record to this case while the caller has it. The privacy
/// officer is told, with the reason. Once more is no error, and tells nobody again. Errors: InvalidInput
/// "glass_reason_invalid"; Conflict "glass_not_needed".
struct BreakGlass {
    std::string case_id;
    std::string reason; ///< 10 to 500 characters, no control characters
};

BOOST_DESCRIBE_STRUCT(CaseMemberQuery, (), (case_id))
BOOST_DESCRIBE_STRUCT(CaseMember, (),
                      (case_id, given_name, family_initial, birth_year, member_id_end, phone, email,
                       has_postal_address, language, covered, account, account_why))
BOOST_DESCRIBE_STRUCT(RevealField, (), (case_id, field, reason))
BOOST_DESCRIBE_STRUCT(RevealedField, (), (field, value, address))
BOOST_DESCRIBE_STRUCT(BreakGlass, (), (case_id, reason))

} // namespace portico::api
