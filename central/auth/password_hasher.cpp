#include "central/auth/password_hasher.h"

#include "shared/base/uuid.h"
#include "shared/crypto/sealing.h"

#include <array>
#include <cstdlib>
#include <sodium.h>

namespace portico::central {

namespace {

constexpr std::int64_t busy_retry_s = 2;

Result<Secret> argon2id(HashCost const& cost, Secret const& password) {
    std::array<char, crypto_pwhash_STRBYTES> text{};
    auto const given = password.reveal();
    if (crypto_pwhash_str_alg(text.data(), given.data(), given.size(), cost.passes, cost.memory_bytes,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return error(ErrorKind::Unavailable, "hash_memory", "not enough memory to hash a password");
    Secret kept{std::string_view(text.data())};
    wipe(text.data(), text.size());
    return kept;
}

bool verify(Secret const& kept, Secret const& guess) {
    // libsodium wants a terminated text of at most crypto_pwhash_STRBYTES.
    std::string text(kept.reveal());
    bool const same =
        crypto_pwhash_str_verify(text.c_str(), guess.reveal().data(), guess.reveal().size()) == 0;
    wipe(text);
    return same;
}

} // namespace

PasswordHasher::PasswordHasher(HashCost const& cost) : cost_(cost) {
    crypto::initialise();
    auto kept = argon2id(cost_, Secret(to_hex(random_bytes(16))));
    if (kept.has_error())
        std::abort(); // central cannot check anyone without this memory: stop at start, not at a sign-in
    nobody_ = std::move(kept).value();
}

Result<PasswordHasher::Place> PasswordHasher::take_place() {
    if (taken_.fetch_add(1) > waiting_max) {
        --taken_;
        auto busy = error(ErrorKind::TooMany, "sign_in_busy", "too many sign-ins at once");
        busy.retry_after_s = busy_retry_s;
        return busy;
    }
    return Place(*this);
}

Result<Secret> PasswordHasher::hash(Place const&, Secret const& password) {
    std::lock_guard const lock(one_at_a_time_);
    return argon2id(cost_, password);
}

bool PasswordHasher::matches(Place const&, Secret const& kept, Secret const& guess) {
    std::lock_guard const lock(one_at_a_time_);
    ++evaluations_;
    return verify(kept, guess);
}

void PasswordHasher::spend(Place const&, Secret const& guess) {
    std::lock_guard const lock(one_at_a_time_);
    ++spent_;
    static_cast<void>(verify(nobody_, guess));
}

} // namespace portico::central
