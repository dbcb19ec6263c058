#pragma once

#include "kiosk/app/load.h"
#include "shared/api/account.h"
#include "shared/api/diagnostics.h"
#include "shared/api/member.h"
#include "shared/api/operations.h"
#include "shared/api/waiting_line.h"
#include "shared/client/replica.h"
#include "shared/domain/tested_device.h"
#include "shared/ui/message.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What the program must do for a state: run by the effects on worker threads, answered by events.
namespace portico::kiosk {

// ---- reads of the member's data ----
struct FetchHome {};
struct FetchClaims {
    api::ClaimsQuery query = {};
};
struct FetchEob {
    EobId id = {};
};
struct FetchContactDetails {};
struct FetchRequests {};
struct FetchMessages {};
/// Tells that the member has read it.
struct ReadMessage {
    std::string message = {};
};
/// Whether a desk of the plan's is on the phone with this member.
struct FetchDeskWord {};
struct FetchIdCard {};
struct FetchCredentials {};
/// Whether somebody tries to come back to this account; and an end to that.
struct FetchOwnRecovery {};
struct StopReturn {};
/// Whether a desk asks this member if they are on the phone.
struct FetchCallCheck {};

/// What the member says to that.
struct AnswerCallCheck {
    std::string check = {};
    std::string number = {}; ///< empty: not on the phone with the plan
};

// ---- a call that is asked for ----
struct SendCallBack {
    api::AskCallBack question = {}; ///< with the id of the last try, or none: then it is made
    std::string instead_of = {};    ///< taken back first, in case central heard of it
};
struct FetchCallBackPlace {
    std::string call_back = {};
};
struct CancelCallBack {
    std::string call_back = {};
};

// ---- who is this ----
struct SignInWithKey {
    Secret pin = {}; ///< empty: the key checks a fingerprint
};
struct SignInWithChip {
    Secret pin = {};
};
struct SignInWithCard {
    std::string card_number = {};
    std::optional<Secret> pin = {};
};
struct SignInWithPassword {
    std::string username = {};
    Secret password = {};
};
struct SignInWithTotp {
    Secret code = {};
};
struct RegisterByCode {
    Secret code = {};
    std::string birth_date = {};
};
/// A staff member's key beside the member's card.
struct RegisterInPerson {
    std::string card_number = {};
    Secret pin = {};
};
/// Asks central for the codes of whoever comes back to their account, if anything is open for them.
struct SendRecoveryCodes {
    std::string who = {};
    std::string birth_date = {};
};
/// A code and the second proof: "code", "totp", a key's answer ("security_key", "staff_key") or a chip
/// card's.
struct ProveReturn {
    std::string who = {};
    std::string birth_date = {};
    Secret code = {};
    std::string second = {};
    Secret second_code = {};
    Secret pin = {};        ///< of the key or chip card
    std::string visit = {}; ///< as WayBack
};
/// What was lost goes, and nothing new comes in its place.
struct FinishReturn {};
struct SetUsername {
    std::string username = {};
    Secret password = {};
};
struct SetPin {
    Secret pin = {};
};
/// A code app: asks for its secret.
struct BeginTotp {};
/// ... and shows by a code that the app has it.
struct ConfirmTotp {
    Secret code = {};
};
struct AddKey {
    Secret pin = {};
    std::string label = {};
};
struct AddChip {
    Secret pin = {};
};
struct RemoveMethod {
    std::string id = {};
};

// ---- changes ----
/// Sealed into the outbox; the reply comes when it is on the disk.
struct KeepOperation {
    api::Operation operation = {};
};

// ---- directory ----
struct SearchDoctors {
    client::ProviderQuery query = {};
};
/// Notices, contact ways and the directory's age, anew.
struct ReadReference {};

// ---- paper and plastic ----
struct RenderCard {
    IdCard card = {};
    std::string language = {};
};
struct PrintEobLetter {
    api::EobDetail detail = {};
    std::string language = {};
    std::string service_phone = {};
};
struct PrintDoctorList {
    std::vector<ProviderListing> doctors = {};
    std::string searched_for = {};
    std::size_t found_count = 0;
    std::string language = {};
    bool large = false;
};
struct IssueCard {
    std::string language = {};
};

// ---- speech ----
enum class SpeechDo : std::uint8_t {
    Begin,      ///< how it is used, then the screen
    ReadScreen, ///< all of it
    Hold,       ///< silent now; keeps what was not yet said
    GoOn,       ///< says what was kept
    Repeat,     ///< what was said last, from its beginning
    Tell,       ///< `words`
};
struct Say {
    SpeechDo what{};
    ui::Text words = {};
};

// ---- the set-up of a kiosk that is not enrolled ----
struct CertifyTerminal {
    std::string enroll_at = {}; ///< host:port
    std::string serve_at = {};  ///< host:port, kept beside the identity; empty: the configuration names it
    std::string fingerprint = {};
    Secret code = {};
};
/// Whether central answers this kiosk, now that it is certified.
struct CheckCentral {};
/// The report of a self-test, with a printer's test on it; of a kiosk that serves too.
struct PrintDeviceTest {
    std::string language = {};
    std::vector<TestedDevice> devices = {};
};
/// The set-up ends, and the kiosk serves.
struct StartServing {};

// ---- the service of a kiosk that serves ----
/// What has to be looked up of how this kiosk does.
struct Measure {};
struct SendDiagnostics {
    api::KioskDiagnostics told = {};
};

// ---- the program itself ----
/// Stops what waits for a key, card or printer, such as a touch.
struct CancelWork {};
/// Signs out at central, stops every worker of the session; nothing of it is answered any more.
struct EndSession {};
/// Covers the screen at once and wipes what was drawn.
struct CoverAndForget {};

using CommandBody =
    std::variant<FetchHome, FetchClaims, FetchEob, FetchContactDetails, FetchRequests, FetchMessages,
                 FetchDeskWord, ReadMessage, FetchIdCard, FetchCredentials, FetchCallCheck, AnswerCallCheck,
                 SignInWithKey, SignInWithChip, SignInWithCard, SignInWithPassword, SignInWithTotp,
                 RegisterByCode, RegisterInPerson, SetUsername, SetPin, BeginTotp, ConfirmTotp, AddKey,
                 AddChip, RemoveMethod, KeepOperation, SearchDoctors, ReadReference, RenderCard,
                 PrintEobLetter, PrintDoctorList, IssueCard, Say, CancelWork, EndSession, CoverAndForget,
                 SendCallBack, FetchCallBackPlace, CancelCallBack, SendRecoveryCodes, ProveReturn,
                 FinishReturn, FetchOwnRecovery, StopReturn, CertifyTerminal, CheckCentral, PrintDeviceTest,
                 StartServing, Measure, SendDiagnostics>;

struct Command {
    RequestNumber request = 0;
    std::uint64_t session = 0;
    std::string token = {}; ///< of the session that asks
    CommandBody body = {};
};

} // namespace portico::kiosk
