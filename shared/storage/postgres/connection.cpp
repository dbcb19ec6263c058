#include "shared/storage/postgres/connection.h"

#include <cstdlib>
#include <poll.h>
#include <utility>

namespace portico::storage {

namespace {

/// What a URI does not say. A server that is silent is given up after some 10 s; a standby is not taken for
/// the primary, which alone has what was just written.
constexpr std::pair<char const*, char const*> defaults[] = {
    {"application_name", "portico-central"},
    {"connect_timeout", "5"},
    {"keepalives_idle", "5"},
    {"keepalives_interval", "2"},
    {"keepalives_count", "3"},
    {"tcp_user_timeout", "10000"},
    {"target_session_attrs", "primary"},
    {"client_encoding", "UTF8"},
};

/// Waiting for another writer is like SQLite's busy timeout. A node that stands still in the middle of a
/// transaction must not keep the others from writing for longer than they wait.
constexpr char const* session_settings = "SET client_min_messages = warning;"
                                         "SET standard_conforming_strings = on;"
                                         "SET lock_timeout = '10s';"
                                         "SET idle_in_transaction_session_timeout = '10s';";

/// Two nodes may read one counter before either has written it: under READ COMMITTED, and still under
/// REPEATABLE READ for what was not there, one update would be lost. So writers queue at this lock, like
/// those of a SQLite file at BEGIN IMMEDIATE; it ends with the transaction, also when its node dies. Its
/// number says "Portico".
constexpr char const* begin_write = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;"
                                    "SELECT pg_advisory_xact_lock(22640535506871151)";
/// For a standby's word a server waits without an end, and the standby may be gone. Whoever waits for us is
/// told after as long as for a busy database.
constexpr std::chrono::seconds confirmed_within{10};

constexpr char const* begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

std::string value(PGresult const* result, int column) {
    return PQgetvalue(result, 0, column);
}

Error commit_unconfirmed(std::string const& why) {
    return error(ErrorKind::Unavailable, "commit_unconfirmed",
                 "a change may be kept or not: " + why + ". Look whether a synchronous standby is connected");
}

/// True when there is something to read before `until`.
bool readable(int socket, std::chrono::steady_clock::time_point until) {
    auto const left =
        std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
    pollfd wait{socket, POLLIN, 0};
    return left > 0 && ::poll(&wait, 1, static_cast<int>(left)) != 0;
}

} // namespace

PostgresConnection::PostgresConnection(PostgresAddress address, OpenMode mode)
    : address_(std::move(address)), mode_(mode) {}

PostgresConnection::~PostgresConnection() {
    PQfinish(handle_);
}

Result<void> PostgresConnection::open() {
    PQfinish(std::exchange(handle_, nullptr));
    broken_ = false;
    prepared_.clear();
    auto options = address_.options();
    for (auto const& [name, setting] : defaults)
        options.emplace(name, setting);
    std::vector<char const*> names;
    std::vector<char const*> values;
    for (auto const& [name, setting] : options) {
        names.push_back(name.c_str());
        values.push_back(setting.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    handle_ = PQconnectdbParams(names.data(), values.data(), 0);
    if (lost()) {
        auto const why = one_line(PQerrorMessage(handle_));
        PQfinish(std::exchange(handle_, nullptr));
        return error(ErrorKind::Unavailable, "database_unavailable",
                     "the database at " + address_.shown() + " cannot be reached. " + why +
                         ". Look whether the server runs, and whether its address is right (--database, or "
                         "database in central.toml)");
    }
    PQsetNoticeReceiver(
        handle_,
        [](void* warned, PGresult const* notice) {
            auto const* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
            *static_cast<bool*>(warned) = *static_cast<bool*>(warned) ||
                                          (severity != nullptr && severity == std::string_view("WARNING"));
        },
        &warned_);
    auto outcome = set_up();
    if (outcome.has_error())
        PQfinish(std::exchange(handle_, nullptr));
    return outcome;
}

Result<void> PostgresConnection::set_up() {
    TRY(checked(PQexec(handle_, session_settings)));
    if (mode_ == OpenMode::ReadOnly)
        TRY(checked(PQexec(handle_, "SET default_transaction_read_only = on")));
    // remote_apply is stricter, and somebody's wish; anything else may lose what was acknowledged.
    TRY(checked(PQexec(handle_, "SELECT set_config('synchronous_commit', 'on', false)"
                                " WHERE current_setting('synchronous_commit') <> 'remote_apply'")));
    return check_server();
}

Result<void> PostgresConnection::check_server() {
    auto const settings =
        TRY(checked(PQexec(handle_, "SELECT current_setting('server_encoding'),"
                                    " current_setting('synchronous_commit'), current_setting('fsync')")));
    if (value(settings.get(), 0) != "UTF8")
        return error(
            ErrorKind::InvalidInput, "database_encoding",
            "the database at " + address_.shown() + " is in " + value(settings.get(), 0) +
                ", and it must be in UTF8: make one with CREATE DATABASE ... TEMPLATE template0 ENCODING "
                "'UTF8', and name that");
    auto const commit = value(settings.get(), 1);
    if ((commit != "on" && commit != "remote_apply") || value(settings.get(), 2) != "on")
        return error(ErrorKind::Unavailable, "database_not_durable",
                     "the server at " + address_.shown() +
                         " does not keep what it acknowledges: set fsync = on in its configuration (found "
                         "synchronous_commit = " +
                         commit + ", fsync = " + value(settings.get(), 2) + ")");
    return ok();
}

Result<void> PostgresConnection::ready() {
    if (handle_ != nullptr && !lost())
        return ok();
    if (in_transaction_)
        return postgres_lost("the transaction it was in is undone");
    return open();
}

Result<PostgresResult> PostgresConnection::checked(PGresult* raw) {
    PostgresResult result(raw);
    if (is_success(result.get()))
        return result;
    // The server names a state with all that it refuses: without one nothing came from it.
    broken_ = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE) == nullptr;
    if (lost())
        return postgres_lost(PQerrorMessage(handle_));
    return postgres_failure(result.get());
}

Result<PostgresResult> PostgresConnection::run_within(char const* sql, std::chrono::milliseconds limit) {
    auto const until = std::chrono::steady_clock::now() + limit;
    bool const sent = PQsendQuery(handle_, sql) == 1;
    while (sent && PQisBusy(handle_) == 1) {
        if (!readable(PQsocket(handle_), until)) {
            broken_ = true; // its answer would be taken for the next one's
            return commit_unconfirmed("the database has not answered within " +
                                      std::to_string(limit / std::chrono::seconds(1)) + " s");
        }
        if (PQconsumeInput(handle_) != 1)
            break;
    }
    PostgresResult last;
    while (auto* part = PQgetResult(handle_))
        last.reset(part);
    return checked(last.release());
}

Result<PostgresResult> PostgresConnection::run(std::string const& sql) {
    bool const harmless = mode_ == OpenMode::ReadOnly && !in_transaction_;
    auto result = TRY(with_second_try(harmless, [&]() -> Result<PostgresResult> {
        TRY(ready());
        return checked(PQexec(handle_, sql.c_str()));
    }));
    if (auto const* count = PQcmdTuples(result.get()); PQnfields(result.get()) == 0 && *count != '\0')
        changed_rows_ = std::strtoll(count, nullptr, 10);
    return result;
}

Result<std::string> PostgresConnection::prepared(std::string const& sql,
                                                 PostgresParameters const& parameters) {
    auto key = parameters.signature() + " " + sql;
    if (auto const known = prepared_.find(key); known != prepared_.end())
        return known->second;
    if (prepared_.size() >= prepared_max) {
        TRY(checked(PQexec(handle_, "DEALLOCATE ALL")));
        prepared_.clear();
    }
    auto name = "p" + std::to_string(++prepared_count_);
    auto const types = parameters.types();
    TRY(checked(PQprepare(handle_, name.c_str(), sql.c_str(), parameters.count(), types.data())));
    prepared_.emplace(std::move(key), name);
    return name;
}

Result<PostgresResult> PostgresConnection::run_prepared(std::string const& sql,
                                                        PostgresParameters const& parameters) {
    bool const harmless = mode_ == OpenMode::ReadOnly && !in_transaction_;
    auto result = TRY(with_second_try(harmless, [&]() -> Result<PostgresResult> {
        TRY(ready());
        auto const name = TRY(prepared(sql, parameters));
        auto const pointers = parameters.pointers();
        auto const lengths = parameters.lengths();
        std::vector<int> const formats(pointers.size(), 1);
        return checked(PQexecPrepared(handle_, name.c_str(), parameters.count(), pointers.data(),
                                      lengths.data(), formats.data(), 1));
    }));
    // Of a query it is the number of its rows: not ours, as in SQLite.
    std::string_view const tag = PQcmdStatus(result.get());
    if (tag.substr(0, 6) != "SELECT")
        changed_rows_ = std::strtoll(PQcmdTuples(result.get()), nullptr, 10);
    return result;
}

Result<void> PostgresConnection::begin(TransactionKind kind) {
    if (in_transaction_)
        return error(ErrorKind::Internal, "sql", "a transaction within a transaction");
    auto outcome = with_second_try(true, [&]() -> Result<void> {
        TRY(ready());
        TRY(checked(PQexec(handle_, kind == TransactionKind::Write ? begin_write : begin_read)));
        return ok();
    });
    if (outcome.has_error()) {
        if (handle_ != nullptr && !lost()) // begun, but the lock was not to be had
            PQclear(PQexec(handle_, "ROLLBACK"));
        return outcome;
    }
    in_transaction_ = true;
    return ok();
}

Result<void> PostgresConnection::commit() {
    TRY(ready());
    warned_ = false;
    auto const result = TRY(run_within("COMMIT", confirmed_within));
    in_transaction_ = false;
    // Somebody ended the wait for the standby ("canceling wait for synchronous replication"): that is said by
    // a warning, and then the commit goes on as if it were confirmed.
    if (warned_)
        return commit_unconfirmed("the wait for its confirmation was ended");
    // A transaction with a failed statement that nobody rolled back to a savepoint ends here, without an
    // error.
    if (std::string_view(PQcmdStatus(result.get())) != "COMMIT")
        return error(ErrorKind::Internal, "sql",
                     "a statement of this transaction had failed: nothing was kept");
    return ok();
}

void PostgresConnection::roll_back() noexcept {
    if (std::exchange(in_transaction_, false) && handle_ != nullptr && !lost())
        PQclear(PQexec(handle_, "ROLLBACK"));
}

} // namespace portico::storage
