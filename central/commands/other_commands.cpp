#include "central/commands/other_commands.h"

#include "central/auth/account_command.h"
#include "central/core.h"
#include "central/import/import_command.h"
#include "central/import/inspect_command.h"
#include "central/sample/command.h"

#include <iostream>
#include <memory>
#include <vector>

namespace portico::central {

int run_import(std::span<std::string const> args) {
    return import_command({args.begin(), args.end()});
}

int run_inspect(std::span<std::string const> args) {
    return inspect_command({args.begin(), args.end()});
}

int run_account(std::span<std::string const> args) {
    SystemClock clock;
    std::unique_ptr<Core> core;
    auto const open = [&](DataPlace const& place) -> Result<OpenedAccounts> {
        core = TRY(Core::open(place, clock));
        OpenedAccounts opened{core->sign_in.get(), "", ""};
        auto const listing = TRY(core->store->read<ChangeFeed::Listing>(ChangeFeed::list));
        for (auto const& way : listing.contact_ways) {
            if (way.kind == "phone" && opened.service_phone.empty())
                opened.service_phone = way.value;
            if (way.kind == "web" && opened.web.empty())
                opened.web = way.value;
        }
        return opened;
    };
    auto const assets = find_assets();
    return account_command(
        args, {clock, std::cout, std::cerr, open, assets.has_value() ? assets.value() : "assets"});
}

int run_sample(std::span<std::string const> args) {
    return sample::sample_command(args);
}

} // namespace portico::central
