#include "central/store/store.h"

#include "shared/base/out_of_memory.h"

#include <utility>

namespace portico::central {

namespace {
/// A group larger than this would make the first caller wait for too many others.
constexpr std::size_t group_size_max = 256;
/// More than the threads that read: one that is closed takes its statements and pages with it.
constexpr std::size_t idle_readers_max = 32;

thread_local Store::Companion* companion_of_thread = nullptr;
} // namespace

Store::Companion::Companion(std::function<Result<void>(storage::Database&)> companion)
    : run_(std::move(companion)), outer_(std::exchange(companion_of_thread, this)) {}
Store::Companion::~Companion() {
    companion_of_thread = outer_;
}

Result<std::unique_ptr<Store>> Store::open(StoreAddress const& address,
                                           storage::Database::KnownSchema known) {
    auto writer = TRY(address.connect());
    return std::unique_ptr<Store>(new Store(address, std::move(writer), std::move(known)));
}

Store::Store(StoreAddress address, storage::Database writer, storage::Database::KnownSchema known)
    : address_(std::move(address)), writer_(std::move(writer)), known_(std::move(known)),
      thread_([this] { write_loop(); }) {}

Result<void> Store::check_schema(storage::Database& database) const {
    if (known_.empty())
        return ok();
    auto checked = storage::check_schema(database, known_);
    if (checked.has_error() && checked.error().reason == "schema_newer")
        return error(ErrorKind::Unavailable, "program_superseded",
                     "a newer program has changed the database: this one must not serve it any more");
    return checked;
}

Result<void> Store::check_still_serves() {
    return read<void>([this](storage::Database& database) { return check_schema(database); });
}

Store::~Store() {
    {
        std::lock_guard const lock(guard_);
        stopping_ = true;
    }
    work_.notify_all();
    thread_.join();
}

Result<void> Store::write(std::function<Result<void>(storage::Database&)> change) {
    if (auto* companion = companion_of_thread; companion != nullptr)
        change = [change = std::move(change), companion](storage::Database& database) -> Result<void> {
            TRY(change(database));
            return companion->run_(database);
        };
    auto const job = std::make_shared<Job>();
    job->change = std::move(change);
    {
        std::lock_guard const lock(guard_);
        if (stopping_)
            return error(ErrorKind::Unavailable, "store_stopping", "the store is closing");
        waiting_.push_back(job);
    }
    work_.notify_one();
    return job->wait();
}

void Store::Job::end(Result<void> how) {
    change = nullptr; // what it holds is the caller's
    {
        std::lock_guard const lock(guard);
        outcome.emplace(std::move(how));
    }
    done.notify_one();
}

Result<void> Store::Job::wait() {
    BlockingSection const disk;
    std::unique_lock lock(guard);
    done.wait(lock, [&] { return outcome.has_value(); });
    return std::move(*outcome);
}

void Store::write_loop() {
    std::unique_lock lock(guard_);
    while (true) {
        work_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
        if (waiting_.empty())
            return;
        Group group;
        if (waiting_.size() <= group_size_max) {
            group.swap(waiting_);
        } else {
            group.assign(waiting_.begin(), waiting_.begin() + group_size_max);
            waiting_.erase(waiting_.begin(), waiting_.begin() + group_size_max);
        }
        lock.unlock();
        auto outcomes = or_out_of_memory([&] { return commit_group(group); });
        for (std::size_t i = 0; i < group.size(); ++i)
            group[i]->end(outcomes.has_error() ? Result<void>(outcomes.error())
                                               : std::move(outcomes.value()[i]));
        lock.lock();
    }
}

Result<std::vector<Result<void>>> Store::commit_group(Group const& group) {
    std::vector<Result<void>> outcomes;
    outcomes.reserve(group.size());
    auto transaction = TRY(storage::Transaction::begin(writer_));
    // In the transaction: nobody can change the schema between this look and the commit.
    TRY(check_schema(writer_));
    for (auto const& job : group) {
        TRY(writer_.execute("SAVEPOINT job"));
        auto outcome = or_out_of_memory([&] { return job->change(writer_); });
        if (outcome.has_error() && outcome.error().kind == ErrorKind::Full)
            return outcome.error();
        if (outcome.has_error()) {
            // What cannot be undone alone is undone with all: half of it must not be committed. Some faults
            // have rolled back everything by then; they say why.
            auto const undone = writer_.execute("ROLLBACK TO job");
            if (undone.has_error())
                return outcome.error().kind == ErrorKind::Unavailable ? outcome.error() : undone.error();
        }
        TRY(writer_.execute("RELEASE job"));
        outcomes.push_back(std::move(outcome));
    }
    TRY(transaction.commit());
    return outcomes;
}

Result<std::unique_ptr<storage::Database>> Store::take_reader() {
    {
        std::lock_guard const lock(readers_guard_);
        if (!readers_.empty()) {
            auto connection = std::move(readers_.back());
            readers_.pop_back();
            return connection;
        }
    }
    return std::make_unique<storage::Database>(TRY(address_.connect(storage::OpenMode::ReadOnly)));
}

void Store::give_back(std::unique_ptr<storage::Database> connection) {
    std::lock_guard const lock(readers_guard_);
    if (readers_.size() < idle_readers_max)
        readers_.push_back(std::move(connection));
}

} // namespace portico::central
