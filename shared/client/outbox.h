#pragma once

#include "shared/api/operations.h"
#include "shared/base/clock.h"
#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace portico::client {

/// Operations that wait for the network, at most this many; then "outbox_full".
inline constexpr std::int64_t outbox_operations_max = 10'000;
/// Operations in one push. Source: shared/api/operations.h.
inline constexpr int push_operations_max = 100;

struct OutboxCounts {
    std::int64_t waiting = 0;
    std::int64_t sent = 0;    ///< applied by central, ever
    std::int64_t refused = 0; ///< not yet shown to a person
    bool operator==(OutboxCounts const&) const = default;
};
/// An operation that central refused: what to show. What it held is gone from this terminal.
struct RefusedOperation {
    std::string id;
    std::string reason;
};

/// How one that was added here stands.
struct OperationStanding {
    enum class Where : std::uint8_t {
        Waiting, ///< for central's answer
        Refused, ///< and no person has seen it yet
        Settled, ///< applied, or refused and seen; so is what was never added here
    };
    std::string id = {};
    Where where = Where::Settled;
    std::string reason = {}; ///< refused: why
};

/// What this terminal changes and central has not yet applied: sealed to central's public key, in one SQLite
/// file. Nothing here can be read back on the terminal. An operation stays until central has answered for it;
/// sending one twice does no harm, because central applies it once by its id. Safe from any thread.
class Outbox {
public:
    /// Errors: those of Database::open and migrate.
    static Result<std::unique_ptr<Outbox>> open(std::filesystem::path const& file, Bytes sealing_public_key,
                                                Clock const& clock);

    /// Gives the operation its time, number and, where it has none yet, its id; seals it, and returns the id
    /// when it is on the disk: only then may a screen say "done". An id that waits already is not added
    /// twice. Errors: Full "outbox_full", "disk_full".
    Result<std::string> add(api::Operation operation);

    Result<OutboxCounts> counts();
    Result<std::vector<RefusedOperation>> refused();
    /// How these stand, in their order.
    Result<std::vector<OperationStanding>> standing(std::vector<std::string> const& ids);
    /// A person has seen it.
    Result<void> forget_refused(std::string const& id);

    /// The next batch to push, oldest first; empty when nothing waits.
    Result<api::PushOperations> next_batch();
    /// Takes what central answered: applied and duplicate ones go, refused ones leave id and reason. An id
    /// that is not waiting (a reply that came twice) changes nothing.
    Result<void> settle(api::PushOutcomes const& outcomes);

    /// Called after each `add`, from its thread. Set once, before use.
    void on_added(std::function<void()> added) { added_ = std::move(added); }

private:
    Outbox(storage::Database database, Bytes sealing_public_key, Clock const& clock)
        : database_(std::move(database)), sealing_public_key_(std::move(sealing_public_key)), clock_(clock) {}

    std::mutex guard_;
    storage::Database database_;
    Bytes sealing_public_key_;
    Clock const& clock_;
    std::function<void()> added_;
};

} // namespace portico::client
