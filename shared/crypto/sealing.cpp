#include "shared/crypto/sealing.h"

#include "shared/base/uuid.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <sodium.h>

namespace portico::crypto {

namespace {

constexpr std::size_t record_key_bytes = 32;
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;

/// For calls that can fail for want of memory alone, once a test has seen them work; OpenSSL does not always
/// say so itself (a context that its provider could not make is an "initialization error").
[[noreturn]] void library_failed(char const* what) {
    static_cast<void>(std::fprintf(stderr, "cryptography failed, most likely without memory: %s\n", what));
    throw std::bad_alloc();
}

// Algorithms are looked up once: OpenSSL 3 searches its providers at every use of EVP_aes_256_gcm() or
// HMAC(), which costs more than sealing or hashing a short record.

EVP_CIPHER const* record_cipher() {
    static EVP_CIPHER* const cipher = [] {
        auto* const fetched = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
        if (fetched == nullptr)
            library_failed("no AES-256-GCM");
        return fetched;
    }();
    return cipher;
}

using MacContext = std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)>;

/// HMAC-SHA-256 without a key; one a thread.
EVP_MAC_CTX* mac_context() {
    thread_local MacContext const context = [] {
        std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> const mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr),
                                                                    EVP_MAC_free);
        MacContext made(EVP_MAC_CTX_new(mac.get()), EVP_MAC_CTX_free);
        char digest[] = "SHA256";
        OSSL_PARAM const parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                         OSSL_PARAM_construct_end()};
        if (!made || EVP_MAC_CTX_set_params(made.get(), parameters) != 1)
            library_failed("no HMAC-SHA-256");
        return made;
    }();
    return context.get();
}

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

CipherContext make_context() {
    CipherContext context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    if (!context)
        library_failed("no cipher context");
    return context;
}

} // namespace

void initialise() {
    if (sodium_init() < 0) {
        static_cast<void>(std::fputs("libsodium does not start\n", stderr));
        std::abort();
    }
}

RecordKey RecordKey::generate() {
    auto bytes = random_bytes(record_key_bytes);
    RecordKey key{Secret(as_text(bytes))};
    wipe(bytes.data(), bytes.size());
    return key;
}

Result<RecordKey> RecordKey::from_bytes(ByteView bytes) {
    if (bytes.size() != record_key_bytes)
        return error(ErrorKind::InvalidInput, "record_key_invalid", "a record key has 32 bytes");
    return RecordKey{Secret(as_text(bytes))};
}

RecordKey RecordKey::derive(std::string_view purpose) const {
    std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> const context(
        EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nullptr), EVP_PKEY_CTX_free);
    std::array<std::uint8_t, record_key_bytes> out{};
    std::size_t size = out.size();
    auto const info = as_bytes(purpose);
    if (!context || EVP_PKEY_derive_init(context.get()) <= 0 ||
        EVP_PKEY_CTX_set_hkdf_md(context.get(), EVP_sha256()) <= 0 ||
        EVP_PKEY_CTX_set1_hkdf_key(context.get(), secret_.bytes().data(), static_cast<int>(secret_.size())) <=
            0 ||
        EVP_PKEY_CTX_add1_hkdf_info(context.get(), info.data(), static_cast<int>(info.size())) <= 0 ||
        EVP_PKEY_derive(context.get(), out.data(), &size) <= 0)
        library_failed("HKDF");
    RecordKey key{Secret(as_text(out))};
    wipe(out.data(), out.size());
    return key;
}

Bytes seal_record(RecordKey const& key, std::string_view context, ByteView plain) {
    auto sealed = random_bytes(nonce_bytes);
    sealed.resize(nonce_bytes + plain.size() + tag_bytes);
    auto const cipher = make_context();
    int done = 0;
    int last = 0;
    auto const aad = as_bytes(context);
    auto* const body = sealed.data() + nonce_bytes;
    if (EVP_EncryptInit_ex2(cipher.get(), record_cipher(), key.bytes().data(), sealed.data(), nullptr) != 1 ||
        EVP_EncryptUpdate(cipher.get(), nullptr, &done, aad.data(), static_cast<int>(aad.size())) != 1 ||
        EVP_EncryptUpdate(cipher.get(), body, &done, plain.data(), static_cast<int>(plain.size())) != 1 ||
        EVP_EncryptFinal_ex(cipher.get(), body + done, &last) != 1 ||
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes, body + plain.size()) != 1)
        library_failed("AES-256-GCM");
    return sealed;
}

