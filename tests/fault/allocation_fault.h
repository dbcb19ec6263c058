#pragma once

#include <cstdint>

namespace portico::test {

/// While it stands, one allocation of this process fails: number `nth` (from 0) of those that C++ code,
/// SQLite and OpenSSL make from now on, counted over all threads. One that fails throws std::bad_alloc or
/// gives null, as the real ones do. GLib (and so the letters) and libsodium's guarded memory end a process
/// themselves and are not counted.
class AllocationFault {
public:
    enum class Threads : std::uint8_t {
        All,
        Others, ///< not this one: what the test itself does must not fail
    };
    explicit AllocationFault(std::uint64_t nth, Threads threads = Threads::All);
    AllocationFault(AllocationFault const&) = delete;
    AllocationFault& operator=(AllocationFault const&) = delete;
    ~AllocationFault();

    bool struck() const;
    /// How many have been made so far.
    std::uint64_t count() const;
    /// Whether SQLite's and OpenSSL's allocations are counted: they must be asked before they are first used.
    static bool libraries_are_counted();
};

} // namespace portico::test
