#include "central/auth/account_calls.h"
#include "central/auth/sign_in_calls.h"
#include "central/auth/staff_calls.h"
#include "central/calls/dial_calls.h"
#include "central/calls/ringing_calls.h"
#include "central/cases/call_back_calls.h"
#include "central/cases/case_calls.h"
#include "central/cases/claim_calls.h"
#include "central/cases/code_calls.h"
#include "central/cases/desk_words.h"
#include "central/cases/history_calls.h"
#include "central/cases/member_calls.h"
#include "central/cases/speaker_calls.h"
#include "central/cases/unlock_calls.h"
#include "central/cases/verify_calls.h"
#include "central/cases/work_case_calls.h"
#include "central/changes/changes_calls.h"
#include "central/http/openapi_calls.h"
#include "central/http/route.h"
#include "central/http/typed.h"
#include "central/line/call_back_calls.h"
#include "central/line/held_call_calls.h"
#include "central/line/line_calls.h"
#include "central/operations/operation_calls.h"
#include "central/operations/work_calls.h"
#include "central/plan/member_calls.h"
#include "central/recovery/case_recovery.h"
#include "central/recovery/member_recovery.h"
#include "central/releases/release_calls.h"
#include "central/terminals/diagnostics_calls.h"
#include "central/terminals/enroll_calls.h"

