#pragma once

#include "shared/client/outbox.h"
#include "tests/central/operations_bench.h"
#include "tests/support/catch.h"

#include <memory>
#include <set>
#include <string>

namespace portico::test {

/// A terminal's outbox and the central that it pushes to, on one disk.
class SyncDesk {
public:
    SyncDesk() = default;

    Result<void> open() {
        outbox_ = TRY(client::Outbox::open(central.scratch.folder() / "outbox.db",
                                           central.vault->sealing.public_key, central.clock));
        return ok();
    }
    void close() {
        outbox_.reset();
        central.close();
    }
    client::Outbox& outbox() { return *outbox_; }

    /// A report that the screen may call done.
    Result<std::string> add() {
        api::Operation operation;
        operation.report_directory_error =
            api::ReportDirectoryError{"role-1/location-1", "phone", "It rings a bakery."};
        return outbox_->add(std::move(operation));
    }
    /// One push, as the sync makes it; false when nothing waits. `reply_lost`: the wire goes before the
    /// answer.
    Result<bool> push(bool reply_lost) {
        auto const batch = TRY(outbox_->next_batch());
        if (batch.operations.empty())
            return false;
        auto const outcomes = TRY(central.push_sealed(batch.operations));
        if (!reply_lost)
            TRY(outbox_->settle(outcomes));
        return true;
    }

    OperationsBench central;

private:
    std::unique_ptr<client::Outbox> outbox_;
};

/// All that waits is sent; then each report that a screen called done has one effect at central. One that it
/// did not may have one too.
inline void check_all_arrived(SyncDesk& desk, std::set<std::string> const& done, std::size_t attempted) {
    for (auto more = desk.push(false); more.value(); more = desk.push(false)) {
    }
    auto const counts = desk.outbox().counts().value();
    CHECK(counts.waiting == 0);
    CHECK(counts.refused == 0);
    std::multiset<std::string> arrived;
    auto const entries = desk.central.store
                             ->read<std::vector<central::QueueEntry>>([&](storage::Database& database) {
                                 return desk.central.queue->list(database, false);
                             })
                             .value();
    for (auto const& entry : entries)
        arrived.insert(entry.operation);
    for (auto const& id : done)
        CHECK(arrived.count(id) == 1);
    CHECK(std::set(arrived.begin(), arrived.end()).size() == arrived.size());
    CHECK(arrived.size() <= attempted);
}

} // namespace portico::test
