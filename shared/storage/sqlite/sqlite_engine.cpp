#include "shared/base/out_of_memory.h"
#include "shared/storage/database.h"

#include <map>
#include <memory>
#include <new>
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
    case SQLITE_NOMEM:
        return out_of_memory();
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

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using StatementHandle = std::unique_ptr<sqlite3_stmt, Finalize>;

class SqliteStatement final : public PreparedStatement {
public:
    SqliteStatement(std::string sql, StatementHandle handle)
        : PreparedStatement(std::move(sql)), owned_(std::move(handle)), handle_(owned_.get()) {}

    void bind_integer(int index, std::int64_t value) override {
        keep_failure(sqlite3_bind_int64(handle_, index, value));
    }
    void bind_text(int index, std::string_view text) override {
        keep_failure(sqlite3_bind_text64(handle_, index, text.data() != nullptr ? text.data() : "",
                                         text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    }
    void bind_blob(int index, ByteView blob) override {
        static constexpr std::uint8_t nothing = 0;
        keep_failure(sqlite3_bind_blob64(handle_, index, blob.data() != nullptr ? blob.data() : &nothing,
                                         blob.size(), SQLITE_TRANSIENT));
    }
    void bind_null(int index) override { keep_failure(sqlite3_bind_null(handle_, index)); }

    Result<bool> step() override {
        // With a value missing it would run with NULL in its place.
        if (bound_ != SQLITE_OK)
            return failure(nullptr, bound_);
        int const code = sqlite3_step(handle_);
        if (code == SQLITE_ROW)
            return true;
        if (code == SQLITE_DONE)
            return false;
        auto problem = failure(sqlite3_db_handle(handle_), code);
        sqlite3_reset(handle_);
        return problem;
    }
    void reset() override {
        sqlite3_reset(handle_);
        sqlite3_clear_bindings(handle_);
        bound_ = SQLITE_OK;
    }

    std::int64_t integer(int column) const override { return sqlite3_column_int64(handle_, column); }
    std::string text(int column) const override {
        auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(handle_, column));
        if (text == nullptr)
            return nothing<std::string>();
        return {text, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
    }
    Bytes blob(int column) const override {
        auto const* data = static_cast<std::uint8_t const*>(sqlite3_column_blob(handle_, column));
        if (data == nullptr)
            return nothing<Bytes>();
        return {data, data + sqlite3_column_bytes(handle_, column)};
    }
    bool is_null(int column) const override { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

private:
    void keep_failure(int code) {
        if (bound_ == SQLITE_OK)
            bound_ = code;
    }
    /// What NULL reads as. A value that SQLite had no memory for looks the same, and must not pass for it.
    template <class T>
    T nothing() const {
        if (sqlite3_errcode(sqlite3_db_handle(handle_)) == SQLITE_NOMEM)
            throw std::bad_alloc();
        return {};
    }

    StatementHandle owned_;
    sqlite3_stmt* handle_;
    int bound_ = SQLITE_OK; ///< the first value that could not be bound says why
};

class SqliteEngine final : public Engine {
public:
    /// Takes `handle`, also one that failed to open.
    explicit SqliteEngine(sqlite3* handle) : handle_(handle) {}
    /// Statements that are still out keep it alive.
    ~SqliteEngine() override {
        kept_.clear();
        sqlite3_close_v2(handle_);
    }

    Result<std::unique_ptr<PreparedStatement>> prepare(std::string_view sql) override {
        sqlite3_stmt* statement = nullptr;
        auto const numbered = with_numbered_parameters(sql);
        int const code = sqlite3_prepare_v3(handle_, numbered.data(), static_cast<int>(numbered.size()),
                                            SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
        if (code != SQLITE_OK)
            return failure(handle_, code);
        StatementHandle owned(statement);
        return std::make_unique<SqliteStatement>(std::string(sql), std::move(owned));
    }

    Result<void> execute(std::string_view sql) override {
        if (sql.size() <= kept_text_max)
            return run_kept(sql);
        int const code = sqlite3_exec(handle_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
        if (code != SQLITE_OK)
            return failure(handle_, code);
        return ok();
    }

    /// IMMEDIATE takes the write lock now.
    Result<void> begin(TransactionKind kind) override {
        if (sqlite3_get_autocommit(handle_) == 0)
            TRY(execute("ROLLBACK")); // there was no memory for it when it was due
        return execute(kind == TransactionKind::Write ? "BEGIN IMMEDIATE" : "BEGIN");
    }
    Result<void> commit() override { return execute("COMMIT"); }
    void roll_back() noexcept override { sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr); }
    std::int64_t changed_rows() const override { return sqlite3_changes64(handle_); }
    Result<void> backup_to(std::filesystem::path const& file) override;

private:
    /// What begins and ends transactions and savepoints is as short, and is asked for with each of them.
    static constexpr std::size_t kept_text_max = 20;

    Result<void> run_kept(std::string_view sql) {
        auto found = kept_.find(sql);
        if (found == kept_.end()) {
            sqlite3_stmt* made = nullptr;
            int const code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                                SQLITE_PREPARE_PERSISTENT, &made, nullptr);
            if (code != SQLITE_OK)
                return failure(handle_, code);
            found = kept_.emplace(sql, StatementHandle(made)).first;
        }
        auto* const statement = found->second.get();
        int code = SQLITE_ROW;
        while (code == SQLITE_ROW)
            code = sqlite3_step(statement);
        Result<void> outcome = ok();
        if (code != SQLITE_DONE)
            outcome = failure(handle_, code);
        sqlite3_reset(statement);
        return outcome;
    }

    sqlite3* handle_;
    std::map<std::string, StatementHandle, std::less<>> kept_;
};

Result<void> SqliteEngine::backup_to(std::filesystem::path const& file) {
    auto const partial = std::filesystem::path(file.string() + ".partial");
    std::error_code ignored;
    std::filesystem::remove(partial, ignored);
    {
        sqlite3* target = nullptr;
        int const opened =
            sqlite3_open_v2(partial.c_str(), &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
        SqliteEngine const copy(target);
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

} // namespace

Result<Database> Database::open(std::filesystem::path const& file, OpenMode mode) {
    sqlite3* handle = nullptr;
    int const flags =
        mode == OpenMode::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int const code = sqlite3_open_v2(file.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database(std::make_unique<SqliteEngine>(handle));
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
    Database database(std::make_unique<SqliteEngine>(handle));
    if (code != SQLITE_OK)
        return failure(handle, code);
    TRY(database.execute("PRAGMA foreign_keys=ON;"));
    return database;
}

} // namespace portico::storage
