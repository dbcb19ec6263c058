#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"
#include "shared/documents/texts.h"
#include "shared/domain/member.h"

#include <string>

namespace portico::documents {

/// The letter with which a member opens an account at a kiosk, or comes back to one.
struct ActivationLetter {
    std::string plan_name;
    std::string member_name;
    PostalAddress mail_to;
    Secret code;  ///< as typed at the kiosk; set large, in groups of four
    Date expires; ///< last day the code works
    Date printed;
    std::string service_phone;
    std::string web;
    std::string family = "document.activation."; ///< of its words; "document.recovery.": to come back
};

/// US letter, one page, tagged. The bytes hold the code: write them nowhere else than to the printer or the
/// file that was asked for. Errors: InvalidInput "letter_field_missing" (plan, member, code, expiry or
/// phone). Safe from any thread.
Result<Bytes> activation_letter_pdf(ActivationLetter const& letter, Texts const& texts);

} // namespace portico::documents
