#include "shared/storage/database.h"

#include "shared/storage/statement_cache.h"

#include <utility>

namespace portico::storage {

Statement::Statement(std::unique_ptr<PreparedStatement> prepared, std::shared_ptr<StatementCache> home)
    : prepared_(std::move(prepared)), home_(std::move(home)) {}
Statement::Statement(Statement&&) noexcept = default;
Statement& Statement::operator=(Statement&& other) noexcept {
    std::swap(prepared_, other.prepared_);
    std::swap(home_, other.home_);
    return *this;
}
Statement::~Statement() {
    if (prepared_)
        home_->give_back(std::move(prepared_));
}

Statement& Statement::bind(int index, std::int64_t value) {
    prepared_->bind_integer(index, value);
    return *this;
}
Statement& Statement::bind(int index, std::string_view text) {
    prepared_->bind_text(index, text);
    return *this;
}
Statement& Statement::bind(int index, ByteView blob) {
    prepared_->bind_blob(index, blob);
    return *this;
}
Statement& Statement::bind_null(int index) {
    prepared_->bind_null(index);
    return *this;
}
Statement& Statement::bind(int index, std::optional<std::string> const& text) {
    return text ? bind(index, std::string_view(*text)) : bind_null(index);
}

Result<bool> Statement::step() {
    return prepared_->step();
}

Result<void> Statement::run() {
    while (TRY(step())) {
    }
    reset();
    return ok();
}

void Statement::reset() {
    prepared_->reset();
}

std::int64_t Statement::integer(int column) const {
    return prepared_->integer(column);
}
std::string Statement::text(int column) const {
    return prepared_->text(column);
}
Bytes Statement::blob(int column) const {
    return prepared_->blob(column);
}
bool Statement::is_null(int column) const {
    return prepared_->is_null(column);
}

Database::Database(std::unique_ptr<Engine> engine)
    : engine_(std::move(engine)), statements_(std::make_shared<StatementCache>()) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&& other) noexcept {
    std::swap(engine_, other.engine_);
    std::swap(statements_, other.statements_);
    return *this;
}
Database::~Database() {
    if (statements_)
        statements_->close();
}

Result<Statement> Database::prepare(std::string_view sql) {
    auto ready = statements_->take(sql);
    if (!ready)
        ready = TRY(engine_->prepare(sql));
    return Statement(std::move(ready), statements_);
}

Result<void> Database::execute(std::string_view sql) {
    return engine_->execute(sql);
}

std::int64_t Database::changed_rows() const {
    return engine_->changed_rows();
}

Result<void> Database::backup_to(std::filesystem::path const& file) {
    return engine_->backup_to(file);
}

Result<Transaction> Transaction::begin(Database& database) {
    TRY(database.engine_->begin(TransactionKind::Write));
    return Transaction(database);
}
Result<Transaction> Transaction::begin_read(Database& database) {
    TRY(database.engine_->begin(TransactionKind::Read));
    return Transaction(database);
}
Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
Transaction::~Transaction() {
    if (database_ != nullptr)
        database_->engine_->roll_back();
}
Result<void> Transaction::commit() {
    TRY(database_->engine_->commit());
    database_ = nullptr;
    return ok();
}

Result<void> migrate(Database& database, std::string_view component,
                     std::initializer_list<Migration> migrations) {
    {
        // Two programs may meet here: one makes it, the other waits.
        auto transaction = TRY(Transaction::begin(database));
        TRY(database.execute("CREATE TABLE IF NOT EXISTS schema_version"
                             " (component TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT"));
        TRY(transaction.commit());
    }
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
