#pragma once

#include "shared/client/central.h"
#include "shared/client/outbox.h"
#include "shared/client/replica.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

/// What keeping in step with central is made of, a step at a time; when, how often and on which thread is
/// `Sync`.
namespace portico::client {

/// Changes in one page.
inline constexpr int pull_page_max = 500;

struct Pulled {
    bool moved = false; ///< there was something new
    std::vector<api::TerminalEvent> events;
};
/// Asks for what follows the replica's cursor, waits at central for up to `wait_s` when there is nothing, and
/// applies the page. `answered` is called when central has answered, before anything is applied.
/// Errors: those of Central::changes and the replica; the same page comes again then.
Result<Pulled> pull_changes(Central& central, Replica& replica, int wait_s, std::stop_token cancel,
                            std::function<void()> const& answered = {});

enum class Push : std::uint8_t {
    NothingWaits,
    Settled,  ///< central answered for at least one
    LeftSome, ///< it answered for none: try again later
};
/// Pushes the oldest batch and settles what central answered for. Errors: those of Central::push and the
/// outbox; all stays in the outbox then, and may be sent again.
Result<Push> push_operations(Central& central, Outbox& outbox, std::stop_token cancel);

} // namespace portico::client
