#pragma once

#include "central/line/telephone_systems.h"
#include "central/store/vault.h"
#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/domain/wait_estimate.h"
#include "shared/storage/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::central {

/// One call that a telephone system holds or held, without its number.
struct HeldCall {
    std::string id;   ///< ours
    std::string call; ///< the system's
    TerminalId system;
    std::string language;
    std::int64_t since_us = 0;
    std::string
        state;     ///< "waiting", "ringing" (a rep has taken it), "put_through", "gone" (the caller hung up)
    StaffId staff; ///< who has taken it, or had it last
    std::string extension;
    std::int64_t taken_us = 0;
    std::int64_t connect_told_us = 0; ///< when the system was told where to put it through; 0: not yet

    bool rings() const { return state == "ringing"; }
};

/// A new one.
struct ToldHeldCall {
    std::string call;
    std::string number; ///< empty: not shown
    std::string language;
    std::int64_t since_us = 0;
    std::string refused = {}; ///< the extension that turned it away; empty: none
};

/// The rows of held calls. Of those that wait only the ones of systems that are heard of are in the line.
/// Writes run inside the caller's write transaction, which is alone among those of all nodes. Errors: those
/// of the store.
class HeldCallRows {
public:
    HeldCallRows(Vault const& vault, Clock const& clock) : vault_(vault), clock_(clock) {}

    Result<std::optional<HeldCall>> find(storage::Database& database, std::string const& id) const;
    /// Those of one system that wait or ring.
    Result<std::vector<HeldCall>> open_of(storage::Database& database, TerminalId const& system) const;
    /// Who is in the line, the first first.
    Result<std::vector<HeldCall>> waiting(storage::Database& database, std::int64_t limit) const;
    Result<std::int64_t> count_waiting(storage::Database& database) const;
    /// The first that this rep may have; nothing: none waits.
    Result<std::optional<HeldCall>> due_for(storage::Database& database, StaffId const& staff) const;
    /// What this rep has taken and has not been put through.
    Result<std::optional<HeldCall>> at_hand_of(storage::Database& database, StaffId const& staff) const;
    /// What this rep has taken last, not before `us`.
    Result<std::optional<HeldCall>> last_of(storage::Database& database, StaffId const& staff,
                                            std::int64_t us) const;
    /// Taken before `us`, and neither left nor put through.
    Result<std::vector<HeldCall>> taken_before(storage::Database& database, std::int64_t us) const;
    /// Its caller's number; empty: not shown, or it is over.
    Result<std::string> number_of(storage::Database& database, std::string const& id) const;

    /// A new one, or one that had left and is told again after all, which then waits as before. Its row.
    struct Added {
        std::string id;
        bool is_new = false;
    };
    Result<Added> add(storage::Database& database, TerminalId const& system, ToldHeldCall const& told) const;
    /// What was told of its wait when it was told first.
    Result<void> set_told(storage::Database& database, std::string const& id, std::int64_t place,
                          std::optional<WaitEstimate> const& told) const;
    Result<void> set_taken(storage::Database& database, std::string const& id, StaffId const& staff,
                           std::string const& extension) const;
    Result<void> set_extension(storage::Database& database, std::string const& id,
                               std::string const& extension) const;
    Result<void> set_connect_told(storage::Database& database, std::string const& id) const;
    /// Back to its place.
    Result<void> set_waiting(storage::Database& database, std::string const& id) const;
    /// It is held no longer: "put_through" or "gone". The number is wiped.
    Result<void> end(storage::Database& database, std::string const& id, std::string_view state) const;
    /// One that counted as put through, since `us` at the earliest, and was not: its caller had hung up.
    /// True: there is one.
    Result<bool> set_hung_up(storage::Database& database, TerminalId const& system, std::string const& call,
                             std::int64_t us) const;
    /// Those of systems of which nobody has heard for long, as gone when they were heard of last; and what
    /// ended so long ago that nothing is worked out from it is forgotten.
    Result<void> clear_up(storage::Database& database) const;

private:
    Result<std::vector<HeldCall>> read_all(storage::Statement& query) const;
    Result<std::optional<std::string>> left_before(storage::Database& database, TerminalId const& system,
                                                   ToldHeldCall const& told) const;
    Result<void> set_number(storage::Database& database, std::string const& id,
                            std::string const& number) const;

    Vault const& vault_;
    Clock const& clock_;
};

} // namespace portico::central