Result<Bytes> open_record(RecordKey const& key, std::string_view context, ByteView sealed) {
    auto const broken = [] {
        return error(ErrorKind::Corrupt, "record_seal_broken", "a sealed record does not open");
    };
    if (sealed.size() < nonce_bytes + tag_bytes)
        return broken();
    auto const cipher = make_context();
    auto const body = sealed.subspan(nonce_bytes, sealed.size() - nonce_bytes - tag_bytes);
    Bytes tag(sealed.end() - tag_bytes, sealed.end());
    Bytes plain(body.size());
    int done = 0;
    int last = 0;
    auto const aad = as_bytes(context);
    if (EVP_DecryptInit_ex2(cipher.get(), record_cipher(), key.bytes().data(), sealed.data(), nullptr) != 1 ||
        EVP_DecryptUpdate(cipher.get(), nullptr, &done, aad.data(), static_cast<int>(aad.size())) != 1 ||
        EVP_DecryptUpdate(cipher.get(), plain.data(), &done, body.data(), static_cast<int>(body.size())) !=
            1 ||
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, tag.data()) != 1) {
        wipe(plain.data(), plain.size());
        library_failed("AES-256-GCM"); // no verdict on the seal
    }
    if (EVP_DecryptFinal_ex(cipher.get(), plain.data() + done, &last) != 1) {
        wipe(plain.data(), plain.size());
        return broken();
    }
    return plain;
}

Bytes keyed_hash(RecordKey const& key, std::string_view text) {
    Bytes out(32);
    auto* const context = mac_context();
    auto const bytes = as_bytes(text);
    std::size_t size = 0;
    if (EVP_MAC_init(context, key.bytes().data(), key.bytes().size(), nullptr) != 1 ||
        EVP_MAC_update(context, bytes.data(), bytes.size()) != 1 ||
        EVP_MAC_final(context, out.data(), &size, out.size()) != 1 || size != out.size())
        library_failed("HMAC");
    return out;
}

Bytes sha256(ByteView bytes) {
    Bytes out(32);
    unsigned size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, EVP_sha256(), nullptr) != 1)
        library_failed("SHA-256");
    return out;
}

SealingKeyPair SealingKeyPair::generate() {
    initialise();
    SealingKeyPair pair;
    pair.public_key.resize(crypto_box_PUBLICKEYBYTES);
    Bytes secret(crypto_box_SECRETKEYBYTES);
    crypto_box_keypair(pair.public_key.data(), secret.data());
    pair.secret_key = Secret(as_text(secret));
    wipe(secret.data(), secret.size());
    return pair;
}

Result<SealingKeyPair> SealingKeyPair::from_secret(ByteView secret_key) {
    initialise();
    if (secret_key.size() != crypto_box_SECRETKEYBYTES)
        return error(ErrorKind::InvalidInput, "sealing_key_invalid", "a sealing key has 32 bytes");
    SealingKeyPair pair;
    pair.secret_key = Secret(as_text(secret_key));
    pair.public_key.resize(crypto_box_PUBLICKEYBYTES);
    crypto_scalarmult_base(pair.public_key.data(), secret_key.data());
    return pair;
}

Result<Bytes> seal_to(ByteView public_key, ByteView plain) {
    initialise();
    if (public_key.size() != crypto_box_PUBLICKEYBYTES)
        return error(ErrorKind::InvalidInput, "sealing_key_invalid", "a sealing key has 32 bytes");
    Bytes sealed(plain.size() + crypto_box_SEALBYTES);
    crypto_box_seal(sealed.data(), plain.data(), plain.size(), public_key.data());
    return sealed;
}

Result<Secret> open_sealed(SealingKeyPair const& keys, ByteView sealed) {
    initialise();
    auto const broken = error(ErrorKind::Corrupt, "sealed_box_broken", "a sealed operation does not open");
    if (sealed.size() < crypto_box_SEALBYTES)
        return broken;
    Bytes plain(sealed.size() - crypto_box_SEALBYTES);
    if (crypto_box_seal_open(plain.data(), sealed.data(), sealed.size(), keys.public_key.data(),
                             keys.secret_key.bytes().data()) != 0)
        return broken;
    Secret secret(as_text(plain));
    wipe(plain.data(), plain.size());
    return secret;
}

} // namespace portico::crypto
