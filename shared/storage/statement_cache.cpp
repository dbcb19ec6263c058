#include "shared/storage/statement_cache.h"

#include <sqlite3.h>
#include <utility>

namespace portico::storage {

StatementCache::~StatementCache() {
    close();
}

sqlite3_stmt* StatementCache::take(std::string_view sql) {
    auto const found = idle_.find(sql);
    if (found == idle_.end())
        return nullptr;
    auto* const statement = found->second;
    idle_.erase(found);
    return statement;
}

void StatementCache::give_back(std::string sql, sqlite3_stmt* statement) {
    if (closed_ || idle_.size() >= kept_max) {
        sqlite3_finalize(statement);
        return;
    }
    // Reset ends its read; the bindings may be personal.
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    idle_.emplace(std::move(sql), statement);
}

void StatementCache::close() {
    closed_ = true;
    for (auto const& [sql, statement] : idle_)
        sqlite3_finalize(statement);
    idle_.clear();
}

} // namespace portico::storage
