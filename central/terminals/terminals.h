#pragma once

#include "central/http/caller.h"
#include "central/store/store.h"
#include "shared/api/enroll.h"
#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/base/secret.h"
#include "shared/crypto/sealing.h"
#include "shared/crypto/x509.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace portico::central {

/// What the plan knows of one terminal.
struct TerminalRow {
    TerminalId id;
    std::string name;      ///< what people call it: "Lobby kiosk"
    std::string program;   ///< "kiosk", "agent", "phone", "telephone_system"
    TerminalId desk;       ///< of a phone: the desk it belongs to; empty for the others
    std::string extension; ///< of a desk: where held calls are put through to; empty: it gets none
    std::string state;     ///< "invited", "active", "revoked"
    std::int64_t added_us = 0;
    std::int64_t enrolled_us = 0;    ///< 0: not yet
    std::int64_t revoked_us = 0;     ///< 0: not
    std::int64_t valid_until_us = 0; ///< of its certificate
};

/// The terminals: invited with a one-time code, certified once, revoked for good. Safe from any thread.
class Terminals {
public:
    static constexpr int enrollment_code_valid_h = 24;
    static constexpr int terminals_max = 10'000;

    Terminals(Clock& clock, Store& store, crypto::RecordKey const& index)
        : clock_(clock), store_(store), code_key_(index.derive("portico enrollment code 1")) {}

    static Result<void> migrate(storage::Database& database);

    struct Invitation {
        TerminalId id;
        Secret code; ///< four groups of four; told once, kept only as a hash
    };
    /// Inside the caller's write transaction. `desk` is whose telephone a phone is, and empty for the others.
    /// Errors: InvalidInput "terminal_name_invalid", "program_unknown", "desk_needed", "desk_not_wanted";
    /// NotFound "desk_unknown" (no desk in use has this id); Refused "terminal_limit".
    Result<Invitation> invite(storage::Database& database, std::string const& name,
                              std::string const& program, TerminalId const& desk = {});

    struct Enrolled {
        TerminalId id;
        std::string certificate_pem;
    };
    /// Spends a code and certifies the terminal's key, inside the caller's write transaction. Asked again
    /// with the same code by the owner of the same key, while the code would be good, it gives the same
    /// certificate: the answer may have been lost. Errors: Refused "enrollment_code_refused" (unknown, spent,
    /// expired, another program: one answer); InvalidInput "certificate_request_invalid" (the code is not
    /// spent then).
    Result<Enrolled> enroll(storage::Database& database, api::EnrollRequest const& request,
                            crypto::CertificateAuthority const& authority);

    /// Certifies the same key of an active terminal for another period, inside the caller's write
    /// transaction. `shown` is the certificate it has; that stays good until its own end. Errors: NotFound
    /// "terminal_unknown" (revoked meanwhile); InvalidInput "certificate_request_invalid"; Refused
    /// "certificate_key_differs": a new key is enrolled, with a code.
    Result<std::string> renew(storage::Database& database, TerminalId const& id,
                              TerminalCertificate const& shown, std::string const& certificate_request_pem,
                              crypto::CertificateAuthority const& authority);

    /// Where the plan's telephone system puts calls through to this desk; empty: nowhere any more. Inside the
    /// caller's write transaction. Errors: InvalidInput "extension_invalid"; NotFound "desk_unknown";
    /// Conflict "extension_taken" (another desk has it).
    Result<void> set_extension(storage::Database& database, TerminalId const& desk,
                               std::string const& extension) const;
    /// Of an active desk; empty for what has none.
    Result<std::string> extension_of(storage::Database& database, TerminalId const& desk) const;

    /// Inside the caller's write transaction; of a desk its phones too. Errors: NotFound "terminal_unknown".
    Result<void> revoke(storage::Database& database, TerminalId const& id);
    Result<std::vector<TerminalRow>> list(storage::Database& database);
    /// What people call it; empty for one that is not known.
    Result<std::string> name_of(storage::Database& database, TerminalId const& id) const;
    /// Whose telephone an active phone is; empty for what is no such.
    Result<TerminalId> desk_of(storage::Database& database, TerminalId const& phone) const;
    /// Whether a desk has an active phone.
    Result<bool> has_phone(storage::Database& database, TerminalId const& desk) const;

    /// The program of an active terminal whose certificate this is; nothing when it may not connect.
    /// Looks into memory first, and once into the store for one it does not know.
    Result<std::optional<std::string>> admit(TerminalId const& id, ByteView fingerprint);
    /// The same from memory alone.
    bool still_admitted(TerminalId const& id, ByteView fingerprint) const;
    /// Whether this is the certificate of a terminal that was revoked; from memory, so ask after `admit`.
    bool is_revoked(TerminalId const& id, ByteView fingerprint) const;
    /// Whether the store admits this terminal at this moment, whatever memory says.
    Result<bool> admitted_now(TerminalId const& id) const;
    /// Reads all certified terminals again: after the counter "terminals" moved.
    Result<void> refresh();

private:
    struct Certified {
        Bytes fingerprint;
        Bytes previous; ///< of the certificate before, until that ends by itself; empty: none
        std::string program;
        bool revoked = false;
    };
    /// Nothing unless the certificate is that terminal's own.
    std::optional<Certified> certified(TerminalId const& id, ByteView fingerprint) const;

    Clock& clock_;
    Store& store_;
    crypto::RecordKey code_key_;
    mutable std::mutex guard_;
    std::map<TerminalId, Certified> certified_;
};

} // namespace portico::central
