#pragma once

#include "central/blocking.h"
#include "central/store/store_address.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace portico::central {

/// The one place that holds central's data. All writes go through one writer thread that commits in groups: a
/// call returns when its change is durable. Reads use their own connections. Safe from any thread.
///
/// The SQL behind it keeps to what SQLite and PostgreSQL both understand (docs/architecture.md, "Store"): ids
/// made by us, parameters by number, ON CONFLICT (target), times as integer microseconds, no triggers, short
/// transactions. Several processes may have one store open; each write is alone among those of all.
class Store {
public:
    /// Opens or creates a SQLite file (`:memory:` is not supported: readers have connections of their own),
    /// or connects to a server. `known` is the schema that this program works with: when a newer program has
    /// taken it further than that, every write is refused (Unavailable "program_superseded"). None: not
    /// looked at.
    static Result<std::unique_ptr<Store>> open(StoreAddress const& address,
                                               storage::Database::KnownSchema known = {});
    Store(Store const&) = delete;
    Store& operator=(Store const&) = delete;
    ~Store();

    /// Runs `change` on the writer's connection inside a savepoint and commits it, together with others that
    /// wait. An error from `change` undoes its own work only. Returns when the commit is on disk.
    /// Errors: those of `change`; Full, Corrupt, Unavailable when the commit failed (then nothing was kept).
    Result<void> write(std::function<Result<void>(storage::Database&)> change);

    /// The same with a value.
    template <class T>
    Result<T> write_value(std::function<Result<T>(storage::Database&)> change) {
        std::optional<T> value;
        TRY(write([&](storage::Database& database) -> Result<void> {
            value.emplace(TRY(change(database)));
            return ok();
        }));
        return std::move(*value);
    }

    /// Runs `question` on a read-only connection from a pool, on this thread.
    template <class T>
    Result<T> read(std::function<Result<T>(storage::Database&)> const& question) {
        std::optional<BlockingSection> server;
        if (address_.server() != nullptr)
            server.emplace();
        auto connection = TRY(take_reader());
        auto answer = question(*connection);
        give_back(std::move(connection));
        return answer;
    }

    /// Errors: Unavailable "program_superseded", as a write would be refused.
    Result<void> check_still_serves();

    StoreAddress const& address() const { return address_; }

    /// While one stands, every write of its thread also runs `companion`, in the same transaction and after
    /// the change: so a call's audit record cannot be apart from what the call wrote.
    class Companion {
    public:
        explicit Companion(std::function<Result<void>(storage::Database&)> companion);
        Companion(Companion const&) = delete;
        Companion& operator=(Companion const&) = delete;
        ~Companion();

    private:
        friend class Store;
        std::function<Result<void>(storage::Database&)> run_;
        Companion* outer_;
    };

private:
    /// Shared by its caller and the writer. A lock of its own: all of a group wake up at the same time, and
    /// must not queue for one.
    struct Job {
        std::function<Result<void>(storage::Database&)> change;
        std::mutex guard;
        std::condition_variable done;
        std::optional<Result<void>> outcome;

        void end(Result<void> how);
        Result<void> wait();
    };
    using Group = std::vector<std::shared_ptr<Job>>;

    Store(StoreAddress address, storage::Database writer, storage::Database::KnownSchema known);
    Result<void> check_schema(storage::Database& database) const;
    void write_loop();
    /// How each of them ended; an error when nothing of all was kept.
    Result<std::vector<Result<void>>> commit_group(Group const& group);
    Result<std::unique_ptr<storage::Database>> take_reader();
    void give_back(std::unique_ptr<storage::Database> connection);

    StoreAddress address_;
    storage::Database writer_;
    storage::Database::KnownSchema known_;
    std::mutex guard_;
    std::condition_variable work_;
    Group waiting_;
    bool stopping_ = false;
    std::mutex readers_guard_;
    std::vector<std::unique_ptr<storage::Database>> readers_;
    std::thread thread_;
};

} // namespace portico::central
