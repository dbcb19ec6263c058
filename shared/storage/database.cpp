#include "shared/storage/database.h"

#include "shared/storage/statement_cache.h"

#include <algorithm>
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
    std::swap(known_schema_, other.known_schema_);
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

namespace {

Error schema_newer() {
    return error(ErrorKind::Corrupt, "schema_newer",
                 "the database was written by a newer program: use that program or a backup");
}

Result<int> number_of(Database& database, char const* sql, std::string_view component, int otherwise) {
    auto query = TRY(database.prepare(sql));
    query.bind(1, component);
    return TRY(query.step()) ? static_cast<int>(query.integer(0)) : otherwise;
}

Result<int> present_version(Database& database, std::string_view component) {
    return number_of(database, "SELECT version FROM schema_version WHERE component = $1", component, 0);
}

/// The oldest version that still works. A schema that tells none was written by a program that knew no other.
Result<int> oldest_working(Database& database, std::string_view component, int present) {
    return number_of(database, "SELECT oldest FROM schema_floor WHERE component = $1", component, present);
}

Result<void> take_step(Database& database, Migration const& step, int present) {
    TRY(database.execute(step.sql));
    auto version = TRY(database.prepare("INSERT INTO schema_version (component, version) VALUES ($1, $2)"
                                        " ON CONFLICT (component) DO UPDATE SET version = excluded.version"));
    TRY(version.bind(1, step.component).bind(2, std::int64_t{step.version}).run());
    // A later step that only adds must not hide an earlier one that took away.
    auto const oldest = std::max(step.works_with, TRY(oldest_working(database, step.component, present)));
    auto floor = TRY(database.prepare("INSERT INTO schema_floor (component, oldest) VALUES ($1, $2)"
                                      " ON CONFLICT (component) DO UPDATE SET oldest = excluded.oldest"));
    return floor.bind(1, step.component).bind(2, std::int64_t{oldest}).run();
}

} // namespace

Result<void> migrate(Database& database, std::string_view component,
                     std::initializer_list<Migration> migrations) {
    {
        // Two programs may meet here: one makes it, the other waits.
        auto transaction = TRY(Transaction::begin(database));
        TRY(database.execute("CREATE TABLE IF NOT EXISTS schema_version"
                             " (component TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT"));
        TRY(database.execute("CREATE TABLE IF NOT EXISTS schema_floor"
                             " (component TEXT PRIMARY KEY, oldest INTEGER NOT NULL) STRICT"));
        TRY(transaction.commit());
    }
    int const newest = static_cast<int>(migrations.size());
    database.known_schema_[std::string(component)] = newest;
    for (auto const& migration : migrations) {
        auto transaction = TRY(Transaction::begin(database));
        int const present = TRY(present_version(database, component));
        if (present > newest && TRY(oldest_working(database, component, present)) > newest)
            return schema_newer();
        if (migration.version <= present)
            continue;
        TRY(take_step(database, migration, present));
        TRY(transaction.commit());
    }
    return ok();
}

Result<void> check_schema(Database& database, Database::KnownSchema const& known) {
    auto query = TRY(database.prepare("SELECT component, oldest FROM schema_floor"));
    while (TRY(query.step())) {
        auto const ours = known.find(query.text(0));
        if (ours != known.end() && query.integer(1) > ours->second)
            return schema_newer();
    }
    return ok();
}

} // namespace portico::storage
