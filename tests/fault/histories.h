#pragma once

#include "shared/base/error.h"
#include "tests/support/linearizable.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

/// What clients of central recorded, and what each part of it may answer when it is asked by one after the
/// other; for `linearizable`.
namespace portico::test {

/// What clients in threads did, in one order of all events.
template <class Call>
class History {
public:
    /// Makes a call; `body` fills in its answer, or says by false that none came.
    void record(Call call, std::function<bool(Call&)> const& body) {
        Timed<Call> timed;
        timed.made = order_++;
        bool const answered = body(call);
        timed.answered = answered ? order_++ : Timed<Call>::never;
        timed.call = std::move(call);
        std::lock_guard const lock(guard_);
        calls_.push_back(std::move(timed));
    }
    /// As of the calls that have ended.
    std::vector<Timed<Call>> const& calls() const { return calls_; }
    std::size_t size() const {
        std::lock_guard const lock(guard_);
        return calls_.size();
    }

private:
    std::atomic<std::uint64_t> order_ = 0;
    mutable std::mutex guard_;
    std::vector<Timed<Call>> calls_;
};

/// An error of this kind is central's own answer; after another nobody knows whether the call was carried
/// out.
inline bool came(ErrorKind kind) {
    return kind != ErrorKind::Unavailable && kind != ErrorKind::TimedOut && kind != ErrorKind::TooMany;
}

// ---- the register of a member's cards ----

struct CardCall {
    bool begins = false; ///< else: it is told how the issue ended
    int issue = 0;
    bool good = false; ///< begun, or taken in
    std::string reason;
};
struct Register {
    std::map<int, char> issues; ///< 'b'egun, 'c'ompleted
    bool operator<(Register const& other) const { return issues < other.issues; }
};

inline std::optional<Register> after_card_call(Register const& state, CardCall const& call, bool answered) {
    auto next = state;
    auto const known = state.issues.find(call.issue);
    if (!call.begins) {
        if (known == state.issues.end() || known->second != 'b')
            return !answered || !call.good ? std::optional(state) : std::nullopt;
        next.issues[call.issue] = 'c';
        return !answered || call.good ? std::optional(next) : std::nullopt;
    }
    std::string refusal;
    int open = 0;
    for (auto const& [issue, how] : state.issues)
        open += how == 'b' ? 1 : 0;
    if (known == state.issues.end())
        refusal = open > 0 ? "card_issue_open" : state.issues.size() >= 5 ? "card_limit" : "";
    if (answered && (call.good != refusal.empty() || call.reason != refusal))
        return std::nullopt;
    if (refusal.empty() && known == state.issues.end())
        next.issues[call.issue] = 'b';
    return next;
}

// ---- operations by their id ----

struct PushCall {
    unsigned operation = 0;
    std::string outcome;
};

/// `applied`: one bit an operation.
inline std::optional<std::uint64_t> after_push(std::uint64_t applied, PushCall const& call, bool answered) {
    auto const bit = std::uint64_t{1} << call.operation;
    if (answered && call.outcome != ((applied & bit) != 0 ? "duplicate" : "applied"))
        return std::nullopt;
    return applied | bit;
}

} // namespace portico::test
