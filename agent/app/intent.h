#pragma once

#include "shared/domain/finding.h"
#include "shared/ui/input.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

/// What a rep wants, as a screen reads it from a press or key.
namespace portico::agent {

/// Everything that can be done by a key, by its button or from the palette: one list for the three, so that
/// none of them offers what another does not. acts.h says which are possible now.
enum class Act : std::uint8_t {
    Take,
    GiveBack,
    HandOver,
    Decide,
    OpenWorkCase,
    Refresh,
    ShowAll,
    ShowMine,
    ShowNobodys,
    ShowWork,
    ShowCases,
    OpenCase,
    ChangeReason,
    FindCaller,
    WhoSpeaks,
    VerifyCaller,
    CloseCase,
    LeaveCase,
    ShowClaims,
    OlderClaims,
    ReadMatterEob,
    EobAsSystem,
    EobVersions,
    EobReadAloud,
    OlderVersion,
    NewerVersion,
    OtherLanguage,
    RevealField,
    BreakGlass,
    ActForMember,
    CheckClaim,
    MailEob,
    MailCard,
    ChangeContact,
    WriteMessage,
    PromiseCall,
    AddNote,
    ShowHistory,
    UnlockAccount,
    RecoverAccount,
    KeyCode,
    AllowMore,
    AnswerCall,
    DeclineCall,
    HoldCall,
    HangUpCall,
    TransferCall,
    NextCall,
    NextCallBack,
    CallReached,
    CallNotAnswered,
    CallWrongNumber,
    GiveCallBack,
    LockNow,
    SignOut,
    ChangeTheme,
    LargerText,
    SmallerText,
};

/// Fields that are typed into.
enum class Field : std::uint8_t {
    ActWords,
    Colleague,
    MemberNumber,
    GivenNames,
    FamilyName,
    BirthDate,
    Zip,
    Note,
    GlassReason,
    TransferTo,
    NoteText,
    NewPhone,
    NewEmail,
    AddressLine,
    AddressLine2,
    City,
    State,
    AddressZip,
    MessageText,
    CallBackOn,
    CallBackAbout,
};

/// Lists of a case's dialogs that one entry is chosen of.
enum class CaseChoice : std::uint8_t {
    Reason,
    Channel,
    Outcome,
    RevealedField,
    RevealReason,
    UnlockReason,
    Lost,
    RecoveryReason,
    Speaker,
    VerifyWay,
    CardReason,
    ContactPart,
    ClaimAnswer,
};

struct Do {
    Act act{};
};
/// Opens the list of all that can be done.
struct OpenPalette {};
/// Back from what stands over the screen, from an EOB or the claims, or from what waits for a finger.
struct Close {};
/// The primary action of the screen or dialog.
struct Continue {};
struct Stroked {
    ui::KeyStroke stroke;
};
struct Typed {
    Field field{};
    std::string text;
};
/// A row of the queue.
struct Pick {
    std::string entry;
};
/// A colleague of those who are known here.
struct ChooseColleague {
    std::string staff;
};
/// How an entry is to end: an index of decisions_for, and of reasons_for when it is refused.
struct ChooseDecision {
    std::size_t index = 0;
};
struct ChooseReason {
    std::size_t index = 0;
};
/// One of one's own open cases.
struct PickCase {
    std::string case_id;
};
/// One of the claims that are shown.
struct PickClaim {
    std::string eob;
};
/// One of the calls at this desk.
struct PickCall {
    std::string call;
};
struct ChooseInCase {
    CaseChoice what{};
    std::size_t index = 0;
};
/// What looks wrong on the EOB that is read: the member answers to it.
struct AnswerFinding {
    FindingKind finding{};
};
/// A request of the member's that can be taken back.
struct WithdrawFor {
    std::string operation;
};
/// Something that was refused: what was typed comes back...
struct Correct {
    std::string operation;
};
/// ... or it is left at that.
struct HasSeen {
    std::string operation;
};
/// "I am still here."
struct StillHere {};
/// At a lock that is not one's own: the session of the one before ends.
struct EndOthers {};

using Intent = std::variant<Do, OpenPalette, Close, Continue, Stroked, Typed, Pick, ChooseColleague,
                            ChooseDecision, ChooseReason, PickCase, PickClaim, PickCall, ChooseInCase,
                            AnswerFinding, WithdrawFor, Correct, HasSeen, StillHere, EndOthers>;

} // namespace portico::agent
