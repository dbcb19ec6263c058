#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace portico::storage {

/// One statement as an engine holds it. What each call promises is written at `Statement`, which hands it
/// out.
class PreparedStatement {
public:
    explicit PreparedStatement(std::string sql) : sql_(std::move(sql)) {}
    PreparedStatement(PreparedStatement const&) = delete;
    PreparedStatement& operator=(PreparedStatement const&) = delete;
    virtual ~PreparedStatement() = default;

    virtual void bind_integer(int index, std::int64_t value) = 0;
    virtual void bind_text(int index, std::string_view text) = 0;
    virtual void bind_blob(int index, ByteView blob) = 0;
    virtual void bind_null(int index) = 0;
    virtual Result<bool> step() = 0;
    /// Ends its read and forgets what was bound.
    virtual void reset() = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual std::string text(int column) const = 0;
    virtual Bytes blob(int column) const = 0;
    virtual bool is_null(int column) const = 0;

    /// As the caller wrote it.
    std::string const& sql() const { return sql_; }

private:
    std::string sql_;
};

enum class TransactionKind : std::uint8_t {
    Write, ///< alone among all writers from its first moment on: what it reads nobody changes before it ends
    Read,  ///< sees one moment of the whole database, writes nothing
};

/// A connection to one database, as `Database` and `Transaction` want it. An engine is one file format or one
/// server's protocol; all SQL stays with the callers and is written once for all engines.
/// Statements may outlive it.
class Engine {
public:
    Engine() = default;
    Engine(Engine const&) = delete;
    Engine& operator=(Engine const&) = delete;
    virtual ~Engine() = default;

    virtual Result<std::unique_ptr<PreparedStatement>> prepare(std::string_view sql) = 0;
    virtual Result<void> execute(std::string_view sql) = 0;
    virtual Result<void> begin(TransactionKind kind) = 0;
    virtual Result<void> commit() = 0;
    virtual void roll_back() noexcept = 0;
    virtual std::int64_t changed_rows() const = 0;
    virtual Result<void> backup_to(std::filesystem::path const& file) = 0;
};

} // namespace portico::storage
