#pragma once

#include "shared/api/changes.h"
#include "shared/base/clock.h"
#include "shared/client/sync.h"
#include "shared/devices/barcode_reader.h"
#include "shared/devices/chip_card_reader.h"
#include "shared/devices/headphone_jack.h"
#include "shared/devices/printer.h"
#include "shared/devices/security_key.h"
#include "shared/domain/date.h"
#include "shared/ui/scan/switches.h"
#include "shared/ui/speech/speaker.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace portico::kiosk {

/// Reading aloud. It is paused while its controls (ListenMenu) stand on the screen.
struct SpeechSettings {
    bool on = false;
    ui::VoiceSettings voice;
    bool operator==(SpeechSettings const&) const = default;
};

/// Scanning by one or two switches. What each figure means: ui::ScanSettings.
struct SwitchSettings {
    bool on = false;
    int hold_off_ms = ui::ScanSettings().hold_off_ms;
    int every_ms = 0;
    bool operator==(SwitchSettings const&) const = default;
};

/// What a person has chosen on the access bar. Back to the kiosk's own at the end of a visit.
struct Settings {
    std::string language = "en";
    int text_percent = 100;
    bool high_contrast = false;
    SpeechSettings speech;
    SwitchSettings switches;
    bool operator==(Settings const&) const = default;
};

/// What the configuration says this kiosk has, so that what is not there is no fault.
struct KioskParts {
    bool chip_reader = false;
    bool barcode_reader = false;
    bool headphone_jack = false;
    bool card_printer = false;
    bool letter_printer = false;
};

/// What is so on this terminal, whoever stands before it. Nothing personal.
struct Facts {
    std::string plan_name;
    std::string terminal_id; ///< as central knows this kiosk
    /// Languages that members may choose; empty: all that there are.
    std::vector<std::string> languages;
    bool bench = false;
    KioskParts parts;
    client::Online online = client::Online::Unknown;
    std::optional<UtcTime> online_since; ///< that it is so; nothing when that was not seen
    client::OutboxCounts outbox;
    SecurityKeyState key = KeyAbsent{};
    ChipCardState chip = ChipCardAbsent{};
    BarcodeReaderState barcode = BarcodeReaderAbsent{};
    Headphones headphones = Headphones::NoJack;
    /// Whether anything can be heard here.
    bool sound = false;
    /// Languages that the voice speaks.
    std::vector<std::string> voices;
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
    bool offers(std::string_view language) const {
        return languages.empty() ||
               std::find(languages.begin(), languages.end(), language) != languages.end();
    }
    bool speaks(std::string const& language) const {
        return sound && std::find(voices.begin(), voices.end(), language) != voices.end();
    }
    std::string help_phone() const;
};

/// A printer that could print now.
inline bool can_print(PrinterStatus const& status) {
    return std::holds_alternative<PrinterReady>(status.state);
}

} // namespace portico::kiosk
