#pragma once

#include "shared/base/result.h"

#include <filesystem>
#include <string>

namespace portico::kiosk {

/// The command line of portico-kiosk.
struct Options {
    enum class Do : std::uint8_t { Run, Enroll, Screenshots, Help, Version };
    Do what = Do::Run;
    std::filesystem::path config;
    std::filesystem::path driver; ///< bench builds
    std::filesystem::path folder; ///< of the screenshots
    std::string screen;           ///< of the screenshots: a part of a name
    std::string look;             ///< the same
    std::filesystem::path assets; ///< for the screenshots, which need no configuration
    std::string enrollment_code;
    std::string central;
    std::string fingerprint;
    bool again = false; ///< Enroll: a terminal that was enrolled before
    bool headless = false;
};

/// Errors: InvalidInput "usage" saying what is wrong.
Result<Options> parse_options(int count, char const* const* words);
char const* usage();

} // namespace portico::kiosk
