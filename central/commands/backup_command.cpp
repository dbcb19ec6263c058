#include "central/commands/arguments.h"
#include "central/commands/commands.h"
#include "central/commands/new_database.h"
#include "central/commands/server_tools.h"
#include "central/core.h"
#include "central/serve.h"

#include <cstdio>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace portico::central {

namespace {

Result<void> copy_to(std::filesystem::path const& from, std::filesystem::path const& to) {
    std::error_code failed;
    std::filesystem::copy_file(from, to, failed);
    if (failed)
        return error(ErrorKind::Unavailable, "backup_unwritable",
                     "cannot copy to " + to.string() + ": " + failed.message());
    return ok();
}

bool is_empty_or_absent(std::filesystem::path const& folder) {
    std::error_code failed;
    return !std::filesystem::exists(folder, failed) || std::filesystem::is_empty(folder, failed);
}

Result<void> make_folder(std::filesystem::path const& folder) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed)
        return error(ErrorKind::Unavailable, "backup_unwritable", "cannot make " + folder.string());
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failed);
    return ok();
}

constexpr char const* sqlite_copy = "central.db";
constexpr char const* postgres_copy = "central.pgdump";

/// Everything but the keys: who holds a backup cannot read it without them.
Result<void> backup(DataPlace const& place, std::filesystem::path const& to) {
    auto const address = TRY(place.store(TRY(read_settings(place.folder)).database));
    if (!is_empty_or_absent(to))
        return error(ErrorKind::Conflict, "backup_exists", to.string() + " is not empty");
    TRY(make_folder(to));
    if (auto const* server = address.server()) {
        TRY(dump_database(*server, to / postgres_copy));
    } else {
        auto database = TRY(address.connect(storage::OpenMode::ReadOnly));
        TRY(database.backup_to(to / sqlite_copy));
    }
    return copy_to(place.folder / "central.toml", to / "central.toml");
}

Result<void> check_whole(std::filesystem::path const& file) {
    auto database = TRY(storage::Database::open(file, storage::OpenMode::ReadOnly));
    auto query = TRY(database.prepare("PRAGMA integrity_check"));
    if (!TRY(query.step()) || query.text(0) != "ok")
        return error(ErrorKind::Corrupt, "backup_corrupt", file.string() + " is damaged");
    return ok();
}

Result<void> restore_keys(std::filesystem::path const& keys, std::filesystem::path const& data) {
    TRY(make_folder(data / "keys"));
    for (auto const& key : std::filesystem::directory_iterator(keys)) {
        TRY(copy_to(key.path(), data / "keys" / key.path().filename()));
        std::error_code ignored;
        std::filesystem::permissions(data / "keys" / key.path().filename(),
                                     std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
                                     ignored);
    }
    return ok();
}

/// The settings of the backup, which name the database that it was restored into.
Result<void> restore_settings(std::filesystem::path const& from, StoreAddress const& address,
                              std::filesystem::path const& data) {
    TRY(copy_to(from / "central.toml", data / "central.toml"));
    if (address.server() == nullptr)
        return ok();
    std::stringstream text;
    text << std::ifstream(from / "central.toml", std::ios::binary).rdbuf();
    std::ofstream stream(data / "central.toml", std::ios::binary);
    stream << with_database(text.str(), address.server()->without_secrets());
    stream.close();
    if (!stream)
        return error(ErrorKind::Unavailable, "backup_unwritable", "cannot write in " + data.string());
    return ok();
}

/// Before anything is written.
Result<void> check_copy(std::filesystem::path const& from, StoreAddress const& address) {
    bool const of_server = std::filesystem::exists(from / postgres_copy);
    if (of_server != (address.server() != nullptr))
        return error(ErrorKind::InvalidInput, "usage",
                     of_server
                         ? "this backup is of a PostgreSQL database: --database ADDRESS names an empty one"
                         : "this backup is of a SQLite file and goes back into one: leave --database out");
    return of_server ? check_new_database(address) : check_whole(from / sqlite_copy);
}

Result<void> restore(DataPlace const& place, std::filesystem::path const& from,
                     std::filesystem::path const& keys) {
    auto const& data = place.folder;
    bool const has_copy =
        std::filesystem::exists(from / sqlite_copy) || std::filesystem::exists(from / postgres_copy);
    if (!has_copy || !std::filesystem::exists(from / "central.toml"))
        return error(ErrorKind::NotFound, "backup_missing", from.string() + " holds no backup");
    if (!std::filesystem::exists(keys / "record.key"))
        return error(ErrorKind::NotFound, "keys_missing",
                     keys.string() + " holds no keys: a backup is sealed with them");
    if (std::filesystem::exists(data / "central.lock"))
        ::close(TRY(lock_data(data)));
    if (!is_empty_or_absent(data))
        return error(ErrorKind::Conflict, "data_exists",
                     data.string() + " is not empty: restore into a new folder");
    auto const address = TRY(place.store(TRY(read_settings(from)).database));
    TRY(check_copy(from, address));
    TRY(make_folder(data));
    TRY(restore_keys(keys, data));
    TRY(restore_settings(from, address, data));
    if (auto const* server = address.server())
        TRY(fill_database(*server, from / postgres_copy));
    else
        TRY(copy_to(from / sqlite_copy, data / "central.db"));
    SystemClock clock;
    auto core = TRY(Core::open(place, clock));
    // Replicas may be ahead of what was restored: all of them are copied anew.
    return core->operate("restore", "",
                         [](storage::Database& database) { return ChangeFeed::renew_generation(database); });
}

} // namespace

int backup_command(std::span<std::string const> args) {
    auto const arguments = Arguments::parse(args, {{"--data", "--to"}, {}, 0, 0});
    if (arguments.has_error())
        return report(arguments.error());
    auto const outcome = [&]() -> Result<void> {
        return backup(TRY(arguments.value().place()), TRY(arguments.value().need("--to")));
    }();
    if (outcome.has_error())
        return report(outcome.error());
    std::printf("The backup is in %s. The keys are not in it: keep %s/keys apart.\n",
                arguments.value().get("--to").c_str(), arguments.value().get("--data").c_str());
    return exit_done;
}

int restore_command(std::span<std::string const> args) {
    auto const arguments = Arguments::parse(args, {{"--data", "--from", "--keys"}, {}, 0, 0});
    if (arguments.has_error())
        return report(arguments.error());
    auto const outcome = [&]() -> Result<void> {
        auto const place = TRY(arguments.value().place());
        auto const from = TRY(arguments.value().need("--from"));
        return restore(place, from, TRY(arguments.value().need("--keys")));
    }();
    if (outcome.has_error())
        return report(outcome.error());
    std::printf("Restored into %s.\n", arguments.value().get("--data").c_str());
    return exit_done;
}

} // namespace portico::central
