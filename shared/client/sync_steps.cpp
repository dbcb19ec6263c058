#include "shared/client/sync_steps.h"

namespace portico::client {

Result<Pulled> pull_changes(Central& central, Replica& replica, int wait_s, std::stop_token cancel,
                            std::function<void()> const& answered) {
    auto const cursor = TRY(replica.cursor());
    auto const page = TRY(central.changes(std::move(cancel), cursor, wait_s, pull_page_max));
    if (answered)
        answered();
    TRY(replica.apply(page));
    Pulled pulled;
    pulled.moved = page.restart || !page.changes.empty() || page.cursor != cursor;
    for (auto const& change : page.changes)
        if (change.event)
            pulled.events.push_back(*change.event);
    return pulled;
}

Result<Push> push_operations(Central& central, Outbox& outbox, std::stop_token cancel) {
    auto const batch = TRY(outbox.next_batch());
    if (batch.operations.empty())
        return Push::NothingWaits;
    auto const before = TRY(outbox.counts());
    auto const outcomes = TRY(central.push(std::move(cancel), batch));
    TRY(outbox.settle(outcomes));
    auto const after = TRY(outbox.counts());
    return after.sent + after.refused > before.sent + before.refused ? Push::Settled : Push::LeftSome;
}

} // namespace portico::client
