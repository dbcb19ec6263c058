#include "central/auth/webauthn/cose_key.h"

#include "central/auth/webauthn/cbor_reader.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <sodium.h>

namespace portico::central {

void FreePublicKey::operator()(EVP_PKEY* key) const {
    EVP_PKEY_free(key);
}

namespace {

// Labels and values of RFC 9053 section 7 and RFC 8230.
constexpr std::int64_t label_type = 1;
constexpr std::int64_t label_algorithm = 3;
constexpr std::int64_t label_curve_or_n = -1;
constexpr std::int64_t label_x_or_e = -2;
constexpr std::int64_t label_y = -3;
constexpr std::int64_t type_okp = 1;
constexpr std::int64_t type_ec2 = 2;
constexpr std::int64_t type_rsa = 3;
constexpr std::int64_t curve_p256 = 1;
constexpr std::int64_t curve_ed25519 = 6;
constexpr std::size_t coordinate_bytes = 32;
constexpr int rsa_bits_min = 2048;
constexpr int rsa_bits_max = 4096;
constexpr BN_ULONG rsa_exponent_min = 65'537;

struct Fields {
    std::int64_t type = 0;
    std::int64_t algorithm = 0;
    CborItem curve_or_n;
    ByteView x_or_e;
    ByteView y;
};

Error invalid_key() {
    return error(ErrorKind::InvalidInput, "cose_key_invalid", "the key's public key cannot be used");
}

struct FreeParameters {
    void operator()(OSSL_PARAM* parameters) const { OSSL_PARAM_free(parameters); }
    void operator()(OSSL_PARAM_BLD* builder) const { OSSL_PARAM_BLD_free(builder); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(BIGNUM* number) const { BN_free(number); }
};
template <class T>
using Held = std::unique_ptr<T, FreeParameters>;

Result<PublicKey> from_parameters(char const* type, OSSL_PARAM_BLD* builder) {
    Held<OSSL_PARAM> const parameters(OSSL_PARAM_BLD_to_param(builder));
    Held<EVP_PKEY_CTX> const context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* made = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
        ERR_clear_error();
        return invalid_key();
    }
    PublicKey key(made);
    Held<EVP_PKEY_CTX> const check(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    if (!check || EVP_PKEY_public_check(check.get()) != 1) {
        ERR_clear_error();
        return invalid_key();
    }
    return key;
}

Result<PublicKey> p256(Fields const& fields) {
    if (fields.curve_or_n.integer() != curve_p256 || fields.x_or_e.size() != coordinate_bytes ||
        fields.y.size() != coordinate_bytes)
        return invalid_key();
    Bytes point{0x04};
    point.insert(point.end(), fields.x_or_e.begin(), fields.x_or_e.end());
    point.insert(point.end(), fields.y.begin(), fields.y.end());
    Held<OSSL_PARAM_BLD> const builder(OSSL_PARAM_BLD_new());
    if (!builder ||
        OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                         point.size()) != 1)
        return invalid_key();
    return from_parameters("EC", builder.get());
}

Result<PublicKey> ed25519(Fields const& fields) {
    if (fields.curve_or_n.integer() != curve_ed25519 || fields.x_or_e.size() != coordinate_bytes ||
        crypto_core_ed25519_is_valid_point(fields.x_or_e.data()) != 1)
        return invalid_key();
    PublicKey key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, fields.x_or_e.data(), fields.x_or_e.size()));
    if (!key)
        return invalid_key();
    return key;
}

Result<PublicKey> rsa(Fields const& fields) {
    auto const n = fields.curve_or_n.bytes;
    if (fields.curve_or_n.kind != CborItem::Kind::Bytes || n.size() > rsa_bits_max / 8 ||
        fields.x_or_e.empty() || fields.x_or_e.size() > 4)
        return invalid_key();
    Held<BIGNUM> const modulus(BN_bin2bn(n.data(), static_cast<int>(n.size()), nullptr));
    Held<BIGNUM> const exponent(
        BN_bin2bn(fields.x_or_e.data(), static_cast<int>(fields.x_or_e.size()), nullptr));
    if (!modulus || !exponent || BN_num_bits(modulus.get()) < rsa_bits_min || !BN_is_odd(modulus.get()) ||
        !BN_is_odd(exponent.get()) || BN_get_word(exponent.get()) < rsa_exponent_min)
        return invalid_key();
    Held<OSSL_PARAM_BLD> const builder(OSSL_PARAM_BLD_new());
    if (!builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1)
        return invalid_key();
    return from_parameters("RSA", builder.get());
}

Result<Fields> read_fields(CborReader& reader) {
    Fields fields;
    TRY(reader.map([&](CborItem const& label) -> Result<void> {
        bool const is_number =
            label.kind == CborItem::Kind::Unsigned || label.kind == CborItem::Kind::Negative;
        auto const which = is_number ? label.integer() : 0;
        if (which != label_type && which != label_algorithm && which != label_curve_or_n &&
            which != label_x_or_e && which != label_y)
            return reader.skip();
        auto const value = TRY(reader.next());
        if (which == label_type)
            fields.type = value.integer();
        else if (which == label_algorithm)
            fields.algorithm = value.integer();
        else if (which == label_curve_or_n)
            fields.curve_or_n = value;
        else if (value.kind != CborItem::Kind::Bytes) // a compressed point's sign stands as true or false
            return invalid_key();
        else
            (which == label_x_or_e ? fields.x_or_e : fields.y) = value.bytes;
        return ok();
    }));
    return fields;
}

} // namespace

Result<CoseKey> parse_cose_key(ByteView input, std::size_t& used) {
    CborReader reader(input);
    auto const fields = TRY(read_fields(reader));
    used = reader.position();
    switch (fields.algorithm) {
    case static_cast<std::int64_t>(CoseAlgorithm::Es256):
        if (fields.type != type_ec2)
            return invalid_key();
        return CoseKey{CoseAlgorithm::Es256, TRY(p256(fields))};
    case static_cast<std::int64_t>(CoseAlgorithm::EdDsa):
        if (fields.type != type_okp)
            return invalid_key();
        return CoseKey{CoseAlgorithm::EdDsa, TRY(ed25519(fields))};
    case static_cast<std::int64_t>(CoseAlgorithm::Rs256):
        if (fields.type != type_rsa)
            return invalid_key();
        return CoseKey{CoseAlgorithm::Rs256, TRY(rsa(fields))};
    default:
        return error(ErrorKind::InvalidInput, "cose_algorithm_unknown",
                     "the key uses an algorithm we do not take");
    }
}

Result<void> verify_signature(CoseKey const& key, ByteView signed_bytes, ByteView signature) {
    Held<EVP_MD_CTX> const context(EVP_MD_CTX_new());
    // Ed25519 hashes by itself; RSA here is PKCS#1 v1.5, OpenSSL's default.
    auto const* digest = key.algorithm == CoseAlgorithm::EdDsa ? nullptr : EVP_sha256();
    bool const right = context &&
                       EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key.key.get()) == 1 &&
                       EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                                        signed_bytes.data(), signed_bytes.size()) == 1;
    ERR_clear_error();
    if (!right)
        return error(ErrorKind::Refused, "signature_wrong");
    return ok();
}

} // namespace portico::central
