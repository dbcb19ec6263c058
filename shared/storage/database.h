#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace portico::storage {

class StatementCache;

/// One prepared statement. Parameters are bound by number from 1 ($1 in the SQL: read alike by SQLite and
/// PostgreSQL). Goes back to its connection when it ends, to be handed out again for the same SQL. Not for
/// sharing between threads.
class Statement {
public:
    Statement(Statement&&) noexcept;
    Statement& operator=(Statement&&) noexcept;
    Statement(Statement const&) = delete;
    Statement& operator=(Statement const&) = delete;
    ~Statement();

    Statement& bind(int index, std::int64_t value);
    Statement& bind(int index, std::string_view text);
    Statement& bind(int index, std::string const& text) { return bind(index, std::string_view(text)); }
    Statement& bind(int index, ByteView blob);
    Statement& bind_null(int index);
    Statement& bind(int index, std::optional<std::string> const& text);

    /// True while there is a row. Errors: as `Database`; Conflict "constraint" for a broken constraint.
    Result<bool> step();
    /// Runs to the end, then is ready to be bound again.
    Result<void> run();
    /// Ready to be bound and stepped again.
    void reset();

    /// Columns count from 0; NULL reads as 0 or empty.
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    Bytes blob(int column) const;
    bool is_null(int column) const;

private:
    friend class Database;
    Statement(sqlite3_stmt* handle, std::string sql, std::shared_ptr<StatementCache> home);
    sqlite3_stmt* handle_ = nullptr;
    std::string sql_;
    std::shared_ptr<StatementCache> home_;
};

enum class OpenMode : std::uint8_t { ReadWrite, ReadOnly };

/// A connection to one SQLite file: WAL, synchronous=FULL, foreign keys on, secure_delete on. Not for sharing
/// between threads; open one each.
/// Errors of all calls: Full "disk_full"; Corrupt "database_corrupt"; Unavailable "database_busy" or
/// "database_unavailable"; Internal "sql" for a fault of ours.
class Database {
public:
    static Result<Database> open(std::filesystem::path const& file, OpenMode mode = OpenMode::ReadWrite);
    /// Lives in memory only; for tests and for data that must not rest.
    static Result<Database> in_memory();

    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    Database(Database const&) = delete;
    Database& operator=(Database const&) = delete;
    ~Database();

    /// Parsed once for each text: later calls get the statement that an earlier one has given back.
    Result<Statement> prepare(std::string_view sql);
    /// One or more statements without parameters.
    Result<void> execute(std::string_view sql);
    std::int64_t changed_rows() const;
    /// Copies the whole database to `file` while others go on; the copy is complete or absent.
    Result<void> backup_to(std::filesystem::path const& file);
    sqlite3* handle() const { return handle_; }

private:
    explicit Database(sqlite3* handle);
    sqlite3* handle_ = nullptr;
    std::shared_ptr<StatementCache> statements_;
};

/// Begins at construction; rolls back when it goes without `commit`.
class Transaction {
public:
    /// IMMEDIATE: takes the write lock now, so that it cannot fail later for another writer.
    static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    Transaction(Transaction const&) = delete;
    Transaction& operator=(Transaction const&) = delete;
    ~Transaction();
    Result<void> commit();

private:
    explicit Transaction(Database& database) : database_(&database) {}
    Database* database_;
};

/// One step of a schema. `version` counts from 1 without gaps within a `component`.
struct Migration {
    std::string_view component;
    int version;
    std::string_view sql;
};
/// Applies what is missing, each in its own transaction. Errors: Corrupt "schema_newer" when the file was
/// written by a newer program.
Result<void> migrate(Database& database, std::string_view component,
                     std::initializer_list<Migration> migrations);

} // namespace portico::storage
