#pragma once

#include "shared/base/clock.h"

#include <map>
#include <mutex>
#include <string>

namespace portico::central {

/// A bucket of tokens for each name (a terminal, an address): `burst` at once, `per_minute` after that.
/// Forgets names whose bucket is full again. Safe from any thread.
class RateLimiter {
public:
    /// More names than this are treated as one: memory stays bounded.
    static constexpr std::size_t names_max = 20'000;

    RateLimiter(Clock& clock, int burst, double per_minute)
        : clock_(clock), burst_(burst), per_minute_(per_minute) {}

    /// Takes a token. Returns 0 when there was one, else the seconds until there is.
    std::int64_t take(std::string const& name);

private:
    struct Bucket {
        double tokens;
        MonoTime at;
    };
    void forget_full(MonoTime now);

    Clock& clock_;
    double burst_;
    double per_minute_;
    std::mutex guard_;
    std::map<std::string, Bucket> buckets_;
};

} // namespace portico::central
