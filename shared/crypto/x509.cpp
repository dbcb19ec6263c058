#include "shared/crypto/x509.h"

#include "shared/crypto/x509_parts.h"

#include <cstdio>
#include <cstdlib>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/rand.h>

namespace portico::crypto {

using namespace x509_parts;

PrivateKey PrivateKey::generate() {
    return PrivateKey(std::shared_ptr<EVP_PKEY>(must(EVP_EC_gen("P-256")), EVP_PKEY_free));
}

Result<PrivateKey> PrivateKey::from_pem(Secret const& pem) {
    auto const bio = memory(pem.reveal());
    // Without a callback OpenSSL would ask the terminal for a passphrase.
    auto const no_passphrase = [](char*, int, int, void*) { return 0; };
    std::shared_ptr<EVP_PKEY> key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr),
                                  EVP_PKEY_free);
    if (!key || !is_p256(key.get()))
        return error(ErrorKind::InvalidInput, "private_key_invalid", "not an EC P-256 private key in PEM");
    return PrivateKey(std::move(key));
}

Secret PrivateKey::pem() const {
    Bio const bio(BIO_new(BIO_s_secmem()));
    must(PEM_write_bio_PKCS8PrivateKey(bio.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr));
    char* data = nullptr;
    auto const size = BIO_get_mem_data(bio.get(), &data);
    return Secret(std::string_view(data, static_cast<std::size_t>(size)));
}

std::string PrivateKey::public_key_pin() const {
    unsigned char* der = nullptr;
    int const size = i2d_PUBKEY(key_.get(), &der);
    if (size <= 0)
        std::abort();
    std::array<std::uint8_t, 32> digest{};
    must(EVP_Digest(der, static_cast<std::size_t>(size), digest.data(), nullptr, EVP_sha256(), nullptr));
    OPENSSL_free(der);
    return "sha256//" + to_base64(digest);
}

std::string make_certificate_request(PrivateKey const& key, std::string const& common_name) {
    Handle<X509_REQ, X509_REQ_free> const request(must(X509_REQ_new()));
    must(X509_REQ_set_version(request.get(), X509_REQ_VERSION_1));
    set_name(X509_REQ_get_subject_name(request.get()), common_name);
    must(X509_REQ_set_pubkey(request.get(), key.handle()));
    must(X509_REQ_sign(request.get(), key.handle(), EVP_sha256()));
    Bio const bio(must(BIO_new(BIO_s_mem())));
    must(PEM_write_bio_X509_REQ(bio.get(), request.get()));
    return contents(bio.get());
}

Result<CertificateFacts> read_certificate(std::string_view pem) {
    auto const bio = memory(pem);
    Handle<X509, X509_free> const certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (!certificate)
        return error(ErrorKind::InvalidInput, "certificate_invalid", "not a certificate in PEM");
    return read_certificate(certificate.get());
}

Result<CertificateFacts> read_certificate(X509* certificate) {
    CertificateFacts facts;
    auto const invalid =
        error(ErrorKind::InvalidInput, "certificate_invalid", "a certificate of another kind");
    auto* name = X509_get_subject_name(certificate);
    int const at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    if (at >= 0) {
        auto const* text = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at));
        facts.common_name.assign(reinterpret_cast<char const*>(ASN1_STRING_get0_data(text)),
                                 static_cast<std::size_t>(ASN1_STRING_length(text)));
    }
    auto const* serial = X509_get0_serialNumber(certificate);
    facts.serial =
        to_hex({ASN1_STRING_get0_data(serial), static_cast<std::size_t>(ASN1_STRING_length(serial))});
    auto const from = utc(X509_get0_notBefore(certificate));
    auto const until = utc(X509_get0_notAfter(certificate));
    if (!from || !until)
        return invalid;
    facts.not_before = *from;
    facts.not_after = *until;
    facts.fingerprint.resize(32);
    facts.key_digest.resize(32);
    unsigned int size = 32;
    if (X509_digest(certificate, EVP_sha256(), facts.fingerprint.data(), &size) != 1 ||
        X509_pubkey_digest(certificate, EVP_sha256(), facts.key_digest.data(), &size) != 1)
        return invalid;
    facts.host_names = host_names(certificate);
    return facts;
}

bool is_issued_by(std::string_view certificate_pem, std::string_view authority_pem) {
    auto const bio = memory(certificate_pem);
    Handle<X509, X509_free> const certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    auto const authority_bio = memory(authority_pem);
    Handle<X509, X509_free> const authority(
        PEM_read_bio_X509(authority_bio.get(), nullptr, nullptr, nullptr));
    if (!certificate || !authority)
        return false;
    auto* key = X509_get0_pubkey(authority.get());
    return key != nullptr && X509_verify(certificate.get(), key) == 1;
}

