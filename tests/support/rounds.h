#pragma once

#include <cstdint>
#include <random>

namespace portico::test {

/// The rounds of a counted test (tagged "[rounds]"): each is made from its own number alone, so that one that
/// failed is run again by that number. The suite runs the first `in_suite`; `./portico rounds` runs on from
/// where it stopped, by PORTICO_ROUNDS="FIRST:COUNT".
///
///     for (auto const round : Rounds(200)) { INFO("round " << round); ... }
class Rounds {
public:
    /// From `first` on. Fails the test when PORTICO_ROUNDS cannot be read.
    explicit Rounds(std::uint64_t in_suite, std::uint64_t first = 0);

    class Iterator {
    public:
        explicit Iterator(std::uint64_t at) : at_(at) {}
        std::uint64_t operator*() const { return at_; }
        Iterator& operator++() {
            ++at_;
            return *this;
        }
        bool operator!=(Iterator const& other) const { return at_ != other.at_; }

    private:
        std::uint64_t at_;
    };
    Iterator begin() const { return Iterator(first_); }
    Iterator end() const { return Iterator(first_ + count_); }
    std::uint64_t first() const { return first_; }
    std::uint64_t count() const { return count_; }

private:
    std::uint64_t first_ = 0;
    std::uint64_t count_;
};

/// What a round draws from: the same numbers for the same round, on every machine.
class Dice {
public:
    explicit Dice(std::uint64_t round) : engine_(round * 0x9E3779B97F4A7C15U + 1) {}
    /// 0 .. below - 1.
    std::uint64_t below(std::uint64_t below) { return engine_() % below; }
    /// True once in `in` times, on average.
    bool one_in(std::uint64_t in) { return below(in) == 0; }
    std::uint64_t any() { return engine_(); }

private:
    std::mt19937_64 engine_;
};

} // namespace portico::test
