#pragma once

#include "central/line/waiting_line.h"
#include "shared/api/held_calls.h"

#include <string>
#include <vector>

namespace portico::central {

/// What telephone systems tell, and what becomes of the calls they hold. Writes run inside the caller's write
/// transaction, which is alone among those of all nodes. Errors beside those named: those of the store.
class HeldCalls {
public:
    explicit HeldCalls(WaitingLine const& line) : line_(line) {}

    struct Taken {
        bool again = false;   ///< the message was taken before
        bool changed = false; ///< the line is another now
        std::size_t added = 0;
        std::size_t put_through = 0;
        std::size_t gone = 0;
    };
    /// All calls that a system holds. Errors: Conflict "calls_outdated".
    Result<Taken> take(storage::Database& database, TerminalId const& system, std::int64_t sequence,
                       std::vector<ToldHeldCall> const& told) const;
    /// How those of one system stand, in the order of `told`; where one is to be put through, that it was
    /// told.
    Result<std::vector<api::HeldCallPlace>> places(storage::Database& database, TerminalId const& system,
                                                   std::vector<ToldHeldCall> const& told) const;

private:
    Result<void> add_all(storage::Database& database, TerminalId const& system,
                         std::vector<ToldHeldCall> added) const;

    WaitingLine const& line_;
};

} // namespace portico::central
