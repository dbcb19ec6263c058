#pragma once

#include <chrono>
#include <thread>

namespace portico::test {

inline constexpr std::chrono::milliseconds look_again_ms{5};
/// What other processes do takes its time where many share few cores; who waits goes on as soon as it is so.
inline constexpr std::chrono::seconds eventually_max{60};

/// Asks `condition` again and again until it holds; false when it did not within `limit`. For what another
/// process does and nobody tells us of (a file, a port): the condition decides, the pause only keeps a core
/// free for that process.
template <class Condition>
bool eventually(Condition condition, std::chrono::milliseconds limit = eventually_max) {
    auto const until = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until)
            return false;
        std::this_thread::sleep_for(look_again_ms);
    }
    return true;
}

} // namespace portico::test
