#pragma once

#include "shared/api/account.h"
#include "shared/api/call_check.h"
#include "shared/api/caller_code.h"
#include "shared/api/case_claims.h"
#include "shared/api/case_history.h"
#include "shared/api/case_member.h"
#include "shared/api/cases.h"
#include "shared/api/changes.h"
#include "shared/api/desk_word.h"
#include "shared/api/diagnostics.h"
#include "shared/api/dial.h"
#include "shared/api/enroll.h"
#include "shared/api/eob_review.h"
#include "shared/api/member.h"
#include "shared/api/operations.h"
#include "shared/api/recovery.h"
#include "shared/api/release.h"
#include "shared/api/ringing.h"
#include "shared/api/sign_in.h"
#include "shared/api/speakers.h"
#include "shared/api/unlock.h"
#include "shared/api/waiting_line.h"
#include "shared/api/work.h"
#include "shared/api/work_case.h"
#include "shared/client/transport.h"

#include <memory>
#include <stop_token>
#include <string>

namespace portico::client {

/// With whose right a call is made, and what ends it early.
struct With {
    std::string token; ///< of the session; empty: nobody is signed in
    std::stop_token cancel = {};
};

/// Everything a terminal asks of central; one method per call of shared/api. All block: call them from worker
/// threads, any number at once.
///
/// Errors: those of the transport (`Https`), and what central answered: its kind, reason, retry_after_s and
/// tries_left.
class Central {
public:
    explicit Central(std::unique_ptr<Transport> transport) : transport_(std::move(transport)) {}

    /// Nothing of a former session stays in the connections. See Transport::forget.
    void forget() { transport_->forget(); }

    // sign-in
    Result<api::ChallengeReply> challenge(With with, api::ChallengeRequest const& request);
    Result<api::SessionReply> sign_in(With with, api::SecurityKeySignIn const& request);
    Result<api::SessionReply> sign_in(With with, api::ChipCardSignIn const& request);
    Result<api::SessionReply> sign_in(With with, api::PrintedCardSignIn const& request);
    Result<api::SessionReply> sign_in(With with, api::PasswordSignIn const& request);
    Result<api::SessionReply> sign_in(With with, api::TotpSignIn const& request);
    Result<void> sign_out(With with);

    // getting and keeping an account
    Result<api::SessionReply> register_with_code(With with, api::RegisterWithCode const& request);
    Result<api::SessionReply> register_in_person(With with, api::RegisterInPerson const& request);
    Result<void> begin_recovery(With with, api::BeginRecovery const& request);
    Result<api::SessionReply> prove_recovery(With with, api::ProveRecovery const& request);
    Result<void> finish_recovery(With with);
    Result<api::OwnRecovery> own_recovery(With with);
    Result<void> stop_recovery(With with);
    Result<void> set_password(With with, api::SetPassword const& request);
    Result<void> set_pin(With with, api::SetPin const& request);
    Result<api::TotpBegun> begin_totp(With with);
    Result<void> confirm_totp(With with, api::TotpSignIn const& request);
    Result<void> add_security_key(With with, api::AddSecurityKey const& request);
    Result<void> add_chip_card(With with, api::AddChipCard const& request);
    Result<void> remove_credential(With with, api::RemoveCredential const& request);
    Result<api::Credentials> credentials(With with);

    // what a member reads
    Result<api::Home> home(With with);
    Result<api::ClaimsPage> claims(With with, api::ClaimsQuery const& query);
    Result<api::EobDetail> eob(With with, EobId const& id);
    Result<api::ContactDetails> contact_details(With with);
    Result<api::Requests> requests(With with);
    Result<api::Messages> messages(With with);
    Result<void> read_message(With with, api::ReadMessage const& request);
    Result<api::IdCardReply> id_card(With with);
    Result<api::CardIssueBegun> begin_card_issue(With with, api::BeginCardIssue const& request);
    Result<api::CallCheck> call_check(With with);
    Result<void> answer_call_check(With with, api::AnswerCallCheck const& request);
    Result<api::OpenCalls> desk_word(With with);
    // ... and anybody at a kiosk
    Result<api::CallBackPlace> ask_call_back(With with, api::AskCallBack const& request);
    Result<api::CallBackPlace> call_back_place(With with, api::CallBackQuery const& query);
    Result<void> cancel_call_back(With with, api::CancelCallBack const& request);

    // what a technician does at a kiosk
    Result<void> send_diagnostics(With with, api::KioskDiagnostics const& told);

