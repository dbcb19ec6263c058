#pragma once

#include "shared/base/encoding.h"
#include "shared/base/uuid.h"
#include "shared/crypto/sealing.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <string>
#include <string_view>

namespace portico::test {

/// CBOR by hand, so that a test can write what no authenticator would.
namespace cbor {
inline Bytes head(unsigned major, std::uint64_t value) {
    auto const type = static_cast<std::uint8_t>(major << 5U);
    if (value < 24)
        return {static_cast<std::uint8_t>(type | value)};
    if (value < 256)
        return {static_cast<std::uint8_t>(type | 24U), static_cast<std::uint8_t>(value)};
    return {static_cast<std::uint8_t>(type | 25U), static_cast<std::uint8_t>(value >> 8U),
            static_cast<std::uint8_t>(value)};
}
inline Bytes integer(std::int64_t value) {
    return value >= 0 ? head(0, static_cast<std::uint64_t>(value))
                      : head(1, static_cast<std::uint64_t>(-1 - value));
}
inline Bytes join(std::initializer_list<Bytes> parts) {
    Bytes all;
    for (auto const& part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}
inline Bytes bytes(ByteView value) {
    return join({head(2, value.size()), Bytes(value.begin(), value.end())});
}
inline Bytes text(std::string_view value) {
    return join({head(3, value.size()), Bytes(value.begin(), value.end())});
}

/// The COSE_Key of a P-256 (ES256), Ed25519 (EdDSA) or RSA (RS256) key; RFC 9053 section 7, RFC 8230.
inline Bytes p256_key(ByteView x, ByteView y) {
    return join({head(5, 5), integer(1), integer(2), integer(3), integer(-7), integer(-1), integer(1),
                 integer(-2), bytes(x), integer(-3), bytes(y)});
}
inline Bytes ed25519_key(ByteView point) {
    return join({head(5, 4), integer(1), integer(1), integer(3), integer(-8), integer(-1), integer(6),
                 integer(-2), bytes(point)});
}
inline Bytes rsa_key(ByteView modulus, ByteView exponent) {
    return join({head(5, 4), integer(1), integer(3), integer(3), integer(-257), integer(-1), bytes(modulus),
                 integer(-2), bytes(exponent)});
}
inline Bytes public_key(EVP_PKEY const* key) {
    std::size_t size = 0;
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519) {
        Bytes point(32);
        size = point.size();
        EVP_PKEY_get_raw_public_key(key, point.data(), &size);
        return ed25519_key(point);
    }
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA) {
        BIGNUM* n = nullptr;
        EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &n);
        Bytes modulus(static_cast<std::size_t>(EVP_PKEY_get_size(key)));
        BN_bn2binpad(n, modulus.data(), static_cast<int>(modulus.size()));
        BN_free(n);
        return rsa_key(modulus, Bytes{1, 0, 1});
    }
    Bytes point(133);
    EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(), &size);
    ByteView const view(point);
    return p256_key(view.subspan(1, 32), view.subspan(33, 32));
}
} // namespace cbor

/// One rule to break.
struct KeyTwist {
    std::string type{};   ///< instead of webauthn.create or webauthn.get
    std::string origin{}; ///< instead of the one asked for
    std::string rp_id{};
    std::string extra_client_data{}; ///< members to add: `,"crossOrigin":true`
    unsigned clear_flags = 0;
    unsigned set_flags = 0;
    Bytes trailing{};        ///< after the authenticator data
    bool keep_count = false; ///< the counter does not rise
    bool break_signature = false;
    std::string format{}; ///< of the attestation; "none" when empty
    Bytes statement{};    ///< of the attestation; computed when empty
    std::int64_t statement_algorithm = -7;
    Bytes cose_key{}; ///< instead of the real one
};

/// A security key in software that answers as WebAuthn level 2 says, and breaks one rule at a time when told.
class WebauthnKey {
public:
    using Twist = KeyTwist;
    struct Answer {
        Bytes credential_id;
        Bytes authenticator_data;
        Bytes attestation_object;
        std::string client_data_json;
        Bytes signature;
        Bytes user_handle;
    };

