#pragma once

#include "shared/base/clock.h"
#include "shared/base/result.h"

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <span>
#include <string>

namespace portico::central {

class SignInService;

/// What the command stands on; `main` fills it in.
struct AccountCommand {
    Clock const& clock;
    std::ostream& out;
    std::ostream& err;
    /// Opens the data folder. What it returns outlives the command.
    std::function<Result<SignInService*>(std::filesystem::path const& data)> open;
    /// Holds messages/: for letters.
    std::filesystem::path assets;
};

/// `portico-central account ...`: what operators do with accounts. `args` follow the word "account"; --help
/// lists all. Exit codes: 0 done, 1 failed, 2 wrong use.
int account_command(std::span<std::string const> args, AccountCommand const& command);

} // namespace portico::central
