#include "kiosk/app/faults.h"

#include "kiosk/app/event.h"
#include "kiosk/app/facts.h"
#include "shared/api/diagnostics.h"

#include <algorithm>
#include <string_view>

namespace portico::kiosk {

namespace {

constexpr std::size_t fault_reason_size_max = 64;
constexpr char const* fault_without_name = "unnamed_fault";

bool is_of_kiosk(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::Unavailable:
    case ErrorKind::TimedOut:
    case ErrorKind::Corrupt:
    case ErrorKind::Full:
    case ErrorKind::Internal:
        return true;
    default:
        return false;
    }
}

/// Reasons are ours, but one may have come from another machine.
bool is_name(std::string_view reason) {
    return !reason.empty() && reason.size() <= fault_reason_size_max &&
           std::all_of(reason.begin(), reason.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

class FaultNotes {
public:
    FaultNotes(std::vector<SeenFault>& faults, UtcTime now)
        : faults_(faults), now_(std::chrono::floor<std::chrono::minutes>(now)) {}

    void add(std::string_view reason) {
        std::string const known(is_name(reason) ? reason : fault_without_name);
        SeenFault fault{known, now_, now_, 0};
        auto const found = std::find_if(faults_.begin(), faults_.end(),
                                        [&](SeenFault const& each) { return each.reason == known; });
        if (found != faults_.end()) {
            fault = *found;
            faults_.erase(found);
        } else if (faults_.size() >= api::kiosk_faults_max) {
            faults_.erase(faults_.begin());
        }
        fault.last = now_;
        ++fault.count;
        faults_.push_back(std::move(fault));
    }
    void add(Error const& failure) {
        if (is_of_kiosk(failure.kind))
            add(failure.reason);
    }

private:
    std::vector<SeenFault>& faults_;
    UtcTime now_;
};

char const* fault_of(client::Online online) {
    switch (online) {
    case client::Online::No:
        return "central_silent";
    case client::Online::Refused:
        return "central_refuses";
    case client::Online::Withdrawn:
        return "terminal_withdrawn";
    case client::Online::WrongTime:
        return "clock_wrong";
    case client::Online::Unknown:
    case client::Online::Yes:
        break;
    }
    return nullptr;
}

void note_printer(FaultNotes& notes, Facts const& before, PrinterChanged const& event) {
    bool const card = event.printer == WhichPrinter::Card;
    bool const there = card ? before.parts.card_printer : before.parts.letter_printer;
    auto const& was = card ? before.card_printer : before.letter_printer;
    if (!there || was.state == event.status.state)
        return;
    std::string const printer = card ? "card_printer_" : "letter_printer_";
    if (std::holds_alternative<PrinterOffline>(event.status.state))
        notes.add(printer + "offline");
    if (auto const* stopped = std::get_if<PrinterStopped>(&event.status.state))
        for (auto const condition : stopped->conditions)
            notes.add(printer + name(condition));
}

void note_offline(FaultNotes& notes, Facts const& before, OnlineChanged const& event) {
    auto const* const fault = fault_of(event.online);
    if (fault != nullptr && event.online != before.online)
        notes.add(std::string_view(fault));
}

} // namespace

void note_faults(std::vector<SeenFault>& faults, Facts const& before, Event const& event, UtcTime now) {
    FaultNotes notes(faults, now);
    std::visit(
        [&](auto const& body) {
            using Body = std::remove_cvref_t<decltype(body)>;
            if constexpr (requires { body.result.has_error(); }) {
                if (body.result.has_error())
                    notes.add(body.result.error());
            } else if constexpr (std::same_as<Body, PrintMoved>) {
                if (body.failure)
                    notes.add(*body.failure);
                if (body.stage == PrintStage::Unknown)
                    notes.add(std::string_view("print_outcome_unknown"));
            } else if constexpr (std::same_as<Body, KeyChanged>) {
                if (auto const* fault = std::get_if<KeyFault>(&body.state))
                    notes.add(fault->error);
            } else if constexpr (std::same_as<Body, ChipChanged>) {
                if (auto const* fault = std::get_if<ChipCardFault>(&body.state))
                    notes.add(fault->error);
            } else if constexpr (std::same_as<Body, BarcodeChanged>) {
                if (auto const* fault = std::get_if<BarcodeReaderFault>(&body.state))
                    notes.add(fault->error);
            } else if constexpr (std::same_as<Body, PrinterChanged>) {
                note_printer(notes, before, body);
            } else if constexpr (std::same_as<Body, OnlineChanged>) {
                note_offline(notes, before, body);
            }
        },
        event.body);
}

} // namespace portico::kiosk
