#pragma once

#include "shared/api/changes.h"
#include "shared/base/clock.h"
#include "shared/client/sync.h"
#include "shared/devices/barcode_reader.h"
#include "shared/devices/chip_card_reader.h"
#include "shared/devices/printer.h"
#include "shared/devices/security_key.h"
#include "shared/domain/date.h"

#include <optional>
#include <string>
#include <vector>

namespace portico::kiosk {

/// What a person has chosen on the access bar. Back to the kiosk's own at the end of a visit.
struct Settings {
    std::string language = "en";
    int text_percent = 100;
    bool high_contrast = false;
    bool operator==(Settings const&) const = default;
};

/// What is so on this terminal, whoever stands before it. Nothing personal.
struct Facts {
    std::string plan_name;
    bool bench = false;
    client::Online online = client::Online::Unknown;
    client::OutboxCounts outbox;
    SecurityKeyState key = KeyAbsent{};
    ChipCardState chip = ChipCardAbsent{};
    BarcodeReaderState barcode = BarcodeReaderAbsent{};
    PrinterStatus card_printer;
    PrinterStatus letter_printer;
    std::vector<api::Notice> notices;
    std::vector<api::ContactWay> contact_ways;
    /// When the directory was last known to be complete; nothing before the first time.
    std::optional<UtcTime> directory_at;
    Date today;

    bool offline() const { return online != client::Online::Yes && online != client::Online::Unknown; }
    bool key_in() const { return !std::holds_alternative<KeyAbsent>(key); }
    bool chip_in() const { return !std::holds_alternative<ChipCardAbsent>(chip); }
    bool card_printed() const { return card_printer.output == PrinterOutput::Waiting; }
    bool paper_printed() const { return letter_printer.output == PrinterOutput::Waiting; }
    bool anything_left() const { return key_in() || chip_in() || card_printed() || paper_printed(); }
    std::string help_phone() const;
};

/// A printer that could print now.
inline bool can_print(PrinterStatus const& status) {
    return std::holds_alternative<PrinterReady>(status.state);
}

} // namespace portico::kiosk
