#pragma once

#include "shared/storage/engine.h"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string_view>

namespace portico::storage {

/// The statements of one connection that nobody uses at the moment, by their SQL. Parsing one costs more than
/// most of them do. Outlives its connection while statements are still out; those end when they come back.
class StatementCache {
public:
    /// Nothing when there is none for this text, or it is in use.
    std::unique_ptr<PreparedStatement> take(std::string_view sql);
    /// Resets it and forgets what was bound.
    void give_back(std::unique_ptr<PreparedStatement> statement);
    /// Keeps none from now on: the connection ends.
    void close();

private:
    /// Central has about a hundred; text made at run time must not pile up.
    static constexpr std::size_t kept_max = 200;

    /// Each by the text that it holds itself.
    std::multimap<std::string_view, std::unique_ptr<PreparedStatement>> idle_;
    bool closed_ = false;
};

} // namespace portico::storage
