#include "shared/devices/virtual/p256_key.h"

#include <cstdlib>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>

namespace portico {

void must(bool done) {
    if (!done)
        std::abort();
}

namespace {

constexpr std::size_t coordinate_bytes = 32;

Bytes coordinate(EVP_PKEY const* key, char const* name) {
    BIGNUM* number = nullptr;
    must(EVP_PKEY_get_bn_param(key, name, &number) == 1);
    Bytes out(coordinate_bytes);
    must(BN_bn2binpad(number, out.data(), static_cast<int>(out.size())) > 0);
    BN_free(number);
    return out;
}

} // namespace

void P256Key::Free::operator()(evp_pkey_st* key) const {
    EVP_PKEY_free(key);
}

P256Key P256Key::generate() {
    auto* key = EVP_EC_gen("P-256");
    must(key != nullptr);
    return P256Key(key);
}

Result<P256Key> P256Key::from_der(ByteView private_key) {
    auto const* at = private_key.data();
    auto* key = d2i_PrivateKey(EVP_PKEY_EC, nullptr, &at, static_cast<long>(private_key.size()));
    if (key == nullptr)
        return error(ErrorKind::Corrupt, "key_invalid", "not a P-256 private key");
    return P256Key(key);
}

Bytes P256Key::to_der() const {
    unsigned char* der = nullptr;
    int const size = i2d_PrivateKey(key_.get(), &der);
    must(size > 0);
    Bytes out(der, der + size);
    OPENSSL_clear_free(der, static_cast<std::size_t>(size));
    return out;
}

Bytes P256Key::x() const {
    return coordinate(key_.get(), OSSL_PKEY_PARAM_EC_PUB_X);
}

Bytes P256Key::y() const {
    return coordinate(key_.get(), OSSL_PKEY_PARAM_EC_PUB_Y);
}

Bytes P256Key::sign(ByteView message) const {
    auto* context = EVP_MD_CTX_new();
    must(context != nullptr && EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key_.get()) == 1);
    std::size_t size = 0;
    must(EVP_DigestSign(context, nullptr, &size, message.data(), message.size()) == 1);
    Bytes out(size);
    must(EVP_DigestSign(context, out.data(), &size, message.data(), message.size()) == 1);
    out.resize(size);
    EVP_MD_CTX_free(context);
    return out;
}

Result<Bytes> P256Key::agree(ByteView peer_x, ByteView peer_y) const {
    auto const invalid = error(ErrorKind::InvalidInput, "key_invalid", "not a point of P-256");
    if (peer_x.size() != coordinate_bytes || peer_y.size() != coordinate_bytes)
        return invalid;
    Bytes point{4}; // uncompressed
    point.insert(point.end(), peer_x.begin(), peer_x.end());
    point.insert(point.end(), peer_y.begin(), peer_y.end());
    std::unique_ptr<EVP_PKEY, Free> const peer(EVP_PKEY_new());
    must(peer != nullptr && EVP_PKEY_copy_parameters(peer.get(), key_.get()) == 1);
    if (EVP_PKEY_set1_encoded_public_key(peer.get(), point.data(), point.size()) != 1)
        return invalid;
    auto* context = EVP_PKEY_CTX_new(key_.get(), nullptr);
    must(context != nullptr && EVP_PKEY_derive_init(context) == 1);
    Bytes out(coordinate_bytes);
    std::size_t size = out.size();
    bool const agreed = EVP_PKEY_derive_set_peer(context, peer.get()) == 1 &&
                        EVP_PKEY_derive(context, out.data(), &size) == 1;
    EVP_PKEY_CTX_free(context);
    if (!agreed || size != out.size())
        return invalid;
    return out;
}

} // namespace portico
