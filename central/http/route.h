#pragma once

#include "central/auth/staff_rights.h"
#include "central/http/call.h"
#include "shared/base/result.h"
#include "shared/domain/operation.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::central {

enum class Method : std::uint8_t { Get, Post };

/// Who may call a route.
enum class Scope : std::uint8_t {
    NewTerminal,     ///< no certificate yet: the enrolment listener, and nowhere else
    AnyProgram,      ///< any certified terminal, a phone and a telephone system too, about itself alone
    Terminal,        ///< any certified kiosk or desk, signed in or not
    Kiosk,           ///< any certified kiosk: what members alone do, and no staff at a desk for them
    Member,          ///< a signed-in member
    Registration,    ///< a member, or a session that may only register
    SignedIn,        ///< any session, of a member or of staff, also one that may only register
    Staff,           ///< a signed-in staff member at a desk ("agent"), with the route's right
    Phone,           ///< a desk's telephone helper ("phone"), which may call nothing else
    TelephoneSystem, ///< the plan's telephone system ("telephone_system"), which may call nothing else
    KioskService, ///< a signed-in staff member at a kiosk, with the route's right, who may call nothing else
};

/// What a call leaves in the audit.
enum class Audit : std::uint8_t {
    NothingPersonal, ///< reference data and documents: no record
    TerminalEnrolled,
    ChallengeMade,
    SignInSecurityKey,
    SignInChipCard,
    SignInPrintedCard,
    SignInPassword,
    SignInTotp,
    SignOut,
    RegisteredWithCode,
    RegisteredInPerson,
    PasswordSet,
    TotpBegun,
    TotpConfirmed,
    PinSet,
    SecurityKeyAdded,
    ChipCardAdded,
    CredentialRemoved,
    CredentialsRead,
    HomeRead,
    ClaimsRead,
    EobRead,
    ContactDetailsRead,
    RequestsRead,
    IdCardRead,
    CardIssueBegun,
    OperationsPushed,
    PlanRead,
    StaffRead,
    WorkRead,
    WorkTaken,
    WorkGivenBack,
    WorkHandedOver,
    WorkDecided,
    CaseOpened,
    CasesRead,
    CaseTaken,
    CaseClosed,
    CaseIdentified,
    CaseMoreAllowed,
    CaseMemberRead,
    CaseFieldRevealed,
    CaseGlassBroken,
    CaseVerifyAsked,
    CallCheckRead,
    CallCheckAnswered,
    CaseLockRead,
    CaseUnlock,
    UnlockAsked,
    CaseClaimsRead,
    CaseEobRead,
    CaseWaysRead,
    CaseCodeSent,
    CodeKeyed,
    CallCandidatesRead,
    CaseReasonChanged,
    CaseNoteAdded,
    CaseNotesRead,
    CaseEarlierRead,
    CaseRequestsRead,
    MessagesRead,
    MessageMarkedRead,
    CallBackAsked,
    CallBackCancelled,
    LineRead,
    CallBackTaken,
    CallBackOutcome,
    CaseCallBackAsked,
    DialNumberRead,
    CallDialled,
    DeskWordRead,
    WorkCaseOpened,
    CaseMatterRead,
    CaseMatterEobRead,
    CaseRecoveryRead,
    CaseRecoveryStarted,
    CaseRecoveryWithdrawn,
    RecoveryBegun,
    RecoveryProved,
    OwnRecoveryRead,
    RecoveryStopped,
    RecoveryFinished,
    CaseSpeakersRead,
    CaseSpeakerChosen,
    HeldCallsTold,
    CertificateRenewed,
    VersionReported,
    DiagnosticsKept,
};
/// "eob_read".
std::string name(Audit audit);

/// A value that must be stated: it has no default, so that leaving it out of a route does not compile.
template <class T>
class Stated {
public:
    constexpr Stated(T value) : value_(value) {} // implicit: a route row is written as a plain list
    constexpr operator T() const { return value_; }

private:
    T value_;
};

/// What came with a call: the body (POST) or the query (GET), not yet read.
struct Input {
    std::string_view body;
    std::vector<std::pair<std::string, std::string>> query; ///< decoded
};

/// A handler with its types taken away; made by `handler<function>` in typed.h.
struct Handler {
    Result<std::string> (*run)(Call&, Input const&); ///< reads the request, answers with JSON
    std::string (*request_schema)();                 ///< JSON Schema; "{}"-like for no fields
    std::string (*reply_schema)();
};

/// One row of the route table, its columns in the order people read them.
// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): eight bytes in some thirty rows
struct Route {
    Stated<Method> method;
    std::string_view path; ///< "/v1/eobs/{id}": at most one {id}, at the end
    Stated<Scope> scope;
    Stated<Right> right; ///< of staff; Right::None for everybody else's routes
    Stated<Assurance> assurance;
    Stated<Audit> audit;
    Handler handler;
    std::string_view summary; ///< for the OpenAPI document
    std::size_t body_max_bytes = 64UL * 1024;
};

/// All routes of central. The one table; a call that is not here does not exist.
std::span<Route const> routes();

} // namespace portico::central
