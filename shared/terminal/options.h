#pragma once

#include "shared/base/result.h"

#include <filesystem>
#include <functional>
#include <string>

namespace portico::terminal {

/// The command line of a program that people sit or stand at.
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

/// A program by its name.
struct Named {
    char const* name;    ///< "portico-kiosk"
    char const* program; ///< as central calls its kind: "kiosk"
    char const* version;
    char const* usage;
};
/// Says on standard error what went wrong. Nothing personal is ever in an error.
void complain(Named const& named, Error const& failure);
/// Certifies this terminal with its one-time code, and says so. Errors: as client::enroll.
Result<void> enroll(Named const& named, Options const& options, std::filesystem::path const& data);
/// The whole of `main`: --help, --version, wrong use, else `run`; the exit code (0 done, 1 failed, 2 wrong
/// use or configuration).
int run_program(Named const& named, int count, char const* const* words,
                std::function<Result<void>(Options const&)> const& run);

} // namespace portico::terminal
