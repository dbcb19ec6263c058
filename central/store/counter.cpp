#include "central/store/counter.h"

namespace portico::central {

Result<void> migrate_counters(storage::Database& database) {
    return storage::migrate(database, "counters", {{"counters", 1, R"(
        CREATE TABLE feed_counter (feed TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;
    )"}});
}

Result<std::int64_t> next_count(storage::Database& database, std::string_view feed) {
    auto statement = TRY(database.prepare("INSERT INTO feed_counter (feed, last) VALUES ($1, 1)"
                                          " ON CONFLICT (feed) DO UPDATE SET last = feed_counter.last + 1"
                                          " RETURNING last"));
    statement.bind(1, feed);
    if (!TRY(statement.step()))
        return error(ErrorKind::Internal, "counter", "a counter gave no number");
    auto const number = statement.integer(0);
    TRY(statement.run()); // to its end: only then is the change made
    return number;
}

Result<std::int64_t> last_count(storage::Database& database, std::string_view feed) {
    auto query = TRY(database.prepare("SELECT last FROM feed_counter WHERE feed = $1"));
    query.bind(1, feed);
    return TRY(query.step()) ? query.integer(0) : 0;
}

} // namespace portico::central
