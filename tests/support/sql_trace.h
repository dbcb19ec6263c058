#pragma once

#include <map>
#include <mutex>
#include <sqlite3.h>
#include <string>

namespace portico::test {

/// Counts the statements that SQLite runs, by their text, on every connection of this process that is opened
/// while this stands. One at a time.
class SqlTrace {
public:
    using Counts = std::map<std::string, int>;

    SqlTrace() { sqlite3_auto_extension(entry_point()); }
    SqlTrace(SqlTrace const&) = delete;
    SqlTrace& operator=(SqlTrace const&) = delete;
    ~SqlTrace() { sqlite3_cancel_auto_extension(entry_point()); }

    /// What ran since the last call.
    static Counts take() {
        std::lock_guard const lock(guard());
        return std::exchange(counts(), {});
    }

private:
    using EntryPoint = void (*)();

    static int watch(sqlite3* database, char**, sqlite3_api_routines const*) {
        return sqlite3_trace_v2(database, SQLITE_TRACE_STMT, &SqlTrace::ran, nullptr);
    }
    static int ran(unsigned, void*, void*, void* text) {
        std::lock_guard const lock(guard());
        ++counts()[static_cast<char const*>(text)];
        return 0;
    }
    // SQLite takes the entry point of an extension without its parameters.
    static EntryPoint entry_point() { return reinterpret_cast<EntryPoint>(&SqlTrace::watch); }
    static std::mutex& guard() {
        static std::mutex one;
        return one;
    }
    static Counts& counts() {
        static Counts all;
        return all;
    }
};

} // namespace portico::test
