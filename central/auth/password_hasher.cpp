#include "central/auth/password_hasher.h"

#include "central/blocking.h"
#include "shared/base/uuid.h"
#include "shared/crypto/sealing.h"

#include <array>
#include <cstdlib>
#include <sodium.h>
#include <string>

namespace portico::central {

namespace {

constexpr std::int64_t busy_retry_s = 2;

/// An empty Secret points nowhere, and libsodium may not be given that.
std::string_view typed(Secret const& secret) {
    return secret.empty() ? std::string_view("") : secret.reveal();
}

Result<Secret> argon2id(HashCost const& cost, Secret const& password) {
    std::array<char, crypto_pwhash_STRBYTES> text{};
    auto const given = typed(password);
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
    auto const given = typed(guess);
    bool const same = crypto_pwhash_str_verify(text.c_str(), given.data(), given.size()) == 0;
    wipe(text);
    return same;
}

/// The text that a hash of this cost is kept as, with a random salt and a random digest: checking a guess
/// against it is all the work of a real one, and no password is known that would match. Not computed, so that
/// central and its commands start without it. Source: PHC string format, as libsodium writes it.
Secret text_of_no_password(HashCost const& cost) {
    auto const unpadded = [](std::size_t size) {
        auto text = to_base64(random_bytes(size));
        text.resize(text.find_last_not_of('=') + 1);
        return text;
    };
    constexpr std::size_t digest_bytes = 32;
    return Secret("$argon2id$v=19$m=" + std::to_string(cost.memory_bytes / 1024) +
                  ",t=" + std::to_string(cost.passes) + ",p=1$" + unpadded(crypto_pwhash_SALTBYTES) + "$" +
                  unpadded(digest_bytes));
}

} // namespace

PasswordHasher::PasswordHasher(HashCost const& cost) : cost_(cost), nobody_(text_of_no_password(cost)) {
    crypto::initialise();
    // A text that libsodium does not read would be refused without any work, and the time would tell.
    if (crypto_pwhash_str_needs_rehash(std::string(nobody_.reveal()).c_str(), cost_.passes,
                                       cost_.memory_bytes) != 0)
        std::abort();
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
    BlockingSection const hashing;
    std::lock_guard const lock(one_at_a_time_);
    return argon2id(cost_, password);
}

bool PasswordHasher::matches(Place const&, Secret const& kept, Secret const& guess) {
    BlockingSection const hashing;
    std::lock_guard const lock(one_at_a_time_);
    ++evaluations_;
    return verify(kept, guess);
}

void PasswordHasher::spend(Place const&, Secret const& guess) {
    BlockingSection const hashing;
    std::lock_guard const lock(one_at_a_time_);
    ++spent_;
    static_cast<void>(verify(nobody_, guess));
}

} // namespace portico::central
