#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/client/https.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace portico::client {

/// What a terminal is after enrolment, in its data folder.
struct Enrollment {
    std::string terminal_id;
    std::string plan_name;
    Bytes sealing_public_key; ///< central's, X25519
    TlsIdentity identity;
};

enum class EnrollmentKind : std::uint8_t {
    First,
    Again, ///< of a terminal that was withdrawn: what waits in its outbox and journals stays
};

/// Makes the terminal's key (P-256) in `folder`, has it certified with the one-time code and keeps what came
/// back. The key never leaves the terminal; its file is readable by its owner alone. A second run replaces
/// the first only when central has certified it.
/// Errors: Conflict "already_enrolled", unless it is done again; Refused "enrollment_code_refused"; those of
/// Https.
Result<Enrollment> enroll(std::filesystem::path const& folder, std::string const& central_url,
                          std::string_view fingerprint, std::string const& code, std::string const& program,
                          EnrollmentKind kind = EnrollmentKind::First);

/// Errors: Unavailable "terminal_identity_missing" before enrolment; Corrupt "enrollment_unreadable".
Result<Enrollment> load_enrollment(std::filesystem::path const& folder);

} // namespace portico::client
