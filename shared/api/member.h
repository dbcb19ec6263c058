#pragma once

#include "shared/api/domain_described.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What a signed-in member reads. Each read is audited before it is answered.
namespace portico::api {

/// GET /v1/home (OneFactor).
struct Home {
    PersonName name;
    std::string member_id_end;        ///< last four
    std::optional<Coverage> coverage; ///< the one in force today, else the latest
    bool covered_today = false;
    std::optional<InsurancePlan> plan;
    std::vector<Accumulator> accumulators;
    int claim_count = 0;
    int look_again_count = 0;             ///< claims with findings not yet answered
    std::optional<EobSummary> look_again; ///< the newest of them
    int request_count = 0;
    int unread_message_count = 0;
};

/// GET /v1/claims (OneFactor), newest service date first. All filters may be empty.
struct ClaimsQuery {
    std::string person;   ///< given name shown in the list; empty: everyone
    std::string provider; ///< part of the provider's name
    std::string status;   ///< "", "look_again", "in_progress", "done"
    Date from;
    Date to;
    std::optional<Money> amount_min; ///< asked for
    std::optional<Money> amount_max;
    std::string cursor; ///< from the page before
    int limit = 200;    ///< 1-500
};
struct ClaimsPage {
    std::vector<EobSummary> claims;
    std::string next_cursor; ///< empty: the last page
    int total_count = 0;     ///< that match
    int look_again_count = 0;
    int in_progress_count = 0;
    int done_count = 0;
};

/// A meaning for a code that stands on the EOB, in both languages where we have one.
struct ReasonText {
    Code code;
    std::string text_en;
    std::string text_es;
};
struct TimelineStep {
    std::string step; ///< "service", "received", "decided", "paid", "replaced", "next"
    Date on;          ///< empty: not yet, or not told
};
/// GET /v1/eobs/{id} (TwoFactors). Someone else's, another plan's, unknown: all NotFound "eob_not_found".
struct EobDetail {
    Eob eob;
    std::string patient_given_name;
    std::vector<Finding> findings;
    std::vector<std::string> answered_findings; ///< kinds already disputed or confirmed as right
    std::vector<TimelineStep> timeline;
    std::vector<ReasonText> reasons;
};

/// GET /v1/contact-details (TwoFactors).
struct ContactDetails {
    PostalAddress address;
    std::string phone;
    std::string email;
    bool change_waits = false; ///< a change of ours is waiting for its hold to end
};

/// GET /v1/requests (OneFactor): the member's own operations, newest first.
struct RequestEntry {
    std::string operation_id;
    OperationKind kind{};
    OperationState state{};
    std::string captured_at;     ///< UTC, RFC 3339
    std::string reason;          ///< refused: why, snake_case
    std::string summary;         ///< what it is about, such as a claim number; nothing more personal
    std::string settles_at = {}; ///< waiting: takes effect by itself then, UTC, RFC 3339; empty: staff decide
    bool can_withdraw = false;   ///< by the operation WithdrawRequest
    bool on_behalf = false;      ///< staff asked for it, on the phone with the member
};
struct Requests {
    std::vector<RequestEntry> requests;
};

/// GET /v1/messages (TwoFactors): what staff have written to the member, the newest first, 100 at most.
struct Message {
    std::string message;      ///< id of the operation WriteToMember
    std::string at;           ///< UTC, RFC 3339
    std::string text;         ///< as written; shown as text, whatever stands in it
    std::string read_at = {}; ///< UTC, RFC 3339; empty: not yet
};
struct Messages {
    std::vector<Message> messages;
};
/// POST /v1/messages/read (TwoFactors). Reading again changes nothing. Errors: NotFound "message_unknown"
/// (also another member's).
struct ReadMessage {
    std::string message;
};

/// GET /v1/id-card (OneFactor to see, TwoFactors to print).
struct IdCardReply {
    IdCard card;
    std::string last_issued_on; ///< YYYY-MM-DD, empty: never
};
/// POST /v1/card-issues (TwoFactors). Reserves a card number; never queued. One at a time for a member:
/// Conflict "card_issue_open"; Refused "card_limit" beyond the plan's limit.
struct BeginCardIssue {
    std::string issue_id; ///< UUIDv7 made by the terminal; the same id again gives the same answer
};
struct CardIssueBegun {
    std::string issue_id;
    IdCard card; ///< with its new card_number
};

BOOST_DESCRIBE_STRUCT(Home, (),
                      (name, member_id_end, coverage, covered_today, plan, accumulators, claim_count,
                       look_again_count, look_again, request_count, unread_message_count))
BOOST_DESCRIBE_STRUCT(ClaimsQuery, (),
                      (person, provider, status, from, to, amount_min, amount_max, cursor, limit))
BOOST_DESCRIBE_STRUCT(ClaimsPage, (),
                      (claims, next_cursor, total_count, look_again_count, in_progress_count, done_count))
BOOST_DESCRIBE_STRUCT(ReasonText, (), (code, text_en, text_es))
BOOST_DESCRIBE_STRUCT(TimelineStep, (), (step, on))
BOOST_DESCRIBE_STRUCT(EobDetail, (),
                      (eob, patient_given_name, findings, answered_findings, timeline, reasons))
BOOST_DESCRIBE_STRUCT(ContactDetails, (), (address, phone, email, change_waits))
BOOST_DESCRIBE_STRUCT(RequestEntry, (),
                      (operation_id, kind, state, captured_at, reason, summary, settles_at, can_withdraw,
                       on_behalf))
BOOST_DESCRIBE_STRUCT(Requests, (), (requests))
BOOST_DESCRIBE_STRUCT(Message, (), (message, at, text, read_at))
BOOST_DESCRIBE_STRUCT(Messages, (), (messages))
BOOST_DESCRIBE_STRUCT(ReadMessage, (), (message))
BOOST_DESCRIBE_STRUCT(IdCardReply, (), (card, last_issued_on))
BOOST_DESCRIBE_STRUCT(BeginCardIssue, (), (issue_id))
BOOST_DESCRIBE_STRUCT(CardIssueBegun, (), (issue_id, card))

} // namespace portico::api
