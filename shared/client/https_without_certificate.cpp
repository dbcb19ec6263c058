#include "shared/client/https_without_certificate.h"

#include "shared/base/secret.h"

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <string>

namespace portico::client {

Result<Bytes> parse_fingerprint(std::string_view text) {
    std::string hex(text);
    std::erase(hex, ':');
    std::transform(hex.begin(), hex.end(), hex.begin(),
                   [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
    auto bytes = from_hex(hex);
    if (bytes.has_error() || bytes.value().size() != 32)
        return error(ErrorKind::InvalidInput, "fingerprint_invalid",
                     "a fingerprint is the SHA-256 of central's certificate: 64 hexadecimal digits");
    return bytes;
}

namespace {

bool has_fingerprint(X509* certificate, Bytes const& wanted) {
    std::array<unsigned char, 32> digest{};
    unsigned size = 0;
    return X509_digest(certificate, EVP_sha256(), digest.data(), &size) == 1 &&
           equal_constant_time(wanted, digest);
}

/// What is wrong with a certificate that is the plan's, but not at this terminal's time.
bool is_of_another_time(int error) {
    return error == X509_V_ERR_CERT_NOT_YET_VALID || error == X509_V_ERR_CERT_HAS_EXPIRED;
}

/// Trusts the certificate with the fingerprint, be it the server's own or the authority above it, and what
/// that one signed.
int verify_by_fingerprint(X509_STORE_CTX* context, void* terms) {
    auto const& wanted = *static_cast<WithoutCertificate*>(terms)->fingerprint;
    X509* const leaf = X509_STORE_CTX_get0_cert(context);
    if (leaf == nullptr)
        return 0;
    if (has_fingerprint(leaf, wanted))
        return 1;
    STACK_OF(X509)* const chain = X509_STORE_CTX_get0_untrusted(context);
    int why = X509_V_ERR_CERT_UNTRUSTED;
    for (int i = 0; i < sk_X509_num(chain); ++i) {
        X509* const candidate = sk_X509_value(chain, i);
        if (!has_fingerprint(candidate, wanted))
            continue;
        X509_STORE* const store = X509_STORE_new();
        X509_STORE_CTX* const check = X509_STORE_CTX_new();
        bool const good = store != nullptr && check != nullptr &&
                          X509_STORE_add_cert(store, candidate) == 1 &&
                          X509_STORE_CTX_init(check, store, leaf, chain) == 1 && X509_verify_cert(check) == 1;
        if (check != nullptr && is_of_another_time(X509_STORE_CTX_get_error(check)))
            why = X509_STORE_CTX_get_error(check);
        X509_STORE_CTX_free(check);
        X509_STORE_free(store);
        if (good)
            return 1;
    }
    X509_STORE_CTX_set_error(context, why);
    return 0;
}

/// Where a TLS context keeps them.
int terms_index() {
    static int const index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

/// OpenSSL calls it when the server asks for a certificate, after the server's own was found good.
int note_that_it_asks(SSL* connection, X509**, EVP_PKEY**) {
    auto* const terms = SSL_CTX_get_ex_data(SSL_get_SSL_CTX(connection), terms_index());
    if (terms != nullptr)
        static_cast<WithoutCertificate*>(terms)->was_asked = true;
    return 0; // there is none
}

} // namespace

CURLcode use_without_certificate(CURL*, void* ssl_context, void* terms) {
    auto* const context = static_cast<SSL_CTX*>(ssl_context);
    if (SSL_CTX_set_ex_data(context, terms_index(), terms) != 1)
        return CURLE_OUT_OF_MEMORY;
    SSL_CTX_set_client_cert_cb(context, note_that_it_asks);
    if (static_cast<WithoutCertificate*>(terms)->fingerprint != nullptr)
        SSL_CTX_set_cert_verify_callback(context, verify_by_fingerprint, terms);
    return CURLE_OK;
}

} // namespace portico::client