    WebauthnKey() : WebauthnKey(EVP_EC_gen("P-256")) {}
    static WebauthnKey ed25519() { return WebauthnKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")); }
    static WebauthnKey rsa() { return WebauthnKey(EVP_RSA_gen(2048)); }

    Bytes credential_id = random_bytes(32);
    Bytes user_handle;
    std::uint32_t count = 0;

    Bytes cose_key() const { return cbor::public_key(key_.get()); }

    Answer make(std::string_view rp_id, std::string_view origin, ByteView challenge, Bytes const& user_id,
                Twist const& twist = {}) {
        user_handle = user_id;
        Answer answer;
        answer.credential_id = credential_id;
        answer.client_data_json = client_data("webauthn.create", origin, challenge, twist);
        auto const key = twist.cose_key.empty() ? cose_key() : twist.cose_key;
        auto const size = static_cast<std::uint16_t>(credential_id.size());
        answer.authenticator_data = authenticator_data(
            rp_id, 0x45,
            cbor::join({Bytes(16, 0),
                        Bytes{static_cast<std::uint8_t>(size >> 8U), static_cast<std::uint8_t>(size)},
                        credential_id, key}),
            twist);
        auto const format = twist.format.empty() ? std::string("none") : twist.format;
        auto statement = twist.statement;
        if (statement.empty() && format == "packed")
            statement =
                cbor::join({cbor::head(5, 2), cbor::text("alg"), cbor::integer(twist.statement_algorithm),
                            cbor::text("sig"), cbor::bytes(sign(answer, twist))});
        if (statement.empty())
            statement = cbor::head(5, 0);
        answer.attestation_object =
            cbor::join({cbor::head(5, 3), cbor::text("fmt"), cbor::text(format), cbor::text("attStmt"),
                        statement, cbor::text("authData"), cbor::bytes(answer.authenticator_data)});
        return answer;
    }

    Answer get(std::string_view rp_id, std::string_view origin, ByteView challenge, Twist const& twist = {}) {
        Answer answer;
        answer.credential_id = credential_id;
        answer.user_handle = user_handle;
        answer.client_data_json = client_data("webauthn.get", origin, challenge, twist);
        answer.authenticator_data = authenticator_data(rp_id, 0x05, {}, twist);
        answer.signature = sign(answer, twist);
        return answer;
    }

private:
    explicit WebauthnKey(EVP_PKEY* key) : key_(key, &EVP_PKEY_free) {}

    static std::string client_data(std::string_view type, std::string_view origin, ByteView challenge,
                                   Twist const& twist) {
        return R"({"type":")" + (twist.type.empty() ? std::string(type) : twist.type) + R"(","challenge":")" +
               to_base64url(challenge) + R"(","origin":")" +
               (twist.origin.empty() ? std::string(origin) : twist.origin) + "\"" + twist.extra_client_data +
               "}";
    }

    Bytes authenticator_data(std::string_view rp_id, unsigned flags, Bytes const& attested,
                             Twist const& twist) {
        if (!twist.keep_count)
            ++count;
        auto const hash =
            crypto::sha256(as_bytes(twist.rp_id.empty() ? rp_id : std::string_view(twist.rp_id)));
        flags = (flags & ~twist.clear_flags) | twist.set_flags;
        Bytes const counter{static_cast<std::uint8_t>(count >> 24U), static_cast<std::uint8_t>(count >> 16U),
                            static_cast<std::uint8_t>(count >> 8U), static_cast<std::uint8_t>(count)};
        return cbor::join({hash, Bytes{static_cast<std::uint8_t>(flags)}, counter, attested, twist.trailing});
    }

    Bytes sign(Answer const& answer, Twist const& twist) const {
        auto signed_bytes = answer.authenticator_data;
        auto const hash = crypto::sha256(as_bytes(answer.client_data_json));
        signed_bytes.insert(signed_bytes.end(), hash.begin(), hash.end());
        Bytes signature(256);
        std::size_t size = signature.size();
        auto* context = EVP_MD_CTX_new();
        // Ed25519 hashes by itself.
        auto const* digest = EVP_PKEY_get_base_id(key_.get()) == EVP_PKEY_ED25519 ? nullptr : EVP_sha256();
        EVP_DigestSignInit(context, nullptr, digest, nullptr, key_.get());
        EVP_DigestSign(context, signature.data(), &size, signed_bytes.data(), signed_bytes.size());
        EVP_MD_CTX_free(context);
        signature.resize(size);
        if (twist.break_signature)
            signature[size - 1] ^= 1U;
        return signature;
    }

    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
};

} // namespace portico::test
