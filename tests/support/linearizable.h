#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace portico::test {

/// One call of a history: when it was made and when its answer came, as places in one order of all events.
template <class Call>
struct Timed {
    static constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t made = 0;
    std::uint64_t answered = never; ///< never: nobody knows whether it was carried out
    Call call;                      ///< with its answer
};

/// Whether the calls, each at some moment between its making and its answer, one at a time, could have had
/// these answers. `step`: the state after a call that gives this answer, nothing when it cannot give it
/// there; of a call without an answer the state after it. At most 64 calls. Source: Wing and Gong 1993, with
/// Lowe's memory of what was tried.
template <class State, class Call, class Step>
bool linearizable(std::vector<Timed<Call>> const& history, State const& begin, Step const& step) {
    std::set<std::pair<std::uint64_t, State>> tried;
    std::function<bool(std::uint64_t, State const&)> const go = [&](std::uint64_t done, State const& state) {
        std::uint64_t first_answer = Timed<Call>::never;
        for (std::size_t i = 0; i < history.size(); ++i)
            if ((done >> i & 1U) == 0)
                first_answer = std::min(first_answer, history[i].answered);
        if (first_answer == Timed<Call>::never)
            return true; // what is left may never have been carried out
        if (!tried.emplace(done, state).second)
            return false;
        for (std::size_t i = 0; i < history.size(); ++i) {
            if ((done >> i & 1U) != 0 || history[i].made > first_answer)
                continue;
            std::optional<State> const after =
                step(state, history[i].call, history[i].answered != Timed<Call>::never);
            if (after && go(done | std::uint64_t{1} << i, *after))
                return true;
        }
        return false;
    };
    return go(0, begin);
}

} // namespace portico::test
