#pragma once

#include "central/operations/rule.h"
#include "shared/api/member.h"

namespace portico::central {

/// The central half of printing a card at a terminal: reserves a number, knows how it ended. One open issue
/// for a member at a time; what ended nobody knows how goes to staff and is never reprinted by itself.
class CardIssues {
public:
    explicit CardIssues(RuleTools tools) : tools_(tools) {}

    /// Inside the caller's write transaction. The same id again gives the same answer.
    /// Errors: InvalidInput "issue_id_invalid"; Conflict "card_issue_open" (another is open),
    /// "card_issue_ended" (its terminal said so already), "issue_id_reused" (another member's or terminal's);
    /// Refused "card_limit", "no_coverage".
    Result<api::CardIssueBegun> begin(storage::Database& database, TerminalId const& terminal,
                                      PatientId const& patient, std::string const& issue_id);

    /// Issues that no terminal settled within `Settings::card_issue_open_max_min` become unknown, with a
    /// queue entry each; a late report still settles them, once. Inside a write transaction. Their ids, for
    /// the audit.
    Result<std::vector<std::string>> close_stale(storage::Database& database);
    /// Staff looked: a card came out, or none did. Errors: NotFound "card_issue_unknown"; Conflict
    /// "card_issue_ended" when it is known by now how it ended.
    Result<void> settle(storage::Database& database, std::string const& issue_id, bool card_came_out);

    /// Day of the member's last card that was completed, YYYY-MM-DD; empty: never.
    Result<std::string> last_issued_on(storage::Database& database, PatientId const& patient);

private:
    RuleTools tools_;
};

/// "9" + eleven digits from the system's random source + a Luhn check digit: what the barcode signs in with.
std::string make_card_number();
/// True for thirteen digits whose last is the Luhn check digit of the rest.
bool is_card_number(std::string_view text);

} // namespace portico::central
