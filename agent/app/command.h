#pragma once

#include "shared/api/call_check.h"
#include "shared/api/caller_code.h"
#include "shared/api/case_claims.h"
#include "shared/api/case_history.h"
#include "shared/api/case_member.h"
#include "shared/api/cases.h"
#include "shared/api/dial.h"
#include "shared/api/eob_review.h"
#include "shared/api/operations.h"
#include "shared/api/recovery.h"
#include "shared/api/ringing.h"
#include "shared/api/speakers.h"
#include "shared/api/unlock.h"
#include "shared/api/waiting_line.h"
#include "shared/api/work.h"
#include "shared/api/work_case.h"
#include "shared/base/secret.h"
#include "shared/terminal/load.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

/// What the program must do for a state: run by the effects on worker threads, answered by events.
namespace portico::agent {

using terminal::Doing;
using terminal::Load;
using terminal::RequestNumber;

/// With the key in the slot. The answer is SignedIn.
struct SignIn {
    Secret pin = {}; ///< empty: the key checks a fingerprint
};
/// The same for who has locked the desk: central takes the key of that person alone. The answer is Unlocked.
struct Unlock {
    Secret pin = {};
};
struct FetchMe {};
struct FetchWork {
    api::WorkQuery query = {};
};
struct Take {
    std::string entry = {};
};
struct GiveBack {
    std::string entry = {};
};
struct HandOver {
    std::string entry = {};
    std::string to = {}; ///< staff id
};
struct Decide {
    api::DecideWork decision = {};
};
/// What an entry of kind "unlock_approval" is decided by.
struct FetchAskedUnlock {
    std::string entry = {};
};
/// The case of an entry that one has taken.
struct OpenWorkCase {
    std::string entry = {};
};
struct FetchMatter {
    std::string case_id = {};
};
/// The EOB that the entry of a case is about. The answer is EobRead.
struct FetchMatterEob {
    std::string case_id = {};
    std::string eob = {};
};
struct FetchCases {};
struct OpenCase {
    api::OpenCase request = {};
};
struct ChangeReason {
    api::ChangeCaseReason request = {};
};
/// Wiped by who carries it out.
struct Identify {
    api::IdentifyCaller request = {};
};
struct CloseCase {
    api::CloseCase request = {};
};
struct AllowMore {
    std::string staff = {};
};
struct FetchMember {
    std::string case_id = {};
};
struct FetchClaims {
    api::CaseClaimsQuery query = {};
};
struct FetchEob {
    api::CaseEobQuery query = {};
};
/// The versions of an EOB, and the figures of then.
struct FetchEobReview {
    api::CaseEobReviewQuery query = {};
};
struct Reveal {
    api::RevealField request = {};
};
struct BreakGlass {
    api::BreakGlass request = {};
};
struct Verify {
    api::VerifyCaller request = {};
};
/// Who may speak for the member of a case.
struct FetchSpeakers {
    std::string case_id = {};
};
struct ChooseSpeaker {
    api::ChooseSpeaker request = {};
};
struct FetchWays {
    std::string case_id = {};
};
struct SendCode {
    api::SendCode request = {};
};
/// Sealed into the outbox; the reply comes when it is on the disk.
struct KeepOperation {
    std::string case_id = {};
    api::Operation operation = {};
};
/// How these operations stand, and what was refused.
struct ReadOutbox {
    std::vector<std::string> operations = {};
};
/// A rep has seen that it was refused.
struct ForgetRefused {
    std::string operation = {};
};
/// Without an id it is given one. Wiped by who carries it out.
struct AddNote {
    api::AddNote request = {};
};
struct FetchNotes {
    std::string case_id = {};
};
struct FetchEarlierCases {
    std::string case_id = {};
};
struct FetchRequests {
    std::string case_id = {};
};
/// A ticket to call the number on file by. The answer is TicketMade.
struct CallNumberOnFile {
    std::string case_id = {};
};
/// Who might ring.
struct FetchCandidates {
    std::string call = {};
    std::string number = {};
};
/// What the telephone of this desk is to do with one of its calls.
struct WorkTelephone {
    enum class Do : std::uint8_t { Answer, Hold, Resume, HangUp, Transfer, StartKeying, StopKeying, Dial };
    Do what{};
    std::string call = {}; ///< empty for Dial
    std::string to = {};   ///< Transfer: a number; Dial: a ticket
};
struct FetchLock {
    std::string case_id = {};
};
/// Of a member's account; the desk's own lock is Unlock's.
struct UnlockAccount {
    api::UnlockAccount request = {};
};
struct FetchRecovery {
    std::string case_id = {};
};
struct StartRecovery {
    api::StartRecovery request = {};
};
struct WithdrawRecovery {
    api::WithdrawRecovery request = {};
};
/// The waiting line; the next of it; how a call of it went.
struct FetchLine {};
struct TakeNext {};
struct SayOutcome {
    api::CallBackOutcome request = {};
};
/// Stops what waits for a key's touch.
struct CancelWork {};
/// Signs out at central and stops all that was asked for; nothing of it is answered any more.
struct EndSession {};
/// Covers the screen at once and wipes what was drawn, with what was pressed since.
struct CoverAndForget {};
/// Wipes what was drawn; the same person goes on.
struct ForgetDrawn {};

using CommandBody =
    std::variant<SignIn, Unlock, FetchMe, FetchWork, Take, GiveBack, HandOver, Decide, FetchAskedUnlock,
                 FetchCases, OpenCase, ChangeReason, Identify, CloseCase, AllowMore, FetchMember, FetchClaims,
                 FetchEob, Reveal, BreakGlass, Verify, FetchWays, SendCode, CallNumberOnFile, KeepOperation,
                 ReadOutbox, ForgetRefused, AddNote, FetchNotes, FetchEarlierCases, FetchRequests,
                 FetchCandidates, WorkTelephone, FetchLock, UnlockAccount, CancelWork, EndSession,
                 CoverAndForget, ForgetDrawn, FetchLine, TakeNext, SayOutcome, OpenWorkCase, FetchMatter,
                 FetchMatterEob, FetchEobReview, FetchRecovery, StartRecovery, WithdrawRecovery,
                 FetchSpeakers, ChooseSpeaker>;

struct Command {
    RequestNumber request = 0;
    std::uint64_t session = 0;
    std::string token = {}; ///< of the session that asks
    CommandBody body = {};
};

} // namespace portico::agent
