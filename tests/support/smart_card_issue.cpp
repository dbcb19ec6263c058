#include "tests/support/smart_card_issue.h"

#include "shared/base/uuid.h"

#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

namespace portico::test {

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

Key make_key(CardKeyKind kind) {
    return {kind == CardKeyKind::P256 ? EVP_EC_gen("P-256") : EVP_RSA_gen(2048), EVP_PKEY_free};
}

Key key_from(Bytes const& der) {
    auto const* at = der.data();
    return {d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size())), EVP_PKEY_free};
}

Certificate certificate_from(Bytes const& der) {
    auto const* at = der.data();
    return {d2i_X509(nullptr, &at, static_cast<long>(der.size())), X509_free};
}

template <class Object, class Encode>
Bytes encoded(Object* object, Encode encode) {
    unsigned char* der = nullptr;
    int const size = encode(object, &der);
    Bytes out(der, der + size);
    OPENSSL_free(der);
    return out;
}

void add_extension(X509* certificate, X509* issuer, int nid, char const* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    auto* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

Certificate make_certificate(EVP_PKEY* key, std::string const& common_name, int days) {
    Certificate certificate(X509_new(), X509_free);
    X509_set_version(certificate.get(), X509_VERSION_3);
    auto const serial = random_bytes(15);
    auto* number = BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr);
    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate.get()));
    BN_free(number);
    constexpr long hour_s = 3600;
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), (days < 0 ? -48 * hour_s : 0) - hour_s);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), days * 24 * hour_s);
    X509_set_pubkey(certificate.get(), key);
    auto* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, as_bytes(common_name).data(), -1, -1, 0);
    return certificate;
}

} // namespace

CardIdentity make_card_authority(std::string const& common_name) {
    auto const key = make_key(CardKeyKind::P256);
    auto const certificate = make_certificate(key.get(), common_name, 3650);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
    add_extension(certificate.get(), certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(certificate.get(), certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    return {encoded(key.get(), i2d_PrivateKey), encoded(certificate.get(), i2d_X509)};
}

CardIdentity make_card_identity(CardIdentity const& authority, std::string const& common_name,
                                CardKeyKind kind, int days) {
    auto const key = make_key(kind);
    auto const issuer = certificate_from(authority.certificate);
    auto const issuer_key = key_from(authority.private_key);
    auto const certificate = make_certificate(key.get(), common_name, days);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get()));
    add_extension(certificate.get(), issuer.get(), NID_basic_constraints, "critical,CA:FALSE");
    add_extension(certificate.get(), issuer.get(), NID_key_usage, "critical,digitalSignature");
    X509_sign(certificate.get(), issuer_key.get(), EVP_sha256());
    return {encoded(key.get(), i2d_PrivateKey), encoded(certificate.get(), i2d_X509)};
}

std::string pem(CardIdentity const& identity) {
    std::unique_ptr<BIO, decltype(&BIO_free)> const out(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_PKCS8PrivateKey(out.get(), key_from(identity.private_key).get(), nullptr, nullptr, 0,
                                  nullptr, nullptr);
    PEM_write_bio_X509(out.get(), certificate_from(identity.certificate).get());
    char* text = nullptr;
    auto const size = BIO_get_mem_data(out.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

bool certificate_verifies(Bytes const& certificate, ByteView message, Bytes const& signature) {
    auto const parsed = certificate_from(certificate);
    auto* digest = EVP_MD_CTX_new();
    bool const good =
        parsed &&
        EVP_DigestVerifyInit(digest, nullptr, EVP_sha256(), nullptr, X509_get0_pubkey(parsed.get())) == 1 &&
        EVP_DigestVerify(digest, signature.data(), signature.size(), message.data(), message.size()) == 1;
    EVP_MD_CTX_free(digest);
    return good;
}

} // namespace portico::test
