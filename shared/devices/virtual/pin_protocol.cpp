#include "shared/devices/virtual/pin_protocol.h"

#include "shared/base/secret.h"
#include "shared/base/uuid.h"
#include "shared/devices/virtual/p256_key.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>

namespace portico {

namespace {

constexpr std::size_t block_bytes = 16;

Bytes hmac(ByteView key, ByteView message) {
    Bytes out(32);
    unsigned size = 0;
    must(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), message.data(), message.size(),
              out.data(), &size) != nullptr);
    return out;
}

/// HKDF-SHA-256 with a salt of 32 zero bytes, as protocol two has it.
Bytes derive(ByteView secret, std::string_view info) {
    Bytes const salt(32, 0);
    auto extracted = hmac(salt, secret);
    Bytes block(info.begin(), info.end());
    block.push_back(1);
    return hmac(extracted, block);
}

Bytes aes_cbc(ByteView key, ByteView iv, ByteView in, bool encrypting) {
    Bytes out(in.size() + block_bytes);
    auto* context = EVP_CIPHER_CTX_new();
    must(context != nullptr);
    int size = 0;
    must(EVP_CipherInit_ex(context, EVP_aes_256_cbc(), nullptr, key.data(), iv.data(), encrypting ? 1 : 0) ==
         1);
    must(EVP_CIPHER_CTX_set_padding(context, 0) == 1);
    must(EVP_CipherUpdate(context, out.data(), &size, in.data(), static_cast<int>(in.size())) == 1);
    EVP_CIPHER_CTX_free(context);
    out.resize(static_cast<std::size_t>(size));
    return out;
}

bool same_mac(int version, Bytes mac, ByteView signature) {
    if (version == 1)
        mac.resize(16);
    return equal_constant_time(mac, signature);
}

} // namespace

Bytes sha256(ByteView bytes) {
    Bytes out(32);
    must(EVP_Digest(bytes.data(), bytes.size(), out.data(), nullptr, EVP_sha256(), nullptr) == 1);
    return out;
}

PinProtocol::PinProtocol(int version, ByteView shared_x) : version_(version) {
    if (version == 1) {
        mac_key_ = cipher_key_ = sha256(shared_x);
    } else {
        mac_key_ = derive(shared_x, "CTAP2 HMAC key");
        cipher_key_ = derive(shared_x, "CTAP2 AES key");
    }
}

bool PinProtocol::verify(ByteView message, ByteView signature) const {
    return same_mac(version_, hmac(mac_key_, message), signature);
}

bool PinProtocol::verify_with_token(int version, ByteView token, ByteView message, ByteView signature) {
    return same_mac(version, hmac(token, message), signature);
}

std::optional<Bytes> PinProtocol::decrypt(ByteView sealed) const {
    Bytes iv(block_bytes, 0);
    if (version_ == 2) {
        if (sealed.size() < block_bytes)
            return std::nullopt;
        iv.assign(sealed.begin(), sealed.begin() + block_bytes);
        sealed = sealed.subspan(block_bytes);
    }
    if (sealed.empty() || sealed.size() % block_bytes != 0)
        return std::nullopt;
    return aes_cbc(cipher_key_, iv, sealed, false);
}

Bytes PinProtocol::encrypt(ByteView plain) const {
    if (version_ == 1)
        return aes_cbc(cipher_key_, Bytes(block_bytes, 0), plain, true);
    auto out = random_bytes(block_bytes);
    auto const sealed = aes_cbc(cipher_key_, out, plain, true);
    out.insert(out.end(), sealed.begin(), sealed.end());
    return out;
}

} // namespace portico