CertificateAuthority CertificateAuthority::create(std::string const& plan_name, UtcTime now) {
    auto key = PrivateKey::generate();
    std::shared_ptr<X509> certificate(must(X509_new()), X509_free);
    start_certificate(certificate.get(), now, authority_valid_days);
    // X.509 holds 64 characters of a common name.
    auto name = plan_name.substr(0, 40);
    while (!is_utf8(name)) // cut within a character
        name.pop_back();
    set_name(X509_get_subject_name(certificate.get()), name + " Portico authority");
    must(X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get())));
    must(X509_set_pubkey(certificate.get(), key.handle()));
    extend(certificate.get(), certificate.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    extend(certificate.get(), certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    extend(certificate.get(), certificate.get(), NID_subject_key_identifier, "hash");
    must(X509_sign(certificate.get(), key.handle(), EVP_sha256()));
    auto pem = to_pem(certificate.get());
    return {std::move(pem), std::move(key), std::move(certificate)};
}

Result<CertificateAuthority> CertificateAuthority::from_pem(std::string_view pem, Secret const& key_pem) {
    auto key = TRY(PrivateKey::from_pem(key_pem));
    auto const bio = memory(pem);
    std::shared_ptr<X509> certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr), X509_free);
    if (!certificate)
        return error(ErrorKind::InvalidInput, "certificate_invalid",
                     "the authority's certificate is damaged");
    if (X509_check_private_key(certificate.get(), key.handle()) != 1)
        return error(ErrorKind::InvalidInput, "authority_key_differs",
                     "the authority's key and certificate do not belong together");
    return CertificateAuthority(std::string(pem), std::move(key), std::move(certificate));
}

Result<std::string> CertificateAuthority::issue_server(PrivateKey const& server,
                                                       std::vector<std::string> const& hosts,
                                                       UtcTime now) const {
    std::string names;
    for (auto const& host : hosts) {
        // The names go into OpenSSL's extension syntax: nothing that means something there.
        if (host.empty() || host.size() > 253 ||
            host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:*") !=
                std::string::npos)
            return error(ErrorKind::InvalidInput, "host_name_invalid", "not a host name or address: " + host);
        names += (names.empty() ? "" : ",") + std::string(is_ip_address(host) ? "IP:" : "DNS:") + host;
    }
    if (names.empty())
        return error(ErrorKind::InvalidInput, "host_name_invalid", "a server certificate needs a host name");
    Handle<X509, X509_free> const certificate(must(X509_new()));
    start_certificate(certificate.get(), now, server_valid_days);
    set_name(X509_get_subject_name(certificate.get()), hosts.front().substr(0, 64));
    must(X509_set_pubkey(certificate.get(), server.handle()));
    finish_leaf(certificate.get(), certificate_.get(), "serverAuth");
    extend(certificate.get(), certificate_.get(), NID_subject_alt_name, names.c_str());
    must(X509_sign(certificate.get(), key_.handle(), EVP_sha256()));
    return to_pem(certificate.get());
}

namespace {

constexpr std::size_t request_size_max_bytes = 8192;

/// A request signed by its own key of the one kind that is certified; nothing when it is another thing.
Handle<X509_REQ, X509_REQ_free> own_request(std::string_view request_pem) {
    Handle<X509_REQ, X509_REQ_free> nothing(nullptr);
    if (request_pem.size() > request_size_max_bytes)
        return nothing;
    auto const bio = memory(request_pem);
    Handle<X509_REQ, X509_REQ_free> request(PEM_read_bio_X509_REQ(bio.get(), nullptr, nullptr, nullptr));
    if (!request)
        return nothing;
    auto* const key = X509_REQ_get0_pubkey(request.get());
    if (key == nullptr || !is_p256(key) || X509_REQ_verify(request.get(), key) != 1)
        return nothing;
    return request;
}

} // namespace

bool is_request_of(std::string_view certificate_pem, std::string_view request_pem) {
    auto const request = own_request(request_pem);
    auto const bio = memory(certificate_pem);
    Handle<X509, X509_free> const certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    return request && certificate &&
           EVP_PKEY_eq(X509_get0_pubkey(certificate.get()), X509_REQ_get0_pubkey(request.get())) == 1;
}

Result<std::string> CertificateAuthority::issue_terminal(std::string_view request_pem,
                                                         std::string const& terminal_id, UtcTime now,
                                                         int valid_days) const {
    auto const invalid = error(ErrorKind::InvalidInput, "certificate_request_invalid",
                               "not a PKCS#10 request signed by its own EC P-256 key");
    auto const request = own_request(request_pem);
    if (!request || terminal_id.empty() || terminal_id.size() > 64)
        return invalid;
    auto* const key = X509_REQ_get0_pubkey(request.get());
    Handle<X509, X509_free> const certificate(must(X509_new()));
    start_certificate(certificate.get(), now, valid_days);
    set_name(X509_get_subject_name(certificate.get()), terminal_id);
    must(X509_set_pubkey(certificate.get(), key));
    finish_leaf(certificate.get(), certificate_.get(), "clientAuth");
    must(X509_sign(certificate.get(), key_.handle(), EVP_sha256()));
    return to_pem(certificate.get());
}

} // namespace portico::crypto
