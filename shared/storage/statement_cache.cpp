#include "shared/storage/statement_cache.h"

#include <new>
#include <utility>

namespace portico::storage {

std::unique_ptr<PreparedStatement> StatementCache::take(std::string_view sql) {
    auto const found = idle_.find(sql);
    if (found == idle_.end())
        return nullptr;
    auto statement = std::move(found->second);
    idle_.erase(found);
    return statement;
}

void StatementCache::give_back(std::unique_ptr<PreparedStatement> statement) {
    if (closed_ || idle_.size() >= kept_max)
        return;
    // Reset ends its read; the bindings may be personal.
    statement->reset();
    std::string_view const sql = statement->sql();
    try {
        idle_.emplace(sql, std::move(statement));
    } catch (std::bad_alloc const&) {
        // Without room to keep it, it ends; the next call prepares its own.
    }
}

void StatementCache::close() {
    closed_ = true;
    idle_.clear();
}

} // namespace portico::storage
