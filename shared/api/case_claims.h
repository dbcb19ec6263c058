#pragma once

#include "shared/api/describe.h"

#include <string>

/// A member's claims, read through a case whose caller is verified, as the member sees them
/// (shared/api/member.h). Errors of both, beside those of shared/api/case_member.h: Refused
/// "verification_needed"; "verification_stronger_needed" (by a mailed code alone).
namespace portico::api {

/// GET /v1/cases/claims, newest service date first; answers with a ClaimsPage. Errors: InvalidInput
/// "limit_invalid", "cursor_invalid".
struct CaseClaimsQuery {
    std::string case_id;
    std::string cursor; ///< from the page before
    int limit = 50;     ///< 1-500
};

/// GET /v1/cases/eob; answers with an EobDetail. Errors: NotFound "eob_not_found".
struct CaseEobQuery {
    std::string case_id;
    std::string eob;
};

BOOST_DESCRIBE_STRUCT(CaseClaimsQuery, (), (case_id, cursor, limit))
BOOST_DESCRIBE_STRUCT(CaseEobQuery, (), (case_id, eob))

} // namespace portico::api
