#pragma once

#include <cstddef>
#include <cstdint>

namespace portico::central::sample {

/// Splitmix64 with our own ranges: the standard's distributions differ between libraries, and a sample must
/// be the same everywhere. Not for secrets.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    /// An independent stream for a part, so that parts can be made in any order.
    Random(std::uint64_t seed, std::uint64_t part) : state_(seed * 0x9E3779B97F4A7C15ULL ^ mix(part + 1)) {}

    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15ULL;
        return mix(state_);
    }
    /// 0 to count - 1; the bias of the remainder is far below what a sample shows.
    std::uint64_t below(std::uint64_t count) { return count == 0 ? 0 : next() % count; }
    int between(int low, int high) {
        return low + static_cast<int>(below(static_cast<std::uint64_t>(high - low) + 1));
    }
    bool chance(int percent) { return below(100) < static_cast<std::uint64_t>(percent); }
    template <class List>
    auto const& pick(List const& list) {
        return list[static_cast<std::size_t>(below(list.size()))];
    }

private:
    static std::uint64_t mix(std::uint64_t z) {
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }
    std::uint64_t state_;
};

} // namespace portico::central::sample
