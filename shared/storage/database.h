#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/storage/engine.h"

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace portico::storage {

class StatementCache;
struct Migration;

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
    Statement(std::unique_ptr<PreparedStatement> prepared, std::shared_ptr<StatementCache> home);
    std::unique_ptr<PreparedStatement> prepared_;
    std::shared_ptr<StatementCache> home_;
};

enum class OpenMode : std::uint8_t { ReadWrite, ReadOnly };

/// A connection to one database: a SQLite file (here) or PostgreSQL (`postgres/connect.h`). Not for sharing
/// between threads; open one each.
/// Errors of all calls: Full "disk_full"; Corrupt "database_corrupt"; Unavailable "database_busy" or
/// "database_unavailable"; Internal "sql" for a fault of ours. PostgreSQL alone: InvalidInput "text_invalid"
/// for text with a zero byte or that is not UTF-8.
class Database {
public:
    /// A SQLite file: WAL, synchronous=FULL, foreign keys on, secure_delete on.
    static Result<Database> open(std::filesystem::path const& file, OpenMode mode = OpenMode::ReadWrite);
    /// Lives in memory only; for tests and for data that must not rest.
    static Result<Database> in_memory();
    /// A connection that an engine has opened.
    explicit Database(std::unique_ptr<Engine> engine);

    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    Database(Database const&) = delete;
    Database& operator=(Database const&) = delete;
    ~Database();

    /// Parsed once for each text: later calls get the statement that an earlier one has given back. An error
    /// in the SQL shows here or at its first step.
    Result<Statement> prepare(std::string_view sql);
    /// One or more statements without parameters. Schema text is SQLite's; PostgreSQL reads it by the rules
    /// of `postgres/schema_text.h`.
    Result<void> execute(std::string_view sql);
    std::int64_t changed_rows() const;
    /// Copies the whole database to `file` while others go on; the copy is complete or absent. SQLite only:
    /// PostgreSQL refuses (Internal "backup_by_server_tools").
    Result<void> backup_to(std::filesystem::path const& file);

    /// What `migrate` was given on this connection: each component with its newest version.
    using KnownSchema = std::map<std::string, int, std::less<>>;
    KnownSchema const& known_schema() const { return known_schema_; }

private:
    friend class Transaction;
    friend Result<void> migrate(Database& database, std::string_view component,
                                std::initializer_list<Migration> migrations);
    std::unique_ptr<Engine> engine_;
    std::shared_ptr<StatementCache> statements_;
    KnownSchema known_schema_;
};

/// Begins at construction; rolls back when it goes without `commit`.
class Transaction {
public:
    /// Takes the right to write now: it cannot fail later for another writer, and nothing that it reads is
    /// changed by another before it ends. Waits for the writer before it; Unavailable "database_busy" after
    /// 10 s.
    static Result<Transaction> begin(Database& database);
    /// All its reads see one moment; what it writes is refused or lost.
    static Result<Transaction> begin_read(Database& database);
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
///
/// Programs of two versions may run side by side over one database: the newer one migrates while the older
/// one serves. So a step says the oldest version of its component that a program may know and still work. One
/// that only adds what older programs need not know (a table, an index, a column that may be NULL or has a
/// default) names an older one; one that takes away or changes what they use names its own, and belongs into
/// a release whose predecessor already does without.
struct Migration {
    std::string_view component;
    int version;
    std::string_view sql;
    int works_with = version;
};
/// Applies what is missing, each in its own transaction. Errors: Corrupt "schema_newer" when a newer program
/// has taken a step that this one cannot work with.
Result<void> migrate(Database& database, std::string_view component,
                     std::initializer_list<Migration> migrations);
/// Whether a program that knows `known` still works with the schema as it is now; inside a write transaction
/// the answer holds to its end, as steps are writes. Errors: Corrupt "schema_newer"; those of the database.
Result<void> check_schema(Database& database, Database::KnownSchema const& known);

} // namespace portico::storage
