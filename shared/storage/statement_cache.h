#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

struct sqlite3_stmt;

namespace portico::storage {

/// The statements of one connection that nobody uses at the moment, by their SQL. Parsing one costs more than
/// most of them do. Outlives its connection while statements are still out; those end when they come back.
class StatementCache {
public:
    StatementCache() = default;
    StatementCache(StatementCache const&) = delete;
    StatementCache& operator=(StatementCache const&) = delete;
    ~StatementCache();

    /// Nothing when there is none for this text, or it is in use.
    sqlite3_stmt* take(std::string_view sql);
    /// Resets it and forgets what was bound.
    void give_back(std::string sql, sqlite3_stmt* statement);
    /// Keeps none from now on: the connection ends.
    void close();

private:
    /// Central has about a hundred; text made at run time must not pile up.
    static constexpr std::size_t kept_max = 200;

    std::multimap<std::string, sqlite3_stmt*, std::less<>> idle_;
    bool closed_ = false;
};

} // namespace portico::storage
