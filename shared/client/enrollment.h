#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"
#include "shared/client/https.h"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

namespace portico::client {

/// What a terminal is after enrolment, in its data folder.
struct Enrollment {
    std::string terminal_id;
    std::string plan_name;
    std::string serve_url = {}; ///< where central serves; empty: the configuration says
    Bytes sealing_public_key;   ///< central's, X25519
    TlsIdentity identity;
};

enum class EnrollmentKind : std::uint8_t {
    First,
    Again, ///< of a terminal that was withdrawn: what waits in its outbox and journals stays
};

/// How far an enrolment is.
enum class EnrollmentStep : std::uint8_t {
    MakingKey, ///< on the disk before central is asked
    AskingCentral,
    Keeping, ///< central has certified it
};

/// What is asked for with a one-time code.
struct EnrollmentQuestion {
    std::string enroll_url; ///< https://host:port of central's enrolment listener
    std::string fingerprint;
    Secret code = {};
    std::string program = {}; ///< "kiosk", "agent", "phone"
    EnrollmentKind kind = EnrollmentKind::First;
    /// https://host:port where central serves, for a terminal whose configuration does not say: kept beside
    /// the identity. Empty: the configuration does.
    std::string serve_url = {};
};

/// Makes the terminal's key (P-256) in `folder`, has it certified with the one-time code and keeps what came
/// back. The key never leaves the terminal; its file is readable by its owner alone. A second run replaces
/// the first only when central has certified it.
///
/// The key is on the disk before central is asked, and stays there until all is kept: when the answer is
/// lost, or the program ends before it is written, the same code gives the same certificate again. A full
/// disk is noticed before the code is spent. `step` is called on this thread; `cancel` ends the wait for
/// central.
///
/// Errors: Conflict "already_enrolled", unless it is done again; Refused "enrollment_code_refused";
/// Unavailable "terminal_disk_full", "terminal_folder"; those of Https.
Result<Enrollment> enroll(std::filesystem::path const& folder, EnrollmentQuestion const& question,
                          std::function<void(EnrollmentStep)> const& step = {}, std::stop_token cancel = {});

/// Errors: Unavailable "terminal_identity_missing" before enrolment; Corrupt "enrollment_unreadable".
Result<Enrollment> load_enrollment(std::filesystem::path const& folder);

} // namespace portico::client
