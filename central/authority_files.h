#pragma once

#include "shared/base/clock.h"
#include "shared/base/result.h"
#include "shared/crypto/x509.h"

#include <filesystem>
#include <string>
#include <vector>

namespace portico::central {

/// The server's own key and certificate, and the authority that certifies terminals.
struct Identity {
    crypto::CertificateAuthority authority;
    crypto::PrivateKey server_key;
    std::string server_certificate_pem;
    bool renewed = false; ///< the server certificate was made anew by this opening

    /// SHA-256 of the authority's certificate, 64 hexadecimal digits: what a new terminal is told to expect.
    /// It outlives every server certificate.
    std::string authority_fingerprint() const;
    /// What the server shows: its certificate, then the authority's, so that a new terminal can compare it.
    std::string server_chain_pem() const { return server_certificate_pem + authority.certificate_pem(); }
};

/// Makes DATA/keys/authority.{key,crt} and server.key. Errors: Conflict "keys_exist", Unavailable
/// "keys_unwritable".
Result<void> create_identity(std::filesystem::path const& data, std::string const& plan_name, UtcTime now);
/// Reads them; makes a new server certificate when there is none, it ends within 30 days, or its hosts
/// differ. The server's key stays, so that what terminals pinned stays. Errors: NotFound "keys_missing",
/// Corrupt "keys_damaged".
Result<Identity> open_identity(std::filesystem::path const& data, std::vector<std::string> const& hosts,
                               UtcTime now);

} // namespace portico::central
