#include "shared/storage/postgres/connect.h"
#include "shared/storage/postgres/connection.h"
#include "shared/storage/postgres/schema_text.h"
#include "shared/storage/postgres/types.h"

#include <charconv>
#include <optional>
#include <utility>

namespace portico::storage {

namespace {

std::int64_t big_endian(std::string_view bytes) {
    // The sign stands in the first byte, whatever the width.
    std::uint64_t value = !bytes.empty() && (static_cast<unsigned char>(bytes[0]) & 0x80) != 0 ? ~0ULL : 0ULL;
    for (char const byte : bytes)
        value = (value << 8) | static_cast<unsigned char>(byte);
    return static_cast<std::int64_t>(value);
}

bool is_integer(Oid type) {
    return type == postgres_type::int8 || type == postgres_type::int4 || type == postgres_type::int2;
}
bool is_read_as_bytes(Oid type) {
    return type == postgres_type::text || type == postgres_type::bytea || type == postgres_type::varchar ||
           type == postgres_type::name;
}

class PostgresStatement final : public PreparedStatement {
public:
    PostgresStatement(std::string sql, std::shared_ptr<PostgresConnection> connection)
        : PreparedStatement(std::move(sql)), connection_(std::move(connection)) {}

    void bind_integer(int index, std::int64_t value) override { parameters_.integer(index, value); }
    void bind_text(int index, std::string_view text) override { parameters_.text(index, text); }
    void bind_blob(int index, ByteView blob) override { parameters_.blob(index, blob); }
    void bind_null(int index) override { parameters_.null(index); }

    /// The first step runs it and has all rows: statements of one connection can be read side by side.
    Result<bool> step() override {
        if (!result_) {
            result_ = TRY(connection_->run_prepared(sql(), parameters_));
            row_ = -1;
            TRY(check_types());
        }
        if (++row_ < PQntuples(result_.get()))
            return true;
        result_.reset();
        return false;
    }
    void reset() override {
        result_.reset();
        parameters_.clear();
    }

    std::int64_t integer(int column) const override {
        auto const bytes = cell(column);
        if (!bytes)
            return 0;
        if (!is_read_as_bytes(PQftype(result_.get(), column)))
            return PQftype(result_.get(), column) == postgres_type::boolean
                       ? static_cast<std::int64_t>((*bytes)[0])
                       : big_endian(*bytes);
        std::int64_t number = 0;
        std::from_chars(bytes->data(), bytes->data() + bytes->size(), number);
        return number;
    }
    std::string text(int column) const override {
        auto const bytes = cell(column);
        if (!bytes)
            return {};
        return is_read_as_bytes(PQftype(result_.get(), column)) ? std::string(*bytes)
                                                                : std::to_string(integer(column));
    }
    Bytes blob(int column) const override {
        auto const bytes = text(column);
        return {bytes.begin(), bytes.end()};
    }
    bool is_null(int column) const override { return !cell(column); }

private:
    /// A type that nobody here reads must not read as 0.
    Result<void> check_types() {
        for (int column = 0; column < PQnfields(result_.get()); ++column) {
            auto const type = PQftype(result_.get(), column);
            if (is_integer(type) || is_read_as_bytes(type) || type == postgres_type::boolean)
                continue;
            result_.reset();
            return error(ErrorKind::Internal, "sql",
                         "column " + std::to_string(column) + " of a query is of a type that is not read (" +
                             std::to_string(type) + "): cast it to BIGINT or TEXT");
        }
        return ok();
    }
    std::optional<std::string_view> cell(int column) const {
        if (!result_ || row_ < 0 || row_ >= PQntuples(result_.get()) || column >= PQnfields(result_.get()) ||
            PQgetisnull(result_.get(), row_, column) != 0)
            return std::nullopt;
        return std::string_view(PQgetvalue(result_.get(), row_, column),
                                static_cast<std::size_t>(PQgetlength(result_.get(), row_, column)));
    }

    std::shared_ptr<PostgresConnection> connection_;
    PostgresParameters parameters_;
    PostgresResult result_;
    int row_ = -1;
};

class PostgresEngine final : public Engine {
public:
    explicit PostgresEngine(std::shared_ptr<PostgresConnection> connection)
        : connection_(std::move(connection)) {}

    /// The server sees it with its first values: only then are their types known.
    Result<std::unique_ptr<PreparedStatement>> prepare(std::string_view sql) override {
        return std::make_unique<PostgresStatement>(std::string(sql), connection_);
    }
    Result<void> execute(std::string_view sql) override {
        TRY(connection_->run(postgres_schema_text(sql)));
        return ok();
    }
    Result<void> begin(TransactionKind kind) override { return connection_->begin(kind); }
    Result<void> commit() override { return connection_->commit(); }
    void roll_back() noexcept override { connection_->roll_back(); }
    std::int64_t changed_rows() const override { return connection_->changed_rows(); }
    Result<void> backup_to(std::filesystem::path const&) override {
        return error(ErrorKind::Internal, "backup_by_server_tools", "PostgreSQL is copied by pg_dump");
    }

private:
    std::shared_ptr<PostgresConnection> connection_;
};

} // namespace

Result<Database> connect_postgres(PostgresAddress const& address, OpenMode mode) {
    auto connection = std::make_shared<PostgresConnection>(address, mode);
    TRY(connection->open());
    return Database(std::make_unique<PostgresEngine>(std::move(connection)));
}

} // namespace portico::storage
