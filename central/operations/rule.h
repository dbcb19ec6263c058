#pragma once

#include "central/http/caller.h"
#include "central/notify/notifier.h"
#include "central/operations/member_facts.h"
#include "central/operations/staff_queue.h"
#include "central/settings.h"
#include "central/store/vault.h"
#include "shared/api/operations.h"
#include "shared/base/clock.h"

#include <optional>
#include <string>

namespace portico::central {

/// What a rule may use. Outlives all operations.
struct RuleTools {
    Clock& clock;
    Vault const& vault;
    Settings const& settings;
    MemberFacts& facts;
    Notifier const& notify;
    StaffQueue const& queue;
};

/// For whom a staff member asks, by a case that was theirs when they asked.
struct OnBehalf {
    std::string case_id;
    PatientId patient;
    bool proven = false;        ///< the caller had shown, as surely as two factors do, to be who spoke
    std::string authority = {}; ///< by which somebody spoke for the member then; empty: the member
};

/// One operation that is being applied, inside its transaction.
struct OperationInHand {
    storage::Database& database;
    api::Operation const& operation;
    TerminalId terminal;
    UtcTime captured;
    std::optional<Session> actor; ///< proven by the captured session token; empty: nobody was signed in
    std::optional<OnBehalf> on_behalf = {}; ///< empty: the actor asks for themself
};

/// What applying gave.
struct RuleOutcome {
    OperationState state = OperationState::Applied; ///< Waiting: in hand, such as during a hold
    std::string summary;                            ///< for the member's list
    std::int64_t settles_us = 0;                    ///< when a waiting one applies by itself; 0: staff decide
    std::vector<std::string> fields;                ///< names of what changed, for the audit
};

/// The patient of a member who was sure enough, or on whose behalf staff ask: what a member needs two factors
/// for, a caller must have proven. Errors: Refused "session_needed", "step_up_needed", "members_only",
/// "verification_needed".
Result<PatientId> member_with(OperationInHand const& hand, Assurance least);
/// The member to whom staff say something, by a case. Errors: Refused "staff_only".
Result<PatientId> member_of_staff(OperationInHand const& hand);
/// "member", or "staff:" and who of them.
std::string asker_of(OperationInHand const& hand);
/// Puts down how a request stands from now on; `reason` is a word for the member. No error when the ledger
/// has no such operation (it may be empty).
Result<void> set_request_state(storage::Database& database, std::string const& operation,
                               OperationState state, std::string_view reason = "");
/// The index under which a patient's rows stand.
Bytes patient_hash(Vault const& vault, PatientId const& patient);

// One rule each, one file each. Effects go into `hand.database`; an error undoes them, and of kind Refused,
// InvalidInput, NotFound, Conflict or TooMany it is the operation's refusal.

/// Errors: as member_with(TwoFactors); Conflict "changed_meanwhile", "change_waits"; InvalidInput
/// "nothing_to_change" and those of domain/contact_rules.h.
Result<RuleOutcome> apply_change_contact_details(RuleTools const& tools, OperationInHand const& hand,
                                                 api::ChangeContactDetails const& change);
/// Errors: as member_with(TwoFactors); InvalidInput "reason_unknown"; Refused "mailed_card_limit",
/// "no_coverage", "no_postal_address", "address_change_waits".
Result<RuleOutcome> apply_request_mailed_card(RuleTools const& tools, OperationInHand const& hand,
                                              api::RequestMailedCard const& request);
/// Works for nobody signed in. Errors: NotFound "listing_unknown"; InvalidInput "what_unknown",
/// "comment_invalid".
Result<RuleOutcome> apply_report_directory_error(RuleTools const& tools, OperationInHand const& hand,
                                                 api::ReportDirectoryError const& report);
/// Errors: as member_with(TwoFactors); NotFound "eob_not_found", "finding_unknown"; InvalidInput
/// "answer_unknown"; Conflict "finding_answered".
Result<RuleOutcome> apply_dispute_finding(RuleTools const& tools, OperationInHand const& hand,
                                          api::DisputeFinding const& dispute);
/// From the terminal that began it, with the member's session or with none (it recovers at start-up, when
/// nobody is there). Errors: NotFound "card_issue_unknown" (also another's or another terminal's);
/// InvalidInput "outcome_unknown_word", "detail_invalid"; Conflict "card_issue_ended".
Result<RuleOutcome> apply_card_issued(RuleTools const& tools, OperationInHand const& hand,
                                      api::CardIssued const& issued);
/// Errors: as member_with(TwoFactors); NotFound "request_unknown" (also another member's, and kinds that do
/// not wait out a hold); Conflict "request_withdrawn", "hold_over".
Result<RuleOutcome> apply_withdraw_request(RuleTools const& tools, OperationInHand const& hand,
                                           api::WithdrawRequest const& withdraw);
/// Errors: as member_with(TwoFactors); NotFound "eob_not_found"; Conflict "copy_asked_already"; Refused
/// "no_postal_address", "address_change_waits".
Result<RuleOutcome> apply_request_mailed_eob(RuleTools const& tools, OperationInHand const& hand,
                                             api::RequestMailedEob const& request);
/// Errors: Refused "staff_only", "messages_many"; InvalidInput "message_empty", "message_long",
/// "message_invalid".
Result<RuleOutcome> apply_write_to_member(RuleTools const& tools, OperationInHand const& hand,
                                          api::WriteToMember const& message);
/// Errors: Refused "staff_only", "no_number_on_file", "call_backs_many"; InvalidInput "date_invalid",
/// "date_out_of_range", "about_invalid".
Result<RuleOutcome> apply_promise_call_back(RuleTools const& tools, OperationInHand const& hand,
                                            api::PromiseCallBack const& promise);

} // namespace portico::central
