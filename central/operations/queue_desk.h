#pragma once

#include "central/operations/card_issues.h"
#include "central/operations/rule.h"

namespace portico::central {

/// What staff make of a queue entry.
enum class StaffDecision : std::uint8_t {
    Applied,  ///< it was done, is right, a card came out, the hold may end
    Refused,  ///< it will not be done; the member reads why
    Withdrawn ///< the member had it stopped, such as on the phone: a change on hold alone
};

/// Closes entries of the staff queue together with the request behind them: what the member sees under "My
/// requests", a hold, a card's number.
class QueueDesk {
public:
    QueueDesk(RuleTools tools, CardIssues& card_issues) : tools_(tools), card_issues_(card_issues) {}

    struct Decision {
        std::string entry;
        StaffDecision decision{};
        std::string reason; ///< Refused: a word of `staff_reasons`
        std::string by;
        bool at_desk = false; ///< by somebody with the right to it, and not by an operator's command
    };
    /// Inside the caller's write transaction. The entry as it was.
    /// Errors: NotFound "queue_entry_unknown"; Conflict "queue_entry_done", "hold_over" (make a new change
    /// instead); InvalidInput "reason_needed", "reason_unknown", "nothing_to_refuse", "nothing_to_withdraw";
    /// Refused "decided_at_a_desk".
    Result<QueueEntry> decide(storage::Database& database, Decision const& decision) const;

private:
    Result<void> check(QueueEntry const& entry, Decision const& decision) const;
    Result<void> decide_hold(storage::Database& database, QueueEntry const& entry,
                             Decision const& decision) const;
    Result<void> decide_request(storage::Database& database, QueueEntry const& entry,
                                Decision const& decision) const;

    RuleTools tools_;
    CardIssues& card_issues_;
};

/// "applied", "refused", "withdrawn".
char const* name(StaffDecision decision);

} // namespace portico::central
