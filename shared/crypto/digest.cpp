#include "shared/crypto/digest.h"

#include <sodium.h>

namespace portico::crypto {

struct Sha256::State {
    crypto_hash_sha256_state hash;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
    crypto_hash_sha256_init(&state_->hash);
}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::add(ByteView bytes) {
    crypto_hash_sha256_update(&state_->hash, bytes.data(), bytes.size());
}

Bytes Sha256::finish() {
    Bytes out(crypto_hash_sha256_BYTES);
    crypto_hash_sha256_final(&state_->hash, out.data());
    return out;
}

} // namespace portico::crypto
