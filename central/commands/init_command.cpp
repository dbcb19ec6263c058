#include "central/commands/arguments.h"
#include "central/commands/commands.h"
#include "central/commands/new_database.h"
#include "central/core.h"

#include <cstdio>
#include <fstream>

namespace portico::central {

namespace {

Result<void> write_settings(std::filesystem::path const& data, std::string const& text) {
    std::ofstream stream(data / "central.toml", std::ios::binary);
    stream << text;
    stream.close();
    if (!stream)
        return error(ErrorKind::Unavailable, "data_unwritable",
                     "cannot write " + (data / "central.toml").string());
    return ok();
}

Result<void> init(Arguments const& arguments) {
    auto const place = TRY(arguments.place());
    auto const& data = place.folder;
    auto const address = TRY(place.store(""));
    auto const plan_name = TRY(arguments.need("--plan-name"));
    auto hosts = arguments.all("--host");
    if (hosts.empty())
        hosts = {"localhost", "127.0.0.1"};
    std::error_code failed;
    if (std::filesystem::exists(data / "central.toml") || std::filesystem::exists(data / "central.db"))
        return error(ErrorKind::Conflict, "data_exists", data.string() + " holds a central already");
    TRY(check_new_database(address));
    std::filesystem::create_directories(data, failed);
    if (failed)
        return error(ErrorKind::Unavailable, "data_unwritable", "cannot make " + data.string());
    std::filesystem::permissions(data, std::filesystem::perms::owner_all, failed);
    auto const database = address.server() != nullptr ? address.server()->without_secrets() : std::string();
    SystemClock clock;
    crypto::initialise();
    TRY(write_settings(data, settings_text(plan_name, hosts, database)));
    TRY(read_settings(data)); // what was written must read
    TRY(Vault::create(data));
    TRY(create_identity(data, plan_name, clock.now()));
    auto core = TRY(Core::open(place, clock));
    return core->operate("init", "", [](storage::Database&) -> Result<void> { return ok(); });
}

} // namespace

int init_command(std::span<std::string const> args) {
    auto const arguments = Arguments::parse(args, {{"--data", "--plan-name", "--host"}, {}, 0, 0});
    if (arguments.has_error())
        return report(arguments.error());
    auto const outcome = init(arguments.value());
    if (outcome.has_error())
        return report(outcome.error());
    auto const data = arguments.value().get("--data");
    std::printf("Central is set up in %s.\nKeep %s/keys in a safe place as well: without it the data cannot "
                "be read.\n",
                data.c_str(), data.c_str());
    return exit_done;
}

} // namespace portico::central