namespace portico::central {

namespace {

constexpr auto no_right = Right::None;
constexpr auto nothing = Assurance::Nothing;
constexpr auto one_factor = Assurance::OneFactor;
constexpr auto two_factors = Assurance::TwoFactors;
/// A hundred operations of 16 KiB, sealed and in base64url.
constexpr std::size_t operations_max_bytes = 3UL * 1024 * 1024;

/// A note that is far too long is told so, and is not cut off by its bytes.
constexpr std::size_t note_max_bytes = 1024UL * 1024;

/// Five hundred calls, with room for how they are written.
constexpr std::size_t held_calls_max_bytes = 256UL * 1024;

// DESIGN idea 5 is this table's fifth column. Sign-in calls need no session; with one they step it up.
Route const table[] = {
    {Method::Get, "/v1/openapi.json", Scope::Terminal, no_right, nothing, Audit::NothingPersonal,
     openapi_handler(), "This document."},
    {Method::Post, "/v1/enroll", Scope::NewTerminal, no_right, nothing, Audit::TerminalEnrolled,
     body_handler<&enroll_terminal>(), "Certifies a new terminal's key with its one-time code."},
    {Method::Post, "/v1/terminal/certificate", Scope::AnyProgram, no_right, nothing,
     Audit::CertificateRenewed, body_handler<&renew_terminal>(),
     "Certifies the key of a terminal for another period."},
    {Method::Post, "/v1/terminal/version", Scope::Kiosk, no_right, nothing, Audit::VersionReported,
     body_handler<&report_version>(), "What version this kiosk runs, and how its last update went."},
    {Method::Get, "/v1/terminal/release", Scope::Kiosk, no_right, nothing, Audit::NothingPersonal,
     query_handler<&wanted_release>(),
     "The release that this kiosk is to have, with its files and their sums."},
    {Method::Get, "/v1/terminal/release/piece", Scope::Kiosk, no_right, nothing, Audit::NothingPersonal,
     query_handler<&release_piece>(), "A piece of a file of that release."},
    {Method::Post, "/v1/terminal/diagnostics", Scope::KioskService, Right::ServiceKiosk, two_factors,
     Audit::DiagnosticsKept, body_handler<&keep_kiosk_diagnostics>(),
     "Keeps for the plan's IT how a kiosk does: states, numbers and words, nothing of anybody."},
    {Method::Get, "/v1/changes", Scope::Terminal, no_right, nothing, Audit::NothingPersonal,
     query_handler<&get_changes>(),
     "Reference data, notices and what concerns this terminal, in order; may wait."},

    {Method::Post, "/v1/sign-in/challenge", Scope::Terminal, no_right, nothing, Audit::ChallengeMade,
     body_handler<&sign_in_challenge>(), "A single-use challenge for a key or card."},
    {Method::Post, "/v1/sign-in/security-key", Scope::Terminal, no_right, nothing, Audit::SignInSecurityKey,
     body_handler<&sign_in_security_key>(), "Sign in with a security key."},
    {Method::Post, "/v1/sign-in/chip-card", Scope::Kiosk, no_right, nothing, Audit::SignInChipCard,
     body_handler<&sign_in_chip_card>(), "Sign in with a chip card."},
    {Method::Post, "/v1/sign-in/printed-card", Scope::Kiosk, no_right, nothing, Audit::SignInPrintedCard,
     body_handler<&sign_in_printed_card>(), "Sign in with a printed card, with or without its PIN."},
    {Method::Post, "/v1/sign-in/password", Scope::Kiosk, no_right, nothing, Audit::SignInPassword,
     body_handler<&sign_in_password>(), "Sign in with username and password."},
    {Method::Post, "/v1/sign-in/totp", Scope::Kiosk, no_right, nothing, Audit::SignInTotp,
     body_handler<&sign_in_totp>(), "Step up with a code from an app."},
    {Method::Post, "/v1/sign-out", Scope::Terminal, no_right, nothing, Audit::SignOut,
     body_handler<&sign_out>(), "Ends the session."},

    {Method::Post, "/v1/registration/code", Scope::Terminal, no_right, nothing, Audit::RegisteredWithCode,
     body_handler<&register_with_code>(), "Begins an account with the code from a letter."},
    {Method::Post, "/v1/registration/in-person", Scope::Kiosk, no_right, nothing, Audit::RegisteredInPerson,
     body_handler<&register_in_person>(), "Begins an account with a card and staff beside."},
    {Method::Post, "/v1/account/password", Scope::Registration, no_right, two_factors, Audit::PasswordSet,
     body_handler<&set_password>(), "Sets username and password."},
    {Method::Post, "/v1/account/totp", Scope::Registration, no_right, two_factors, Audit::TotpBegun,
     body_handler<&begin_totp>(), "Makes a secret for a code app."},
    {Method::Post, "/v1/account/totp/confirm", Scope::Registration, no_right, two_factors,
     Audit::TotpConfirmed, body_handler<&confirm_totp>(), "Adds the code app once it shows a right code."},
    {Method::Post, "/v1/account/pin", Scope::Registration, no_right, two_factors, Audit::PinSet,
     body_handler<&set_pin>(), "Sets the PIN that goes with the printed card."},
    {Method::Post, "/v1/account/security-keys", Scope::Registration, no_right, two_factors,
     Audit::SecurityKeyAdded, body_handler<&add_security_key>(), "Registers a security key."},
    {Method::Post, "/v1/account/chip-cards", Scope::Registration, no_right, two_factors, Audit::ChipCardAdded,
     body_handler<&add_chip_card>(), "Adds a chip card."},
    {Method::Post, "/v1/account/credentials/remove", Scope::Registration, no_right, two_factors,
     Audit::CredentialRemoved, body_handler<&remove_credential>(), "Removes a way to sign in."},
    {Method::Get, "/v1/account/credentials", Scope::Registration, no_right, two_factors,
     Audit::CredentialsRead, query_handler<&list_credentials>(), "The ways to sign in."},

    {Method::Post, "/v1/recovery/begin", Scope::Kiosk, no_right, nothing, Audit::RecoveryBegun,
     body_handler<&begin_recovery>(), "Sends the codes of a recovery that a rep has begun, if there is one."},
    {Method::Post, "/v1/recovery/prove", Scope::Kiosk, no_right, nothing, Audit::RecoveryProved,
     body_handler<&prove_recovery>(), "A code and a second proof: a session that sets anew what was lost."},
    {Method::Post, "/v1/recovery/finish", Scope::Registration, no_right, two_factors, Audit::RecoveryFinished,
     body_handler<&finish_recovery>(), "What was lost goes, and nothing new comes in its place."},
    {Method::Get, "/v1/recovery", Scope::Member, no_right, one_factor, Audit::OwnRecoveryRead,
     query_handler<&own_recovery>(), "Whether somebody tries to come back to this account."},
    {Method::Post, "/v1/recovery/stop", Scope::Member, no_right, one_factor, Audit::RecoveryStopped,
     body_handler<&stop_recovery>(), "Stops it."},

    {Method::Get, "/v1/home", Scope::Member, no_right, one_factor, Audit::HomeRead, query_handler<&home>(),
     "Who, plan, accumulators, what to look at."},
    {Method::Get, "/v1/claims", Scope::Member, no_right, one_factor, Audit::ClaimsRead,
     query_handler<&claims>(), "Claims, newest service date first."},
    {Method::Get, "/v1/eobs/{id}", Scope::Member, no_right, two_factors, Audit::EobRead,
     query_handler<&eob>(), "One EOB with what the check found."},
    {Method::Get, "/v1/contact-details", Scope::Member, no_right, two_factors, Audit::ContactDetailsRead,
     query_handler<&contact_details>(), "Address, phone and email on file."},
    {Method::Get, "/v1/requests", Scope::Member, no_right, one_factor, Audit::RequestsRead,
     query_handler<&get_requests>(), "The member's own requests and their state."},
    {Method::Get, "/v1/messages", Scope::Member, no_right, two_factors, Audit::MessagesRead,
     query_handler<&get_messages>(), "What staff have written to the member, newest first."},
    {Method::Post, "/v1/messages/read", Scope::Member, no_right, two_factors, Audit::MessageMarkedRead,
     body_handler<&read_message>(), "The member has read a message."},
    {Method::Get, "/v1/id-card", Scope::Member, no_right, one_factor, Audit::IdCardRead,
     query_handler<&id_card>(), "The ID card as it would be printed today."},
    {Method::Get, "/v1/call-check", Scope::Member, no_right, two_factors, Audit::CallCheckRead,
     query_handler<&get_call_check>(), "Whether a desk asks this member if they are on the phone."},
    {Method::Post, "/v1/call-check/answer", Scope::Member, no_right, two_factors, Audit::CallCheckAnswered,
     body_handler<&answer_call_check>(), "The number that the person on the phone reads out, or none."},
    {Method::Get, "/v1/desk-word", Scope::Member, no_right, two_factors, Audit::DeskWordRead,
     query_handler<&get_desk_word>(),
     "Whether the plan is on the phone with this member, and its two words."},
    {Method::Post, "/v1/card-issues", Scope::Registration, no_right, two_factors, Audit::CardIssueBegun,
     body_handler<&begin_card_issue>(), "Reserves a card number for printing."},

    {Method::Get, "/v1/staff/me", Scope::Staff, no_right, two_factors, Audit::StaffRead,
     query_handler<&staff_me>(), "Who is signed in at this desk and what they may do."},
    {Method::Get, "/v1/work", Scope::Staff, Right::SeeWork, two_factors, Audit::WorkRead,
     query_handler<&list_work>(), "What waits for staff, the most urgent first, without anybody's data."},
    {Method::Post, "/v1/work/take", Scope::Staff, Right::DoWork, two_factors, Audit::WorkTaken,
     body_handler<&take_work>(), "Takes an entry that nobody has."},
    {Method::Post, "/v1/work/give-back", Scope::Staff, Right::DoWork, two_factors, Audit::WorkGivenBack,
     body_handler<&give_work_back>(), "Gives an entry back for others to take."},
    {Method::Post, "/v1/work/hand-over", Scope::Staff, Right::DoWork, two_factors, Audit::WorkHandedOver,
     body_handler<&hand_work_over>(), "Hands an entry to a colleague."},
    {Method::Post, "/v1/work/decide", Scope::Staff, Right::DoWork, two_factors, Audit::WorkDecided,
     body_handler<&decide_work>(), "Ends an entry, with the request behind it."},
    {Method::Get, "/v1/work/unlock", Scope::Staff, Right::ApproveUnlock, two_factors, Audit::UnlockAsked,
     query_handler<&asked_unlock>(), "What is asked for by an entry that wants a second person's yes."},

    {Method::Post, "/v1/cases/open", Scope::Staff, Right::OpenCase, two_factors, Audit::CaseOpened,
     body_handler<&open_case>(), "Opens a case for a caller."},
    {Method::Post, "/v1/cases/reason", Scope::Staff, Right::OpenCase, two_factors, Audit::CaseReasonChanged,
     body_handler<&change_case_reason>(), "Why a case is open, once that is known."},
    {Method::Get, "/v1/cases", Scope::Staff, Right::OpenCase, two_factors, Audit::CasesRead,
     query_handler<&list_cases>(), "One's own open cases, without anybody's data."},
    {Method::Post, "/v1/cases/take", Scope::Staff, Right::TakeCase, two_factors, Audit::CaseTaken,
     body_handler<&take_case>(), "Takes over a case that another has."},
    {Method::Post, "/v1/cases/close", Scope::Staff, Right::OpenCase, two_factors, Audit::CaseClosed,
     body_handler<&close_case>(), "Closes a case with its outcome and a note.", note_max_bytes},
    {Method::Post, "/v1/cases/identify", Scope::Staff, Right::OpenCase, two_factors, Audit::CaseIdentified,
     body_handler<&identify_caller>(), "Finds the one member whom the caller's facts fit; verifies nobody."},
    {Method::Get, "/v1/cases/member", Scope::Staff, Right::OpenCase, two_factors, Audit::CaseMemberRead,
     query_handler<&read_case_member>(), "Whom a case is about, each value masked."},
    {Method::Post, "/v1/cases/reveal", Scope::Staff, Right::OpenCase, two_factors, Audit::CaseFieldRevealed,
     body_handler<&reveal_field>(), "One value of whom a case is about."},
    {Method::Post, "/v1/cases/break-glass", Scope::Staff, Right::OpenCase, two_factors,
     Audit::CaseGlassBroken, body_handler<&break_glass>(),
     "Opens a protected record to a case; the privacy officer reads why."},
    {Method::Get, "/v1/cases/speakers", Scope::Staff, Right::OpenCase, two_factors, Audit::CaseSpeakersRead,
     query_handler<&case_speakers>(), "Who may speak for whom a case is about, as initials."},
    {Method::Post, "/v1/cases/speaker", Scope::Staff, Right::OpenCase, two_factors, Audit::CaseSpeakerChosen,
     body_handler<&choose_speaker>(), "Who the caller says they are: the member, or who speaks for them."},
    {Method::Post, "/v1/cases/verify", Scope::Staff, Right::OpenCase, two_factors, Audit::CaseVerifyAsked,
     body_handler<&verify_caller>(), "Asks the member, in a session of theirs, if they are the caller."},
    {Method::Get, "/v1/cases/ways", Scope::Staff, Right::OpenCase, two_factors, Audit::CaseWaysRead,
     query_handler<&verify_ways>(), "How this caller can show to be the member."},
    {Method::Post, "/v1/cases/code", Scope::Staff, Right::OpenCase, two_factors, Audit::CaseCodeSent,
     body_handler<&send_code>(), "Sends the member a code that the caller keys in this call."},
    {Method::Post, "/v1/cases/call-back", Scope::Staff, Right::OpenCase, two_factors,
     Audit::CaseCallBackAsked, body_handler<&call_number_on_file>(),
     "A ticket by which this desk's telephone calls the number on file, unseen."},
    {Method::Post, "/v1/phone/number", Scope::Phone, no_right, nothing, Audit::DialNumberRead,
     body_handler<&number_of_ticket>(), "The number that the telephone of a desk dials for a ticket."},
    {Method::Post, "/v1/phone/dialled", Scope::Phone, no_right, nothing, Audit::CallDialled,
     body_handler<&take_dialled>(), "How the call of a ticket went, as the telephone of a desk says."},
    {Method::Post, "/v1/phone/keyed", Scope::Phone, no_right, nothing, Audit::CodeKeyed,
     body_handler<&take_keyed>(), "What a caller has keyed at the telephone of a desk."},
    {Method::Get, "/v1/cases/lock", Scope::Staff, Right::UnlockAccount, two_factors, Audit::CaseLockRead,
     query_handler<&case_lock>(), "What locked the account of a verified caller."},
    {Method::Post, "/v1/cases/unlock", Scope::Staff, Right::UnlockAccount, two_factors, Audit::CaseUnlock,
     body_handler<&unlock_of_case>(), "Unlocks it, or asks a colleague for the second yes."},
    {Method::Get, "/v1/cases/recovery", Scope::Staff, Right::UnlockAccount, two_factors,
     Audit::CaseRecoveryRead, query_handler<&case_recovery>(),
     "How the recovery of a verified caller's account stands."},
    {Method::Post, "/v1/cases/recovery", Scope::Staff, Right::UnlockAccount, two_factors,
     Audit::CaseRecoveryStarted, body_handler<&start_case_recovery>(),
     "Begins one, or asks a colleague for the second yes; the member ends it at a kiosk."},
    {Method::Post, "/v1/cases/recovery/withdraw", Scope::Staff, Right::UnlockAccount, two_factors,
     Audit::CaseRecoveryWithdrawn, body_handler<&withdraw_case_recovery>(), "Ends one that is open."},
    {Method::Get, "/v1/cases/claims", Scope::Staff, Right::OpenCase, two_factors, Audit::CaseClaimsRead,
     query_handler<&case_claims>(), "Claims of a verified caller, newest service date first."},
    {Method::Get, "/v1/cases/eob", Scope::Staff, Right::OpenCase, two_factors, Audit::CaseEobRead,
     query_handler<&case_eob>(), "One EOB of a verified caller with what the check found."},
    {Method::Post, "/v1/cases/of-work", Scope::Staff, Right::OpenCase, two_factors, Audit::WorkCaseOpened,
     body_handler<&open_work_case>(), "Opens a case for an entry that one has taken."},
    {Method::Get, "/v1/cases/matter", Scope::Staff, Right::OpenCase, two_factors, Audit::CaseMatterRead,
     query_handler<&case_matter>(), "What the entry of a case asks for."},
    {Method::Get, "/v1/cases/matter-eob", Scope::Staff, Right::OpenCase, two_factors,
     Audit::CaseMatterEobRead, query_handler<&matter_eob>(), "The EOB that the entry of a case is about."},
    {Method::Get, "/v1/cases/eob-review", Scope::Staff, Right::OpenCase, two_factors, Audit::CaseEobRead,
     query_handler<&case_eob_review>(),
     "The versions of an EOB with what changed, and deductible, maximum and network then and today."},
    {Method::Post, "/v1/cases/note", Scope::Staff, Right::OpenCase, two_factors, Audit::CaseNoteAdded,
     body_handler<&add_case_note>(), "Adds to what is noted of a case.", note_max_bytes},
    {Method::Get, "/v1/cases/notes", Scope::Staff, Right::OpenCase, two_factors, Audit::CaseNotesRead,
     query_handler<&case_notes>(), "What is noted of a case."},
    {Method::Get, "/v1/cases/earlier", Scope::Staff, Right::OpenCase, two_factors, Audit::CaseEarlierRead,
     query_handler<&earlier_cases>(), "Closed cases about a verified caller, newest first."},
    {Method::Get, "/v1/cases/requests", Scope::Staff, Right::OpenCase, two_factors, Audit::CaseRequestsRead,
     query_handler<&case_requests>(), "What a verified caller has asked for, and how it stands."},
    {Method::Post, "/v1/calls/candidates", Scope::Staff, Right::OpenCase, two_factors,
     Audit::CallCandidatesRead, body_handler<&call_candidates>(),
     "Whose a caller's number is on file, as initials."},
    {Method::Post, "/v1/cases/allow-more", Scope::Staff, Right::AllowMore, two_factors,
     Audit::CaseMoreAllowed, body_handler<&allow_more>(),
     "Allows a colleague more members' records within the hour."},

    {Method::Post, "/v1/call-backs", Scope::Kiosk, no_right, nothing, Audit::CallBackAsked,
     body_handler<&ask_call_back>(), "Asks for a call, signed in or not."},
    {Method::Get, "/v1/call-backs/place", Scope::Kiosk, no_right, nothing, Audit::NothingPersonal,
     query_handler<&call_back_place>(), "The place in line of a call that was asked for at this kiosk."},
    {Method::Post, "/v1/call-backs/cancel", Scope::Kiosk, no_right, nothing, Audit::CallBackCancelled,
     body_handler<&cancel_call_back>(), "Takes a call back that was asked for at this kiosk."},
    {Method::Get, "/v1/line", Scope::Staff, Right::OpenCase, two_factors, Audit::LineRead,
     query_handler<&waiting_line>(),
     "Who waits, on the line or for a call, in order, without anybody's data."},
    {Method::Post, "/v1/line/next", Scope::Staff, Right::OpenCase, two_factors, Audit::CallBackTaken,
     body_handler<&next_call_back>(),
     "Takes whose turn it is: a call-back, with a case, or a held call, which then rings at this desk."},
    {Method::Post, "/v1/line/outcome", Scope::Staff, Right::OpenCase, two_factors, Audit::CallBackOutcome,
     body_handler<&call_back_outcome>(), "How a call-back went, or that a held call is given back."},
    {Method::Post, "/v1/line/calls", Scope::TelephoneSystem, no_right, nothing, Audit::HeldCallsTold,
     body_handler<&tell_held_calls>(), "All calls that the plan's telephone system holds.",
     held_calls_max_bytes},

    {Method::Post, "/v1/operations", Scope::Terminal, no_right, nothing, Audit::OperationsPushed,
     body_handler<&push_operations>(), "Applies what the terminal's outbox holds, each once.",
     operations_max_bytes},
};

} // namespace

std::span<Route const> routes() {
    return table;
}

} // namespace portico::central
