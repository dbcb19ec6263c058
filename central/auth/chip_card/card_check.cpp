#include "central/auth/chip_card/card_check.h"

#include "shared/crypto/x509_parts.h"

#include <openssl/ecdsa.h>
#include <openssl/err.h>

namespace portico::central {

using namespace crypto::x509_parts;

namespace {

using Certificate = Handle<X509, X509_free>;
using List = Handle<X509_CRL, X509_CRL_free>;
using TrustStore = Handle<X509_STORE, X509_STORE_free>;
using TrustContext = Handle<X509_STORE_CTX, X509_STORE_CTX_free>;
using Key = Handle<EVP_PKEY, EVP_PKEY_free>;
using DigestContext = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;

Certificate read_whole(ByteView der) {
    if (der.empty() || der.size() > card_certificate_bytes_max)
        return nullptr;
    auto const* data = der.data();
    Certificate certificate(d2i_X509(nullptr, &data, static_cast<long>(der.size())));
    ERR_clear_error();
    if (data != der.data() + der.size())
        return nullptr;
    return certificate;
}

Error refusal(int code) {
    switch (code) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return error(ErrorKind::Refused, "chip_card_expired", "the card's certificate is not valid now");
    case X509_V_ERR_CERT_REVOKED:
        return error(ErrorKind::Refused, "chip_card_revoked", "the card was revoked");
    case X509_V_ERR_CRL_HAS_EXPIRED:
    case X509_V_ERR_CRL_NOT_YET_VALID:
    case X509_V_ERR_UNABLE_TO_GET_CRL:
        return error(ErrorKind::Unavailable, "revocation_list_stale",
                     "the chip cards' revocation list is out of date: run the node that has their key");
    default:
        return error(ErrorKind::Refused, "chip_card_foreign", "not a chip card of this plan");
    }
}

Result<TrustStore> trust_store(CardTrust const& trust, UtcTime now) {
    auto const damaged =
        error(ErrorKind::Corrupt, "card_trust_damaged", "the chip cards' authority is damaged");
    auto const authority = read_whole(trust.authority);
    auto const* data = trust.revocation_list.data();
    List const list(d2i_X509_CRL(nullptr, &data, static_cast<long>(trust.revocation_list.size())));
    if (!authority || !list)
        return damaged;
    TrustStore store(must(X509_STORE_new()));
    must(X509_STORE_add_cert(store.get(), authority.get()));
    must(X509_STORE_add_crl(store.get(), list.get()));
    auto* parameters = X509_STORE_get0_param(store.get());
    must(X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_X509_STRICT));
    must(X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_SSL_CLIENT));
    X509_VERIFY_PARAM_set_depth(parameters, 0); // the card's certificate and its authority, nothing between
    X509_VERIFY_PARAM_set_time(parameters, to_micros(now) / 1'000'000);
    return store;
}

bool verifies(EVP_PKEY* key, ByteView challenge, ByteView signature) {
    DigestContext const context(must(EVP_MD_CTX_new()));
    // For RSA the padding is PKCS#1 v1.5, OpenSSL's default.
    bool const right = EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
                       EVP_DigestVerify(context.get(), signature.data(), signature.size(), challenge.data(),
                                        challenge.size()) == 1;
    ERR_clear_error();
    return right;
}

/// r and s, each as long as the field, as DER.
Bytes der_of_raw(ByteView raw) {
    Handle<ECDSA_SIG, ECDSA_SIG_free> const parts(must(ECDSA_SIG_new()));
    int const half = static_cast<int>(raw.size() / 2);
    must(ECDSA_SIG_set0(parts.get(), must(BN_bin2bn(raw.data(), half, nullptr)),
                        must(BN_bin2bn(raw.data() + half, half, nullptr))));
    unsigned char* data = nullptr;
    int const size = i2d_ECDSA_SIG(parts.get(), &data);
    Bytes der(data, data + (size > 0 ? size : 0));
    OPENSSL_free(data);
    return der;
}

} // namespace

Result<void> check_card_certificate(CardTrust const& trust, ByteView certificate_der, UtcTime now) {
    auto const certificate = read_whole(certificate_der);
    if (!certificate)
        return error(ErrorKind::InvalidInput, "card_certificate_invalid", "not one DER certificate");
    auto const store = TRY(trust_store(trust, now));
    TrustContext const context(must(X509_STORE_CTX_new()));
    must(X509_STORE_CTX_init(context.get(), store.get(), certificate.get(), nullptr));
    bool const trusted = X509_verify_cert(context.get()) == 1;
    int const code = X509_STORE_CTX_get_error(context.get());
    ERR_clear_error();
    if (!trusted)
        return refusal(code);
    // The purpose alone lets a certificate pass that says nothing about its use, and the authority's own.
    if ((X509_get_key_usage(certificate.get()) & KU_DIGITAL_SIGNATURE) == 0 ||
        (X509_get_extension_flags(certificate.get()) & (EXFLAG_KUSAGE | EXFLAG_XKUSAGE)) !=
            (EXFLAG_KUSAGE | EXFLAG_XKUSAGE) ||
        X509_check_ca(certificate.get()) != 0)
        return refusal(X509_V_ERR_INVALID_PURPOSE);
    return ok();
}

Result<void> verify_card_signature(ByteView certificate_der, std::string_view mechanism, ByteView challenge,
                                   ByteView signature) {
    auto const wrong = error(ErrorKind::Refused, "card_signature_wrong");
    auto const certificate = read_whole(certificate_der);
    Key const key(certificate ? X509_get_pubkey(certificate.get()) : nullptr);
    if (!key || signature.empty() || signature.size() > 1024)
        return wrong;
    if (mechanism == "rsa_pkcs1_sha256") {
        if (EVP_PKEY_is_a(key.get(), "RSA") != 1 || !verifies(key.get(), challenge, signature))
            return wrong;
        return ok();
    }
    if (mechanism != "ecdsa_sha256" || EVP_PKEY_is_a(key.get(), "EC") != 1)
        return wrong;
    auto const raw_bytes = (static_cast<std::size_t>(EVP_PKEY_get_bits(key.get())) + 7) / 8 * 2;
    if (signature.size() == raw_bytes && verifies(key.get(), challenge, der_of_raw(signature)))
        return ok();
    if (!verifies(key.get(), challenge, signature))
        return wrong;
    return ok();
}

} // namespace portico::central
