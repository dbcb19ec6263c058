#pragma once

#include "kiosk/app/load.h"
#include "kiosk/app/measures.h"
#include "shared/api/account.h"
#include "shared/api/call_check.h"
#include "shared/api/changes.h"
#include "shared/api/desk_word.h"
#include "shared/api/member.h"
#include "shared/api/recovery.h"
#include "shared/api/sign_in.h"
#include "shared/api/waiting_line.h"
#include "shared/client/enrollment.h"
#include "shared/client/replica.h"
#include "shared/client/sync.h"
#include "shared/devices/barcode_reader.h"
#include "shared/devices/chip_card_reader.h"
#include "shared/devices/headphone_jack.h"
#include "shared/devices/printer.h"
#include "shared/devices/security_key.h"
#include "shared/ui/specs.h"

#include <cstdint>
#include <memory>
#include <variant>

/// What happened, as workers and devices tell it to the one thread that owns the state.
namespace portico::kiosk {

/// Reply to a read.
template <class T>
struct Loaded {
    Result<T> result;
};
/// A session began or was stepped up.
struct SignedIn {
    Result<api::SessionReply> result;
};
/// The key blinks and waits for a finger.
struct TouchWanted {};
/// A change of the account's ways to sign in.
struct AccountChanged {
    Result<void> result;
};
/// Central was asked for the codes of whoever comes back; it tells nothing of whether there are any.
struct RecoveryAsked {
    Result<void> result;
    std::string visit = {}; ///< under which proofs are shown from now on
};
/// What the member said to a call check reached central, or did not, or was not what central waits for.
struct CallCheckAnswered {
    Result<void> result;
};
/// Central knows that it is read, or does not.
struct MessageRead {
    std::string message;
    Result<void> result;
};
/// A call was asked for, or could not be; with its id, in case it is asked for again.
struct CallBackAsked {
    std::string call_back;
    Result<api::CallBackPlace> result;
};
struct CallBackCancelled {
    Result<void> result;
};
/// The operation is sealed on the disk, or is not.
struct OperationKept {
    Result<std::string> result;
};
/// Both sides of a card for the screen.
struct CardPictures {
    std::shared_ptr<ui::Bitmap const> front;
    std::shared_ptr<ui::Bitmap const> back;
};
/// How far a print is.
enum class PrintStage : std::uint8_t {
    Preparing, ///< reserved, drawn, not sent
    Printing,
    Waiting, ///< the printer waits for cards or paper, or to be cleared
    Done,
    Failed,  ///< nothing came out
    Unknown, ///< nobody can tell whether it came out: staff look, it is never printed again by itself
};
struct PrintMoved {
    PrintStage stage = PrintStage::Preparing;
    std::optional<Error> failure = {};
};

struct KeyChanged {
    SecurityKeyState state;
};
struct ChipChanged {
    ChipCardState state;
};
struct Scanned {
    Scan scan;
};
struct BarcodeChanged {
    BarcodeReaderState state;
};
struct HeadphonesChanged {
    Headphones state{};
};
enum class WhichPrinter : std::uint8_t { Card, Letter };
struct PrinterChanged {
    WhichPrinter printer{};
    PrinterStatus status;
};

struct OnlineChanged {
    client::Online online{};
};
struct OutboxChanged {
    client::OutboxCounts counts;
};
struct ReferenceRead {
    std::vector<api::Notice> notices;
    std::vector<api::ContactWay> contact_ways;
    std::optional<UtcTime> directory_at;
};
/// Reference data changed: read it anew.
struct ReferenceMoved {};
struct CentralTold {
    api::TerminalEvent event;
};
/// How far a set-up's question to central is.
struct CertifyMoved {
    client::EnrollmentStep step{};
};
/// What a certified kiosk is.
struct TerminalFactsKnown {
    std::string terminal_id;
    std::string plan_name;
};
struct TerminalCertified {
    Result<TerminalFactsKnown> result;
};
struct CentralChecked {
    Result<void> result;
};
struct DeviceTestPrinted {
    Result<void> result;
};
/// Central keeps what this kiosk told of itself, or does not.
struct DiagnosticsSent {
    Result<void> result;
};
/// Time went by.
struct Tick {};
/// The person touched or pressed something.
struct PersonNoticed {};

using EventBody =
    std::variant<Loaded<api::Home>, Loaded<api::ClaimsPage>, Loaded<api::EobDetail>,
                 Loaded<api::ContactDetails>, Loaded<api::Requests>, Loaded<api::Messages>,
                 Loaded<api::IdCardReply>, Loaded<api::Credentials>, Loaded<api::TotpBegun>,
                 Loaded<api::CallCheck>, Loaded<api::OpenCalls>, Loaded<client::ProvidersFound>,
                 Loaded<CardPictures>, SignedIn, TouchWanted, AccountChanged, CallCheckAnswered, MessageRead,
                 OperationKept, PrintMoved, KeyChanged, ChipChanged, Scanned, BarcodeChanged, PrinterChanged,
                 OnlineChanged, OutboxChanged, ReferenceRead, ReferenceMoved, CentralTold, Tick,
                 PersonNoticed, HeadphonesChanged, Loaded<api::CallBackPlace>, CallBackAsked,
                 CallBackCancelled, RecoveryAsked, Loaded<api::OwnRecovery>, CertifyMoved, TerminalCertified,
                 CentralChecked, DeviceTestPrinted, Loaded<Measures>, DiagnosticsSent>;

struct Event {
    std::uint64_t session = 0; ///< 0: not of any session
    RequestNumber request = 0;
    EventBody body;
};

} // namespace portico::kiosk
