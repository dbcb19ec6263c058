#pragma once

#include "shared/api/domain_described.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// POST /v1/operations: a batch, one outcome each. An operation is applied exactly once by its id; the same
/// id with another body is refused ("operation_id_reused").
///
/// On the wire and in the outbox an operation is `SealedOperation`: its JSON (`Operation`) sealed to
/// central's public key, so that even the terminal that wrote it cannot read it back. Operations capture who
/// asked by the session's token at the time of capture: it proves the actor and assurance even when the
/// operation arrives after the session's end (central keeps ended sessions' facts for 60 days).
namespace portico::api {

struct ChangeContactDetails {
    std::optional<PostalAddress>
        old_address; ///< what the member saw; a mismatch is refused "changed_meanwhile"
    std::optional<PostalAddress> address;
    std::optional<std::string> old_phone;
    std::optional<std::string> phone;
    std::optional<std::string> old_email;
    std::optional<std::string> email;
};
struct RequestMailedCard {
    std::string reason; ///< "lost", "damaged", "never_arrived", "extra"
};
struct ReportDirectoryError {
    std::string listing_id;
    std::string what;    ///< "phone", "address", "not_accepting", "not_here", "network", "other"
    std::string comment; ///< up to 500 characters, may be empty
};
struct DisputeFinding {
    std::string eob_id;
    FindingKind finding{};
    std::string answer; ///< "check_it" (dispute) or "is_right" (the member says it is no mistake)
};
struct CardIssued {
    std::string issue_id;
    std::string outcome; ///< "completed", "failed", "unknown"
    std::string detail;  ///< printer reason, snake_case
};
/// Takes back a change of contact details that is still on hold.
struct WithdrawRequest {
    std::string operation_id; ///< of the change
};

/// Asks for a paper copy of an EOB, to the postal address on file.
struct RequestMailedEob {
    std::string eob_id;
};
/// Writes to the member, who reads it at the kiosk (GET /v1/messages). By staff for the member of a case
/// alone.
struct WriteToMember {
    std::string text; ///< 1 to 2000 characters; line breaks, and no other control characters
};
/// Promises the member a call at the number on file. By staff for the member of a case alone.
struct PromiseCallBack {
    std::string on;    ///< YYYY-MM-DD, from the day of capture to 30 days after it
    std::string about; ///< 1 to 200 characters, no control characters; for whoever calls
};

/// The body that is sealed. Exactly one of the payloads is present.
struct Operation {
    std::string id;            ///< UUIDv7
    std::string captured_at;   ///< UTC, RFC 3339 with microseconds
    std::int64_t sequence = 0; ///< per terminal, from 1
    std::string session_token; ///< empty: nobody was signed in (only directory reports may be so)
    /// Of an operation that staff ask for, on behalf of the member whom this case is about: the session is
    /// the staff member's own. Absent: the actor asks for themself.
    std::optional<std::string> on_behalf_case = {};
    std::optional<ChangeContactDetails> change_contact_details;
    std::optional<RequestMailedCard> request_mailed_card;
    std::optional<ReportDirectoryError> report_directory_error;
    std::optional<DisputeFinding> dispute_finding;
    std::optional<CardIssued> card_issued;
    std::optional<WithdrawRequest> withdraw_request;
    std::optional<RequestMailedEob> request_mailed_eob = {};
    std::optional<WriteToMember> write_to_member = {};
    std::optional<PromiseCallBack> promise_call_back = {};
};

struct SealedOperation {
    std::string id;     ///< the same UUIDv7, in clear, so that an outcome can be matched
    std::string sealed; ///< base64url, libsodium sealed box of the Operation's JSON
};
struct PushOperations {
    std::vector<SealedOperation> operations; ///< 1-100
};
struct OperationOutcome {
    std::string id;
    std::string outcome; ///< "applied", "duplicate", "refused"
    std::string reason;  ///< refused: why
};
struct PushOutcomes {
    std::vector<OperationOutcome> outcomes; ///< in the order of the batch
};

BOOST_DESCRIBE_STRUCT(ChangeContactDetails, (), (old_address, address, old_phone, phone, old_email, email))
BOOST_DESCRIBE_STRUCT(RequestMailedCard, (), (reason))
BOOST_DESCRIBE_STRUCT(ReportDirectoryError, (), (listing_id, what, comment))
BOOST_DESCRIBE_STRUCT(DisputeFinding, (), (eob_id, finding, answer))
BOOST_DESCRIBE_STRUCT(CardIssued, (), (issue_id, outcome, detail))
BOOST_DESCRIBE_STRUCT(WithdrawRequest, (), (operation_id))
BOOST_DESCRIBE_STRUCT(RequestMailedEob, (), (eob_id))
BOOST_DESCRIBE_STRUCT(WriteToMember, (), (text))
BOOST_DESCRIBE_STRUCT(PromiseCallBack, (), (on, about))
BOOST_DESCRIBE_STRUCT(Operation, (),
                      (id, captured_at, sequence, session_token, on_behalf_case, change_contact_details,
                       request_mailed_card, report_directory_error, dispute_finding, card_issued,
                       withdraw_request, request_mailed_eob, write_to_member, promise_call_back))
BOOST_DESCRIBE_STRUCT(SealedOperation, (), (id, sealed))
BOOST_DESCRIBE_STRUCT(PushOperations, (), (operations))
BOOST_DESCRIBE_STRUCT(OperationOutcome, (), (id, outcome, reason))
BOOST_DESCRIBE_STRUCT(PushOutcomes, (), (outcomes))

} // namespace portico::api
