#pragma once

#include "central/auth/sign_in_hooks.h"
#include "central/store/store.h"
#include "central/store/vault.h"
#include "shared/base/clock.h"

#include <functional>
#include <iosfwd>
#include <span>
#include <string>

namespace portico::central {

/// `portico-central account ...`: what operators do with accounts. `args` follow the word "account"; --data
/// DIR is always needed; --help lists all. Exit codes: 0 done, 1 failed, 2 wrong use. `hooks` are made by the
/// program over the opened store and vault, so that a command is audited and told like a call.
struct AccountCommand {
    Clock& clock;
    std::ostream& out;
    std::ostream& err;
    std::function<SignInHooks(Store&, Vault const&)> make_hooks;
};
int account_command(std::span<std::string const> args, AccountCommand const& command);

} // namespace portico::central
