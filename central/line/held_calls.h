#pragma once

#include "central/line/waiting_line.h"
#include "shared/api/held_calls.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace portico::central {

/// What telephone systems tell, and what becomes of the calls they hold. Writes run inside the caller's write
/// transaction, which is alone among those of all nodes. Errors beside those named: those of the store.
class HeldCalls {
public:
    using OpenCalls = std::map<std::string, HeldCall>; ///< by the system's id

    explicit HeldCalls(WaitingLine const& line) : line_(line) {}

    /// What a system tells at once.
    struct Message {
        std::int64_t sequence = 0;
        std::vector<ToldHeldCall> calls;
        std::set<std::string> hung_up; ///< the system's ids
    };
    struct Taken {
        bool again = false;   ///< the message was taken before
        bool changed = false; ///< the line is another now
        std::size_t added = 0;
        std::size_t put_through = 0;
        std::size_t gone = 0;
        std::vector<std::string> refused; ///< ids of those that a desk turned away: back in their places
    };
    /// All calls that a system holds. Errors: Conflict "calls_outdated".
    Result<Taken> take(storage::Database& database, TerminalId const& system, Message const& told) const;
    /// How those of one system stand, in the order of `told`; where one is to be put through, that it was
    /// told.
    Result<std::vector<api::HeldCallPlace>> places(storage::Database& database, TerminalId const& system,
                                                   std::vector<ToldHeldCall> const& told) const;

private:
    Result<std::vector<ToldHeldCall>> take_told(storage::Database& database, OpenCalls& left,
                                                std::vector<ToldHeldCall> const& told, Taken& taken) const;
    Result<void> take_left(storage::Database& database, OpenCalls const& left,
                           std::set<std::string> const& hung_up, Taken& taken) const;
    Result<void> take_late(storage::Database& database, TerminalId const& system,
                           std::set<std::string> const& hung_up, Taken& taken) const;
    Result<void> add_all(storage::Database& database, TerminalId const& system,
                         std::vector<ToldHeldCall> added) const;

    WaitingLine const& line_;
};

} // namespace portico::central
