#pragma once

#include "kiosk/card_issue/card_issuer.h"
#include "shared/client/outbox.h"
#include "shared/devices/real/ipp_printer.h"
#include "tests/central/operations_bench.h"
#include "tests/support/device_tcp_gate.h"
#include "tests/support/print_engine.h"
#include "tests/support/rounds.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace portico::test {

enum class PrintFault : std::uint8_t {
    KioskKilled,
    PersonLeaves,
    PersonLeavesEmpty,
    Jam,
    JamForLong,
    Empty,
    EmptyForLong,
    LastCard,
    Paused,
    JobFails,
    PrinterRestarts,
    PrinterGoneForLong,
    PrinterHangs,
    PrinterHangsForLong,
    LineCut,
    LineCutForLong,
    RequestTorn,
    ReplyTorn,
    CentralSilent,
    count,
};
char const* name(PrintFault fault);

/// A fault at the n-th moment of a round: at a call to the printer, at either side of a write to the journal
/// or the outbox, or while time passes.
struct PlannedFault {
    PrintFault fault{};
    int moment = 0;
};

/// One round: Alex asks for a card at a kiosk while faults strike, then Sam does. The card issuer, its
/// journal, the outbox, the IPP client, the printer's program and central's card register are the real ones;
/// the kiosk's process is these objects, gone when it is killed and made anew from what is on the disk.
class PrintingRoom {
public:
    PrintingRoom(OperationsBench& central, PrintEngine& engine, std::string terminal,
                 std::vector<PlannedFault> plan, Dice dice);
    ~PrintingRoom();
    PrintingRoom(PrintingRoom const&) = delete;
    PrintingRoom& operator=(PrintingRoom const&) = delete;

    void play();
    /// Called when Alex has gone, before Sam comes.
    std::function<void()> after_first_visit = [] {};
    /// Where this kiosk reaches the printer.
    int printer_port() const { return gate_.port(); }
    /// Fails the test where a promise was broken.
    void check();

    /// "jam at sending, printer waits": what struck, and where.
    std::vector<std::string> const& struck() const { return struck_; }
    /// "completed", "failed", "unknown"; "" when Alex's card was never begun.
    std::string const& outcome_of_alex() const { return outcome_of_alex_; }

private:
    class CallsToPrinter;
    class Kiosk;
    struct KioskKilled {};

    struct Asked {
        CardIssueId id;
        PrintTicket ticket;
        std::string patient;
        std::string document;
        bool seen_by_central = false;
    };

    void happens(char const* where);
    void strike(PrintFault fault);
    void time_passes();
    bool visit(std::string const& patient);
    bool ask_for_card(Kiosk& kiosk, std::string const& patient);
    Result<std::string> begin_at_central(Asked& asked);
    void end_what_is_open();
    void push_to_central(bool replies_get_lost);
    void check_issue(Asked const& asked);
    void check_cards();

    OperationsBench& central_;
    PrintEngine& engine_;
    std::string terminal_;
    std::vector<PlannedFault> plan_;
    Dice dice_;
    ScratchFolder folder_;
    DeviceTcpGate gate_;
    std::unique_ptr<Kiosk> kiosk_;

    int moment_ = 0;
    int turn_ = 0;
    std::optional<int> repair_at_;
    bool line_is_torn_ = false;
    bool central_is_silent_ = false;
    std::string person_ = "nobody"; ///< who stands at the kiosk
    std::stop_source person_left_;
    std::string step_ = "before"; ///< of the issue in hand
    std::vector<Asked> asked_;
    std::vector<std::string> struck_;
    std::string outcome_of_alex_;
    bool served_ = false;
};

} // namespace portico::test
