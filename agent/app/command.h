#pragma once

#include "shared/api/call_check.h"
#include "shared/api/caller_code.h"
#include "shared/api/case_claims.h"
#include "shared/api/case_member.h"
#include "shared/api/cases.h"
#include "shared/api/ringing.h"
#include "shared/api/unlock.h"
#include "shared/api/work.h"
#include "shared/base/secret.h"
#include "shared/terminal/load.h"

#include <cstdint>
#include <string>
#include <variant>

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
struct Reveal {
    api::RevealField request = {};
};
struct BreakGlass {
    api::BreakGlass request = {};
};
struct Verify {
    api::VerifyCaller request = {};
};
struct FetchWays {
    std::string case_id = {};
};
struct SendCode {
    api::SendCode request = {};
};
/// Who might ring.
struct FetchCandidates {
    std::string call = {};
    std::string number = {};
};
/// What the telephone of this desk is to do with one of its calls.
struct WorkTelephone {
    enum class Do : std::uint8_t { Answer, Hold, Resume, HangUp, Transfer, StartKeying, StopKeying };
    Do what{};
    std::string call = {};
    std::string to = {}; ///< Transfer
};
struct FetchLock {
    std::string case_id = {};
};
/// Of a member's account; the desk's own lock is Unlock's.
struct UnlockAccount {
    api::UnlockAccount request = {};
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
                 FetchEob, Reveal, BreakGlass, Verify, FetchWays, SendCode, FetchCandidates, WorkTelephone,
                 FetchLock, UnlockAccount, CancelWork, EndSession, CoverAndForget, ForgetDrawn>;

struct Command {
    RequestNumber request = 0;
    std::uint64_t session = 0;
    std::string token = {}; ///< of the session that asks
    CommandBody body = {};
};

} // namespace portico::agent