    // what staff do at a desk
    Result<api::StaffMe> staff_me(With with);
    Result<api::WorkList> work(With with, api::WorkQuery const& query);
    Result<api::WorkItem> take_work(With with, api::TakeWork const& request);
    Result<void> give_work_back(With with, api::GiveWorkBack const& request);
    Result<void> hand_work_over(With with, api::HandWorkOver const& request);
    Result<void> decide_work(With with, api::DecideWork const& request);

    Result<api::WaitingLine> waiting_line(With with);
    Result<api::CallBackTaken> next_call_back(With with);
    Result<void> call_back_outcome(With with, api::CallBackOutcome const& request);

    // ... for one caller
    Result<api::CaseList> cases(With with, api::CasesQuery const& query);
    Result<api::CaseOpened> open_case(With with, api::OpenCase const& request);
    Result<void> change_case_reason(With with, api::ChangeCaseReason const& request);
    Result<api::CaseLevel> identify_caller(With with, api::IdentifyCaller const& request);
    Result<void> close_case(With with, api::CloseCase const& request);
    Result<void> allow_more(With with, api::AllowMore const& request);
    Result<api::CaseMember> case_member(With with, api::CaseMemberQuery const& query);
    Result<api::RevealedField> reveal_field(With with, api::RevealField const& request);
    Result<void> break_glass(With with, api::BreakGlass const& request);
    Result<api::Candidates> call_candidates(With with, api::CallerNumber const& request);
    Result<api::Speakers> case_speakers(With with, api::SpeakersQuery const& query);
    Result<api::CaseItem> choose_speaker(With with, api::ChooseSpeaker const& request);
    Result<api::VerifyWays> verify_ways(With with, api::VerifyWaysQuery const& query);
    Result<api::CodeSent> send_code(With with, api::SendCode const& request);
    Result<api::DialTicket> call_number_on_file(With with, api::CallNumberOnFile const& request);
    Result<api::ClaimsPage> case_claims(With with, api::CaseClaimsQuery const& query);
    Result<api::EobDetail> case_eob(With with, api::CaseEobQuery const& query);
    Result<api::WorkCaseOpened> open_work_case(With with, api::OpenWorkCase const& request);
    Result<api::CaseMatter> case_matter(With with, api::CaseMatterQuery const& query);
    Result<api::EobDetail> matter_eob(With with, api::MatterEobQuery const& query);
    Result<api::EobReview> case_eob_review(With with, api::CaseEobReviewQuery const& query);
    Result<void> add_note(With with, api::AddNote const& request);
    Result<api::CaseNotes> case_notes(With with, api::CaseNotesQuery const& query);
    Result<api::EarlierCases> earlier_cases(With with, api::EarlierCasesQuery const& query);
    Result<api::Requests> case_requests(With with, api::CaseRequestsQuery const& query);
    Result<api::CallCheckAsked> verify_caller(With with, api::VerifyCaller const& request);
    Result<api::CaseLock> case_lock(With with, api::CaseLockQuery const& query);
    Result<api::UnlockReply> unlock_account(With with, api::UnlockAccount const& request);
    Result<api::AskedUnlock> asked_unlock(With with, api::AskedUnlockQuery const& query);
    Result<api::RecoveryState> case_recovery(With with, api::RecoveryQuery const& query);
    Result<api::RecoveryState> start_recovery(With with, api::StartRecovery const& request);
    Result<void> withdraw_recovery(With with, api::WithdrawRecovery const& request);

    // the terminal's own
    Result<api::PushOutcomes> push(std::stop_token cancel, api::PushOperations const& batch);
    /// Answers at once when there is something, else after `wait_s`.
    Result<api::ChangesPage> changes(std::stop_token cancel, std::string const& after, int wait_s, int limit);
    Result<api::EnrollReply> enroll(std::stop_token cancel, api::EnrollRequest const& request);
    Result<api::RenewReply> renew_certificate(std::stop_token cancel, api::RenewRequest const& request);
    /// Of a kiosk: what it runs, what it is to have, and the files of that piece by piece.
    Result<void> report_version(std::stop_token cancel, api::ReportVersion const& told);
    Result<api::WantedRelease> wanted_release(std::stop_token cancel, api::ReleaseQuery const& query);
    Result<api::ReleasePiece> release_piece(std::stop_token cancel, api::ReleasePieceQuery const& query);
    /// Of a telephone's helper: what a caller has keyed.
    Result<api::KeyedOutcome> keyed_digits(std::stop_token cancel, api::KeyedDigits const& entry);
    /// Of the same: what it dials for a ticket, and how that went.
    Result<api::NumberToDial> number_of_ticket(std::stop_token cancel, api::NumberOfTicket const& request);
    Result<void> dialled(std::stop_token cancel, api::Dialled const& report);

private:
    std::unique_ptr<Transport> transport_;
};

} // namespace portico::client
