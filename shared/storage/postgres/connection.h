#pragma once

#include "shared/storage/database.h"
#include "shared/storage/postgres/address.h"
#include "shared/storage/postgres/failure.h"

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace portico::storage {

/// The values of one call, in PostgreSQL's binary form; each with its type, so that the server never guesses.
class PostgresParameters {
public:
    void integer(int index, std::int64_t value);
    void text(int index, std::string_view value);
    void blob(int index, ByteView value);
    void null(int index);
    void clear() { values_.clear(); }

    /// One letter a value: what a prepared statement of the same SQL must agree in.
    std::string signature() const;
    std::vector<Oid> types() const;
    std::vector<char const*> pointers() const;
    std::vector<int> lengths() const;
    int count() const { return static_cast<int>(values_.size()); }

private:
    struct Value {
        Oid type = 0; ///< 0: NULL, of whatever type the statement wants
        std::string bytes;
    };
    void put(int index, Oid type, std::string bytes);
    std::vector<Value> values_;
};

/// One connection of libpq and what the server knows of us behind it. See `connect_postgres` for what a loss
/// of the connection does. Shared by an engine and its statements; one thread at a time.
class PostgresConnection {
public:
    PostgresConnection(PostgresAddress address, OpenMode mode);
    PostgresConnection(PostgresConnection const&) = delete;
    PostgresConnection& operator=(PostgresConnection const&) = delete;
    ~PostgresConnection();

    Result<void> open();
    /// One or more statements without parameters; the result of the last.
    Result<PostgresResult> run(std::string const& sql);
    /// Prepares `sql` unless the server has it already; the whole result, in binary.
    Result<PostgresResult> run_prepared(std::string const& sql, PostgresParameters const& parameters);

    Result<void> begin(TransactionKind kind);
    /// Errors beside the usual ones: Unavailable "commit_unconfirmed" when the server has written it, but no
    /// standby that it should wait for has confirmed it: it may be kept, and may be lost by a fail-over.
    Result<void> commit();
    void roll_back() noexcept;
    std::int64_t changed_rows() const { return changed_rows_; }

private:
    /// Prepared statements of one connection; past it all are dropped and made again as they are wanted.
    static constexpr std::size_t prepared_max = 400;

    Result<void> set_up();
    Result<void> check_server();
    Result<void> ready();
    Result<PostgresResult> checked(PGresult* raw);
    /// One statement, for whose result nobody waits longer. Errors: as `commit`; the connection is given up.
    Result<PostgresResult> run_within(char const* sql, std::chrono::milliseconds limit);
    Result<std::string> prepared(std::string const& sql, PostgresParameters const& parameters);
    bool lost() const { return broken_ || PQstatus(handle_) != CONNECTION_OK; }
    /// A call that failed for the connection alone may be made again: nothing of it can have been kept.
    template <class Call>
    auto with_second_try(bool harmless, Call const& call) {
        auto outcome = call();
        bool const again = outcome.has_error() && harmless && handle_ != nullptr && lost();
        return again ? call() : std::move(outcome);
    }

    PostgresAddress address_;
    OpenMode mode_;
    PGconn* handle_ = nullptr;
    /// By SQL and signature.
    std::map<std::string, std::string> prepared_;
    std::int64_t prepared_count_ = 0;
    std::int64_t changed_rows_ = 0;
    bool in_transaction_ = false;
    /// The server said WARNING since this was last put back.
    bool warned_ = false;
    /// libpq says of a server that closed the connection only at the second look that it is gone.
    bool broken_ = false;
};

} // namespace portico::storage
