#include "central/http/rate_limiter.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace portico::central {

namespace {
double minutes_between(MonoTime from, MonoTime to) {
    return std::chrono::duration<double, std::ratio<60>>(to - from).count();
}
} // namespace

void RateLimiter::forget_full(MonoTime now) {
    for (auto each = buckets_.begin(); each != buckets_.end();) {
        bool const full = each->second.tokens + minutes_between(each->second.at, now) * per_minute_ >= burst_;
        each = full ? buckets_.erase(each) : std::next(each);
    }
}

std::int64_t RateLimiter::take(std::string const& name) {
    std::lock_guard const lock(guard_);
    auto const now = clock_.monotonic();
    if (buckets_.size() >= names_max && buckets_.count(name) == 0)
        forget_full(now);
    auto const key = buckets_.size() >= names_max && buckets_.count(name) == 0 ? std::string() : name;
    auto& bucket = buckets_.try_emplace(key, Bucket{burst_, now}).first->second;
    bucket.tokens = std::min(burst_, bucket.tokens + minutes_between(bucket.at, now) * per_minute_);
    bucket.at = now;
    if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return 0;
    }
    return std::max<std::int64_t>(
        1, static_cast<std::int64_t>(std::ceil((1 - bucket.tokens) / per_minute_ * 60)));
}

} // namespace portico::central
