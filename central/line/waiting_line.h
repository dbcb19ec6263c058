#pragma once

#include "central/line/line_order.h"
#include "shared/api/waiting_line.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::central {

/// The one line of call-backs and held calls: who is in it, in which order, and what becomes of each. Writes
/// run inside the caller's write transaction, which is alone among those of all nodes: of two reps who take
/// the next one, one gets it. Errors beside those named: those of the store.
class WaitingLine {
public:
    static constexpr std::int64_t tries_max = 3;
    /// Nobody answered: so long until it is tried again.
    static constexpr std::int64_t rest_s = std::int64_t{10} * 60;
    /// How a call went is said when it is answered or not, so a rep who has said nothing for so long is not
    /// there any more (signed out, closed, or the desk has died).
    static constexpr std::int64_t outcome_within_s = std::int64_t{10} * 60;
    /// A held call that a rep has taken and that is still held after so long was not put through.
    static constexpr std::int64_t connect_within_s = 60;
    static constexpr std::int64_t listed_max = 200;
    /// Of dial tickets.
    static constexpr std::string_view dial_purpose = "waiting_line";

    WaitingLine(Vault const& vault, Clock const& clock)
        : rows_(vault, clock), held_(vault, clock), vault_(vault), clock_(clock) {}

    CallBackRows const& rows() const { return rows_; }
    HeldCallRows const& held() const { return held_; }
    Clock const& clock() const { return clock_; }
    Result<LineOrder> order(storage::Database& database) const {
        return LineOrder::read(database, rows_, held_);
    }

    /// At the end of the line; what is told of the wait is kept beside it. Errors: those of
    /// `check_may_wait`.
    Result<void> add(storage::Database& database, AskedCallBack const& asked) const;
    /// How one stands, for the terminal where it was asked. Errors: NotFound "call_back_unknown".
    Result<api::CallBackPlace> place(storage::Database& database, TerminalId const& terminal,
                                     std::string const& id) const;
    /// True when it waited until now. Errors: as `place`; Conflict "call_back_begun".
    Result<bool> cancel(storage::Database& database, TerminalId const& terminal, std::string const& id) const;
    /// Of one that the rep has, or had and nobody took since. Nothing: the same was said before. Errors:
    /// NotFound "call_back_unknown"; Conflict "call_back_ended".
    Result<std::optional<CallBack>> take_outcome(storage::Database& database, StaffId const& staff,
                                                 std::string const& id, std::string const& outcome) const;
    /// What a rep took and said nothing of in time goes back to its place; where the case shows that they
    /// have spoken with somebody, it has ended. Those that changed.
    Result<std::vector<CallBack>> return_overdue(storage::Database& database) const;
    /// The held call that a rep gives back, if it is one. False: it was given back before. Errors: NotFound
    /// "call_back_unknown"; InvalidInput "outcome_unknown" (nothing else is said of a held call); Conflict
    /// "call_back_ended".
    Result<bool> give_back_held(storage::Database& database, StaffId const& staff, HeldCall const& call,
                                std::string const& outcome) const;
    /// Held calls that were taken and not put through in time, back to their place.
    Result<std::vector<HeldCall>> return_unconnected(storage::Database& database) const;
    /// For desks; what it has of the desk itself is not filled in.
    Result<api::WaitingLine> list(storage::Database& database, StaffId const& staff) const;

private:
    Result<std::optional<WaitEstimate>> estimate(storage::Database& database, std::int64_t place) const;
    Result<CallBack> of_terminal(storage::Database& database, TerminalId const& terminal,
                                 std::string const& id) const;
    Result<void> nobody_answered(storage::Database& database, CallBack const& call_back) const;
    Result<void> put_back(storage::Database& database, CallBack call_back) const;
    Result<void> list_own(storage::Database& database, StaffId const& staff, api::WaitingLine& line) const;

    CallBackRows rows_;
    HeldCallRows held_;
    Vault const& vault_;
    Clock const& clock_;
};

} // namespace portico::central
