#pragma once

#include "shared/base/encoding.h"
#include "shared/base/ids.h"
#include "shared/domain/operation.h"
#include "shared/domain/staff_role.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace portico::central {

/// A signed-in person on one terminal, as the session table says at the moment of the call.
struct Session {
    SessionId id;
    AccountId account;
    PatientId patient; ///< empty for staff
    StaffId staff;     ///< empty for members
    Assurance assurance = Assurance::Nothing;
    std::vector<std::string> factors;  ///< "security_key", "pin"...: for the audit
    bool may_only_register = false;    ///< came from an activation code or staff: only account.* calls
    std::vector<StaffRole> roles = {}; ///< of staff, as they are now and not as they were at sign-in
};

/// By which certificate a terminal has shown who it is.
struct TerminalCertificate {
    Bytes fingerprint; ///< SHA-256 over the certificate
    Bytes key_digest;  ///< SHA-256 over its public key
};

/// Who is asking. Made by the server before any handler runs: the terminal from its certificate, the session
/// from its token (which is bound to that terminal).
struct Caller {
    TerminalId terminal;
    std::string program; ///< "kiosk", "agent", "phone", "telephone_system"
    std::optional<Session> session;
    std::shared_ptr<TerminalCertificate const> certificate = {}; ///< nothing on the enrolment listener
};

} // namespace portico::central
