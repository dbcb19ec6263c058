#pragma once

#include "shared/base/clock.h"
#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct evp_pkey_st;
struct x509_st;

/// Certificates of the plan's own authority: EC P-256 with SHA-256, by OpenSSL.
namespace portico::crypto {

/// An EC P-256 private key. Shared by copies; wiped when the last one goes.
class PrivateKey {
public:
    static PrivateKey generate();
    /// Errors: InvalidInput "private_key_invalid" (broken, encrypted, or not EC P-256).
    static Result<PrivateKey> from_pem(Secret const& pem);
    Secret pem() const;
    /// "sha256//..." over the public key, as libcurl's CURLOPT_PINNEDPUBLICKEY takes it.
    std::string public_key_pin() const;
    evp_pkey_st* handle() const { return key_.get(); }

private:
    explicit PrivateKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
    std::shared_ptr<evp_pkey_st> key_;
};

/// PKCS#10 in PEM, signed by `key`: what a terminal sends to be certified.
std::string make_certificate_request(PrivateKey const& key, std::string const& common_name);

/// Whether the request is for the key that the certificate certifies, and is signed by that key: its owner
/// asks again. False when either cannot be read.
bool is_request_of(std::string_view certificate_pem, std::string_view request_pem);

/// What a certificate says of itself.
struct CertificateFacts {
    std::string common_name;
    std::string serial; ///< hexadecimal
    UtcTime not_before;
    UtcTime not_after;
    Bytes fingerprint;                   ///< SHA-256 over the DER
    Bytes key_digest;                    ///< SHA-256 over the public key
    std::vector<std::string> host_names; ///< subjectAltName DNS and IP
};
/// Errors: InvalidInput "certificate_invalid".
Result<CertificateFacts> read_certificate(std::string_view pem);
Result<CertificateFacts> read_certificate(x509_st* certificate);

/// Whether the authority's key has signed this certificate; false for what is none.
bool is_issued_by(std::string_view certificate_pem, std::string_view authority_pem);

/// The plan's own authority. It certifies its servers and terminals; nothing else trusts it.
class CertificateAuthority {
public:
    static constexpr int authority_valid_days = 3650;
    static constexpr int server_valid_days = 397;
    static constexpr int terminal_valid_days = 730;

    /// Makes a new self-signed authority.
    static CertificateAuthority create(std::string const& plan_name, UtcTime now);
    /// Errors: InvalidInput "certificate_invalid", "private_key_invalid", "authority_key_differs".
    static Result<CertificateAuthority> from_pem(std::string_view certificate, Secret const& key);

    std::string const& certificate_pem() const { return certificate_pem_; }
    PrivateKey const& key() const { return key_; }

    /// A server certificate for host names and IP addresses. Errors: InvalidInput "host_name_invalid".
    Result<std::string> issue_server(PrivateKey const& server, std::vector<std::string> const& hosts,
                                     UtcTime now) const;
    /// A client certificate whose name is `terminal_id`; nothing but the public key is taken from the
    /// request. Errors: InvalidInput "certificate_request_invalid" (not PKCS#10, not self-signed, not EC
    /// P-256).
    Result<std::string> issue_terminal(std::string_view request_pem, std::string const& terminal_id,
                                       UtcTime now, int valid_days = terminal_valid_days) const;

private:
    CertificateAuthority(std::string certificate_pem, PrivateKey key, std::shared_ptr<x509_st> certificate)
        : certificate_pem_(std::move(certificate_pem)), key_(std::move(key)),
          certificate_(std::move(certificate)) {}

    std::string certificate_pem_;
    PrivateKey key_;
    std::shared_ptr<x509_st> certificate_;
};

} // namespace portico::crypto
