#pragma once

#include "shared/base/result.h"
#include "shared/base/secret.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace portico::central {

/// Argon2id. Source: DOMAIN "Hash" (46 MiB or more, t = 1, p = 1 or stronger).
struct HashCost {
    std::size_t memory_bytes = std::size_t{64} << 20U;
    unsigned long long passes = 1;
};

/// Argon2id (libsodium) for passwords and PINs. One hash is computed at a time and eight more may wait: a
/// flood of sign-ins cannot take the cores from everything else. Safe from any thread.
class PasswordHasher {
public:
    static constexpr int waiting_max = 8;

    explicit PasswordHasher(HashCost const& cost = {});
    PasswordHasher(PasswordHasher const&) = delete;
    PasswordHasher& operator=(PasswordHasher const&) = delete;
    ~PasswordHasher() = default;

    /// A place in the queue; taken before a guess is counted, so that nobody is charged for a busy server.
    class Place {
    public:
        explicit Place(PasswordHasher& owner) : owner_(&owner) {}
        Place(Place&& other) noexcept : owner_(other.owner_) { other.owner_ = nullptr; }
        Place& operator=(Place&&) = delete;
        Place(Place const&) = delete;
        Place& operator=(Place const&) = delete;
        ~Place() {
            if (owner_ != nullptr)
                --owner_->taken_;
        }

    private:
        PasswordHasher* owner_;
    };
    /// Errors: TooMany "sign_in_busy".
    Result<Place> take_place();

    /// The text to keep; blocks for tens of milliseconds. Errors: Unavailable "hash_memory".
    Result<Secret> hash(Place const& place, Secret const& password);
    bool matches(Place const& place, Secret const& kept, Secret const& guess);
    /// Works as long as `matches` does, for a name or card nobody has.
    void spend(Place const& place, Secret const& guess);

    /// How many guesses were held against a kept hash, and how many against none.
    std::int64_t evaluations() const { return evaluations_; }
    std::int64_t spent() const { return spent_; }

private:
    HashCost cost_;
    Secret nobody_;
    std::atomic<int> taken_ = 0;
    std::atomic<std::int64_t> evaluations_ = 0;
    std::atomic<std::int64_t> spent_ = 0;
    std::mutex one_at_a_time_;
};

} // namespace portico::central
