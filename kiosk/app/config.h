#pragma once

#include "shared/base/result.h"
#include "shared/client/quiet_hours.h"
#include "shared/ui/scan/switches.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace portico::kiosk {

/// The kiosk's configuration file (TOML); every key is checked. See docs and `--help`.
struct Config {
    std::filesystem::path data;   ///< the terminal's identity, outbox, replica, card journal
    std::filesystem::path assets; ///< messages and icons
    std::string central;          ///< https://host:port; empty: the place that was named at the set-up
    /// Offered to members, of those in shared/base/language.h. By default what somebody has read who speaks
    /// it (docs/languages.md).
    std::vector<std::string> languages;
    std::string language; ///< a visit begins with: one of `languages`
    bool landscape = false;
    bool fullscreen = true;

    std::string card_printer;   ///< ipp://...; empty: none
    std::string letter_printer; ///< ipp://...; empty: none
    std::string card_module;    ///< PKCS#11 module; empty: no chip cards
    std::string barcode_kind;   ///< "none", "serial", "wedge"
    std::string barcode_device;
    std::int64_t barcode_baud = 9600;
    /// The jack's input device, /dev/input/...; empty: it cannot be told, and nothing personal is spoken.
    std::string headphones_device;
    /// What switches for people who use no hands arrive as, and their hold-off at the start of a visit.
    ui::SwitchKeys switch_keys;
    std::int64_t switch_hold_off_ms = 300;

    // Bench builds only.
    std::filesystem::path bench_folder; ///< empty: real devices
    std::string bench_key_pin;
    std::string bench_card_module;
    std::string bench_card_pin;
    std::int64_t bench_print_ms = 0;
    bool bench_beside_panel = false; ///< the window leaves room for the bench panel

    /// When releases are fetched from central; nothing: this kiosk is updated in another way.
    std::optional<client::QuietHours> update_quiet;
    /// What stands for the machine's root: its version, and what it and this program tell each other (/run).
    /// Another than "/" in bench builds only.
    std::filesystem::path machine = "/";

    bool bench() const { return !bench_folder.empty(); }
};

/// Errors: InvalidInput "config_invalid" naming file, line and key of every mistake; NotFound
/// "config_missing".
Result<Config> load_config(std::filesystem::path const& file);

} // namespace portico::kiosk
