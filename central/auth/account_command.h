#pragma once

#include "central/store/data_place.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <span>
#include <string>

namespace portico::central {

class SignInService;

/// The plan's data folder, opened.
struct OpenedAccounts {
    SignInService* service = nullptr; ///< outlives the command
    std::string service_phone;        ///< for letters, unless the operator gives another
    std::string web;
};

/// What the command stands on; `main` fills it in.
struct AccountCommand {
    Clock const& clock;
    std::ostream& out;
    std::ostream& err;
    std::function<Result<OpenedAccounts>(DataPlace const& place)> open;
    /// Holds messages/: for letters.
    std::filesystem::path assets;
};

/// `portico-central account ...`: what operators do with accounts. `args` follow the word "account"; --help
/// lists all. Exit codes: 0 done, 1 failed, 2 wrong use.
int account_command(std::span<std::string const> args, AccountCommand const& command);

} // namespace portico::central
