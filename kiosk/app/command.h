#pragma once

#include "kiosk/app/load.h"
#include "shared/api/account.h"
#include "shared/api/member.h"
#include "shared/api/operations.h"
#include "shared/client/replica.h"
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
struct FetchIdCard {};
struct FetchCredentials {};
/// Whether a desk asks this member if they are on the phone.
struct FetchCallCheck {};

/// What the member says to that.
struct AnswerCallCheck {
    std::string check = {};
    std::string number = {}; ///< empty: not on the phone with the plan
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

// ---- the program itself ----
/// Stops what waits for a key, card or printer, such as a touch.
struct CancelWork {};
/// Signs out at central, stops every worker of the session; nothing of it is answered any more.
struct EndSession {};
/// Covers the screen at once and wipes what was drawn.
struct CoverAndForget {};

using CommandBody =
    std::variant<FetchHome, FetchClaims, FetchEob, FetchContactDetails, FetchRequests, FetchIdCard,
                 FetchCredentials, FetchCallCheck, AnswerCallCheck, SignInWithKey, SignInWithChip,
                 SignInWithCard, SignInWithPassword, SignInWithTotp, RegisterByCode, RegisterInPerson,
                 SetUsername, SetPin, BeginTotp, ConfirmTotp, AddKey, AddChip, RemoveMethod, KeepOperation,
                 SearchDoctors, ReadReference, RenderCard, PrintEobLetter, PrintDoctorList, IssueCard, Say,
                 CancelWork, EndSession, CoverAndForget>;

struct Command {
    RequestNumber request = 0;
    std::uint64_t session = 0;
    std::string token = {}; ///< of the session that asks
    CommandBody body = {};
};

} // namespace portico::kiosk
