#pragma once

#include "kiosk/app/facts.h"
#include "shared/base/ids.h"
#include "shared/domain/finding.h"
#include "shared/ui/input.h"
#include "shared/ui/specs.h"

#include <cstdint>
#include <string>
#include <variant>

/// What a person wants, as a screen reads it from a touch or key.
namespace portico::kiosk {

/// Screens that can be asked for by name.
enum class Place : std::uint8_t {
    SignIn,
    Home,
    More,
    Claims,
    ClaimSearch,
    Costs,
    EobStory,
    WordHelp,
    Card,
    MailCard,
    FindDoctor,
    MyDoctors,
    Contact,
    ContactEdit,
    Methods,
    Requests,
    Messages,
    Notices,
    WhoCalls,
    Help,
    CallBack,
    Language,
    TextAndColor,
    Switches,
    Password,
    CardScan,
    KeySignIn,
    ChipSignIn,
    Register,
    RegisterCode,
    RegisterInPerson,
    RegisterStaff,
    AddKey,
    AddChip,
    AddCodeApp,
    TotpCode,
    ChangePassword,
    ChangePin,
    WayBack,
    WayBackApp,
    WayBackKey,
    WayBackChip,
    WayBackStaff,
    SetUpCentral,
    SetUpTouch,
    SetUpDevices,
};

/// Fields a person types into.
enum class Field : std::uint8_t {
    Username,
    Password,
    Pin,
    PinAgain,
    OneTimeCode,
    ActivationCode,
    BirthDate,
    DoctorWords,
    DoctorZip,
    ClaimProvider,
    AmountLeast,
    AmountMost,
    AddressLine,
    AddressLine2,
    City,
    State,
    AddressZip,
    Phone,
    Email,
    Comment,
    KeyName,
    SecondCode,
    CentralAddress,
    ServeAddress,
    EnrollmentCode,
    Fingerprint,
};

/// Choices among a few.
enum class Choice : std::uint8_t {
    ClaimStatus,
    ClaimPerson,
    ClaimPeriod,
    CardSide,
    MailReason,
    ReportWhat,
    DoctorAccepting,
    DoctorInPlan,
    DoctorLanguage,
    CallAbout,
    CallWhere,
    CallLanguage,
};

/// Speech: the access bar's "Listen", and its controls.
enum class SpeechAct : std::uint8_t { Listen, GoOn, Repeat, ReadAll, Slower, Faster, Softer, Louder, Off };

struct GoBack {};
/// One step back on the same screen.
struct StepBack {};
struct GoHome {};
struct Finish {};
/// The primary action of the screen.
struct Continue {};
/// Ask again for what did not arrive.
struct Retry {};
struct Open {
    Place place{};
};
struct ChooseLanguage {
    std::string language;
};
struct ChooseTextSize {
    int percent = 100;
};
struct ChooseContrast {
    bool high = false;
};
/// "Yes, give me more time."
struct StillHere {};
struct Typed {
    Field field{};
    std::string text;
};
struct Stroked {
    Field field{};
    ui::KeyStroke stroke;
};
struct Picked {
    Choice choice{};
    std::size_t index = 0;
};
struct OpenClaim {
    EobId id;
    std::string provider_name;
};
/// Older or newer claims than those of this page.
struct TurnClaims {
    bool older = true;
};
struct ClearSearch {};
/// To a finding: "Ask us to check it", or "it is right".
struct AnswerFinding {
    FindingKind finding{};
    bool check_it = true;
};
/// To a call check: the number that was read out; empty: "I am not on the phone with the plan".
struct AnswerCall {
    std::string number;
};
/// Of the call that was asked for: whether to take it back, and the answer.
struct AskCancelCall {};
struct ConfirmCancelCall {
    bool yes = false;
};
struct PrintLetter {};
/// A paper copy of this EOB by mail.
struct MailEob {};
struct OpenMessage {
    std::string message;
};
struct PrintCard {};
struct OpenDoctor {
    std::string listing_id;
};
struct ToggleDoctor {
    std::string listing_id;
};
struct PrintDoctors {};
struct ReportDoctor {
    std::string listing_id;
};
struct AskRemoveMethod {
    std::string id;
};
/// Of whoever tries to come back to this account.
struct StopRecovery {};
struct ConfirmRemove {
    bool yes = false;
};
struct AskWithdraw {
    std::string operation_id;
};
struct ConfirmWithdraw {
    bool yes = false;
};

struct Speak {
    SpeechAct act{};
};
/// A switch was pressed on the first screen.
struct BeginSwitches {};
struct SetSwitches {
    SwitchSettings to;
};
/// One of the touch test's.
struct TouchTarget {
    std::size_t target = 0;
};
/// On the letter printer, by a technician.
struct PrintTestPage {};

/// How this kiosk does, to central; by a technician.
struct TellCentral {};

using Intent =
    std::variant<GoBack, StepBack, GoHome, Finish, Continue, Retry, Open, ChooseLanguage, ChooseTextSize,
                 ChooseContrast, StillHere, Typed, Stroked, Picked, OpenClaim, TurnClaims, ClearSearch,
                 AnswerFinding, PrintLetter, PrintCard, OpenDoctor, ToggleDoctor, PrintDoctors, ReportDoctor,
                 AskRemoveMethod, ConfirmRemove, AskWithdraw, ConfirmWithdraw, AnswerCall, MailEob,
                 OpenMessage, Speak, BeginSwitches, SetSwitches, AskCancelCall, ConfirmCancelCall,
                 StopRecovery, TouchTarget, PrintTestPage, TellCentral>;

} // namespace portico::kiosk
