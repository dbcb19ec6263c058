#pragma once

#include "shared/base/result.h"
#include "shared/ui/theme.h"

#include <filesystem>
#include <string>

namespace portico::agent {

/// The desk's TOML file.
struct Config {
    std::filesystem::path data;   ///< identity, outbox, replica
    std::filesystem::path assets; ///< message catalogs
    std::string central;          ///< https://host:port
    std::string language;
    ui::ThemeName theme = ui::ThemeName::Light;
    int text_percent = 100;
    int width = 1920, height = 1080; ///< of the screen, in pixels: 1366 x 768 to 3840 x 2160
    bool fullscreen = true;
    std::filesystem::path telephone_socket; ///< of portico-phone beside it; empty: it has none

    // Bench builds only.
    std::filesystem::path bench_folder; ///< empty: real devices
    std::string bench_key_pin;

    bool bench() const { return !bench_folder.empty(); }
};

/// Errors: InvalidInput "config_invalid" naming file, line and key of every mistake; NotFound
/// "config_missing".
Result<Config> load_config(std::filesystem::path const& file);

} // namespace portico::agent
