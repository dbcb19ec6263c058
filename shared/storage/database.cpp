#include "shared/storage/database.h"

#include "shared/storage/statement_cache.h"

#include <sqlite3.h>
#include <system_error>
#include <utility>

namespace portico::storage {

namespace {

constexpr int busy_timeout_ms = 10'000;

Error failure(sqlite3* handle, int code) {
    // SQLite's messages name tables and columns, never values.
    std::string const message = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    switch (code & 0xFF) {
    case SQLITE_FULL:
        return error(ErrorKind::Full, "disk_full", "no space left for the database: free some and try again");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return error(ErrorKind::Corrupt, "database_corrupt", message);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error(ErrorKind::Unavailable, "database_busy", message);
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return error(ErrorKind::Unavailable, "database_unavailable", message);
    case SQLITE_CONSTRAINT:
        return error(ErrorKind::Conflict, "constraint", message);
    default:
        return error(ErrorKind::Internal, "sql", message);
    }
}

/// "$2" as PostgreSQL reads it, by its number. SQLite takes "$2" for a name and numbers names in the order
/// they appear, so a statement that says $2 before $1 would be bound the wrong way round; "?2" is by number.
std::string with_numbered_parameters(std::string_view sql) {
    std::string out(sql);
    bool quoted = false;
    for (std::size_t at = 0; at < out.size(); ++at) {
        if (out[at] == '\'')
            quoted = !quoted;
        else if (out[at] == '$' && !quoted && at + 1 < out.size() && out[at + 1] >= '0' && out[at + 1] <= '9')
            out[at] = '?';
    }
    return out;
}

} // namespace

Statement::Statement(sqlite3_stmt* handle, std::string sql, std::shared_ptr<StatementCache> home)
    : handle_(handle), sql_(std::move(sql)), home_(std::move(home)) {}
Statement::Statement(Statement&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), sql_(std::move(other.sql_)),
      home_(std::move(other.home_)) {}
Statement& Statement::operator=(Statement&& other) noexcept {
    std::swap(handle_, other.handle_);
    std::swap(sql_, other.sql_);
    std::swap(home_, other.home_);
    return *this;
}
Statement::~Statement() {
    if (handle_ != nullptr)
        home_->give_back(std::move(sql_), handle_);
}

Statement& Statement::bind(int index, std::int64_t value) {
    sqlite3_bind_int64(handle_, index, value);
    return *this;
}
Statement& Statement::bind(int index, std::string_view text) {
    sqlite3_bind_text64(handle_, index, text.data() != nullptr ? text.data() : "", text.size(),
                        SQLITE_TRANSIENT, SQLITE_UTF8);
    return *this;
}
Statement& Statement::bind(int index, ByteView blob) {
    static constexpr std::uint8_t nothing = 0;
    sqlite3_bind_blob64(handle_, index, blob.data() != nullptr ? blob.data() : &nothing, blob.size(),
                        SQLITE_TRANSIENT);
    return *this;
}
Statement& Statement::bind_null(int index) {
    sqlite3_bind_null(handle_, index);
    return *this;
}
Statement& Statement::bind(int index, std::optional<std::string> const& text) {
    return text ? bind(index, std::string_view(*text)) : bind_null(index);
}

Result<bool> Statement::step() {
    int const code = sqlite3_step(handle_);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    auto problem = failure(sqlite3_db_handle(handle_), code);
    sqlite3_reset(handle_);
    return problem;
}

Result<void> Statement::run() {
    while (TRY(step())) {
    }
    reset();
    return ok();
}

void Statement::reset() {
    sqlite3_reset(handle_);
    sqlite3_clear_bindings(handle_);
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(handle_, column);
}
std::string Statement::text(int column) const {
    auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(handle_, column));
    return text != nullptr
               ? std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column)))
               : std::string();
}
Bytes Statement::blob(int column) const {
    auto const* data = static_cast<std::uint8_t const*>(sqlite3_column_blob(handle_, column));
    return data != nullptr ? Bytes(data, data + sqlite3_column_bytes(handle_, column)) : Bytes();
}
bool Statement::is_null(int column) const {
    return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

Database::Database(sqlite3* handle) : handle_(handle), statements_(std::make_shared<StatementCache>()) {}
Database::Database(Database&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), statements_(std::move(other.statements_)) {}
Database& Database::operator=(Database&& other) noexcept {
    std::swap(handle_, other.handle_);
    std::swap(statements_, other.statements_);
    return *this;
}
Database::~Database() {
    if (statements_)
        statements_->close();
    sqlite3_close_v2(handle_);
}

Result<Database> Database::open(std::filesystem::path const& file, OpenMode mode) {
    sqlite3* handle = nullptr;
    int const flags =
        mode == OpenMode::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int const code = sqlite3_open_v2(file.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database(handle);
    if (code != SQLITE_OK)
        return failure(handle, code);
    sqlite3_busy_timeout(handle, busy_timeout_ms);
    if (mode == OpenMode::ReadWrite) {
        TRY(database.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"));
        std::error_code ignored;
        std::filesystem::permissions(
            file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
    }
    TRY(database.execute("PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF;"));
    return database;
}

Result<Database> Database::in_memory() {
    sqlite3* handle = nullptr;
    int const code =
        sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database(handle);
    if (code != SQLITE_OK)
        return failure(handle, code);
    TRY(database.execute("PRAGMA foreign_keys=ON;"));
    return database;
}

Result<Statement> Database::prepare(std::string_view sql) {
    if (auto* const ready = statements_->take(sql))
        return Statement(ready, std::string(sql), statements_);
    sqlite3_stmt* statement = nullptr;
    auto const numbered = with_numbered_parameters(sql);
    int const code = sqlite3_prepare_v3(handle_, numbered.data(), static_cast<int>(numbered.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK)
        return failure(handle_, code);
    return Statement(statement, std::string(sql), statements_);
}

Result<void> Database::execute(std::string_view sql) {
    int const code = sqlite3_exec(handle_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return failure(handle_, code);
    return ok();
}

std::int64_t Database::changed_rows() const {
    return sqlite3_changes64(handle_);
}

Result<void> Database::backup_to(std::filesystem::path const& file) {
    auto const partial = std::filesystem::path(file.string() + ".partial");
    std::error_code ignored;
    std::filesystem::remove(partial, ignored);
    {
        sqlite3* target = nullptr;
        int const opened =
            sqlite3_open_v2(partial.c_str(), &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
        Database const copy(target);
        if (opened != SQLITE_OK)
            return failure(target, opened);
        auto* backup = sqlite3_backup_init(target, "main", handle_, "main");
        if (backup == nullptr)
            return failure(target, sqlite3_errcode(target));
        // All pages in one step: a copy in pieces starts over whenever another connection writes.
        int const code = sqlite3_backup_step(backup, -1);
        sqlite3_backup_finish(backup);
        if (code != SQLITE_DONE) {
            std::filesystem::remove(partial, ignored);
            return failure(target, code);
        }
    }
    std::error_code moved;
    std::filesystem::rename(partial, file, moved);
    if (moved)
        return error(ErrorKind::Unavailable, "backup_file",
                     "cannot write " + file.string() + ": " + moved.message());
    return ok();
}

Result<Transaction> Transaction::begin(Database& database) {
    TRY(database.execute("BEGIN IMMEDIATE"));
    return Transaction(database);
}
Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
Transaction::~Transaction() {
    if (database_ != nullptr)
        sqlite3_exec(database_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}
Result<void> Transaction::commit() {
    TRY(database_->execute("COMMIT"));
    database_ = nullptr;
    return ok();
}

Result<void> migrate(Database& database, std::string_view component,
                     std::initializer_list<Migration> migrations) {
    TRY(database.execute("CREATE TABLE IF NOT EXISTS schema_version"
                         " (component TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT"));
    for (auto const& migration : migrations) {
        auto transaction = TRY(Transaction::begin(database));
        auto query = TRY(database.prepare("SELECT version FROM schema_version WHERE component = $1"));
        query.bind(1, component);
        int const present = TRY(query.step()) ? static_cast<int>(query.integer(0)) : 0;
        query.reset();
        int const newest = static_cast<int>(migrations.size());
        if (present > newest)
            return error(ErrorKind::Corrupt, "schema_newer",
                         "the database was written by a newer program: use that program or a backup");
        if (migration.version <= present)
            continue;
        TRY(database.execute(migration.sql));
        auto update =
            TRY(database.prepare("INSERT INTO schema_version (component, version) VALUES ($1, $2)"
                                 " ON CONFLICT (component) DO UPDATE SET version = excluded.version"));
        TRY(update.bind(1, component).bind(2, std::int64_t{migration.version}).run());
        TRY(transaction.commit());
    }
    return ok();
}

} // namespace portico::storage
