#pragma once

#include "shared/api/call_check.h"
#include "shared/api/caller_code.h"
#include "shared/api/case_history.h"
#include "shared/api/case_member.h"
#include "shared/api/cases.h"
#include "shared/api/changes.h"
#include "shared/api/dial.h"
#include "shared/api/eob_review.h"
#include "shared/api/member.h"
#include "shared/api/recovery.h"
#include "shared/api/ringing.h"
#include "shared/api/sign_in.h"
#include "shared/api/speakers.h"
#include "shared/api/unlock.h"
#include "shared/api/waiting_line.h"
#include "shared/api/work.h"
#include "shared/client/sync.h"
#include "shared/devices/security_key.h"
#include "shared/devices/telephone.h"
#include "shared/terminal/load.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

/// What happened, as workers and devices tell it to the one thread that owns the state.
namespace portico::agent {

/// A session of a staff member, and what they are.
struct Admission {
    api::SessionReply session;
    api::StaffMe me;
};
struct SignedIn {
    Result<Admission> result;
};
struct Unlocked {
    Result<void> result;
};
/// The key blinks and waits for a finger.
struct TouchWanted {};
struct MeRead {
    Result<api::StaffMe> result;
};
struct WorkRead {
    Result<api::WorkList> result;
};
/// A step with an entry was done, or refused.
struct WorkDone {
    Result<void> result;
    std::string holder = {};                 ///< refused "work_taken": who has it, where central says so
    std::optional<api::WorkItem> taken = {}; ///< the entry as it is now
};

/// By which a second person decides; it names its entry, as the rep may be at another one by now.
struct AskedUnlockRead {
    std::string entry;
    Result<api::AskedUnlock> result;
};
struct CasesRead {
    Result<api::CaseList> result;
};
struct CaseOpened {
    Result<api::CaseOpened> result;
};
/// What is about one case names it: the rep may be at another one by now.
struct CallerIdentified {
    std::string case_id;
    Result<api::CaseLevel> result;
};
struct ReasonChanged {
    std::string case_id;
    std::string reason;
    Result<void> result;
};
struct CaseClosed {
    std::string case_id;
    Result<void> result;
};
struct MoreAllowed {
    Result<void> result;
};
struct MemberRead {
    std::string case_id;
    Result<api::CaseMember> result;
};
struct ClaimsRead {
    std::string case_id;
    Result<api::ClaimsPage> result;
};
/// It names its EOB too: the rep may look at another one by now.
struct EobRead {
    std::string case_id;
    std::string eob;
    Result<api::EobDetail> result;
};
struct EobReviewRead {
    std::string case_id;
    std::string eob;
    Result<api::EobReview> result;
};
struct FieldRevealed {
    std::string case_id;
    Result<api::RevealedField> result;
};
struct GlassBroken {
    std::string case_id;
    Result<void> result;
};

struct CallerAsked {
    std::string case_id;
    Result<api::CallCheckAsked> result;
};
struct SpeakersRead {
    std::string case_id;
    Result<api::Speakers> result;
};
struct SpeakerChosen {
    std::string case_id;
    Result<api::CaseItem> result;
};
struct WaysRead {
    std::string case_id;
    Result<api::VerifyWays> result;
};
struct CodeSent {
    std::string case_id;
    std::string call;
    Result<api::CodeSent> result;
};
/// The operation is sealed on the disk, or is not.
struct OperationKept {
    std::string case_id;
    Result<std::string> result;
};
struct OutboxRead {
    Result<std::vector<client::OperationStanding>> standing;
    Result<std::vector<client::RefusedOperation>> refused;
};
struct NoteAdded {
    std::string case_id;
    std::string note; ///< the id it was sent with
    Result<void> result;
};
struct NotesRead {
    std::string case_id;
    Result<api::CaseNotes> result;
};
struct EarlierCasesRead {
    std::string case_id;
    Result<api::EarlierCases> result;
};
struct RequestsRead {
    std::string case_id;
    Result<api::Requests> result;
};
/// By which the number on file is called.
struct TicketMade {
    std::string case_id;
    Result<api::DialTicket> result;
};
/// It names its call: another one may ring by now.
struct CandidatesRead {
    std::string call;
    Result<api::Candidates> result;
};
/// What the telephone was told to do, when it could not; what it did is in TelephoneChanged.
struct TelephoneFailed {
    std::string call; ///< empty: it was to dial
    Error failure;
};
struct LockRead {
    std::string case_id;
    Result<api::CaseLock> result;
};
struct AccountUnlocked {
    std::string case_id;
    Result<api::UnlockReply> result;
};

struct RecoveryRead {
    std::string case_id;
    Result<api::RecoveryState> result;
};
struct RecoveryStarted {
    std::string case_id;
    Result<api::RecoveryState> result;
};
struct RecoveryWithdrawn {
    std::string case_id;
    Result<void> result;
};

struct LineRead {
    Result<api::WaitingLine> result;
};
struct WorkCaseGot {
    std::string entry;
    Result<api::WorkCaseOpened> result;
};
struct MatterRead {
    std::string case_id;
    Result<api::CaseMatter> result;
};
struct CallBackGot {
    Result<api::CallBackTaken> result;
};
struct OutcomeSaid {
    std::string outcome;
    Result<void> result;
};

struct KeyChanged {
    SecurityKeyState state;
};
struct TelephoneChanged {
    TelephoneView view;
};
/// `portico-agent call`: a call at another telephone of this rep's.
struct CallHandedOver {
    std::string from; ///< empty: hidden
    std::string to;   ///< the line that was called; may be empty
};
struct OnlineChanged {
    client::Online online{};
};
struct OutboxChanged {
    client::OutboxCounts counts;
};
struct CentralTold {
    api::TerminalEvent event;
    /// How long this desk waits before it looks at what all desks are told of at once; drawn by whoever hears
    /// it, another at each desk.
    std::chrono::milliseconds spread{0};
};
/// Time went by.
struct Tick {};
/// The rep moved the mouse or pressed something.
struct PersonNoticed {};

using EventBody =
    std::variant<SignedIn, Unlocked, TouchWanted, MeRead, WorkRead, WorkDone, AskedUnlockRead, CasesRead,
                 CaseOpened, ReasonChanged, CallerIdentified, CaseClosed, MoreAllowed, MemberRead, ClaimsRead,
                 EobRead, FieldRevealed, GlassBroken, CallerAsked, WaysRead, CodeSent, TicketMade,
                 OperationKept, OutboxRead, NoteAdded, NotesRead, EarlierCasesRead, RequestsRead,
                 CandidatesRead, TelephoneFailed, LockRead, AccountUnlocked, KeyChanged, TelephoneChanged,
                 CallHandedOver, OnlineChanged, OutboxChanged, CentralTold, Tick, PersonNoticed, LineRead,
                 CallBackGot, OutcomeSaid, WorkCaseGot, MatterRead, EobReviewRead, RecoveryRead,
                 RecoveryStarted, RecoveryWithdrawn, SpeakersRead, SpeakerChosen>;

struct Event {
    std::uint64_t session = 0; ///< 0: not of any session
    terminal::RequestNumber request = 0;
    EventBody body;
};

} // namespace portico::agent
