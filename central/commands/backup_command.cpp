#include "central/commands/arguments.h"
#include "central/commands/commands.h"
#include "central/core.h"
#include "central/serve.h"

#include <cstdio>
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

/// Everything but the keys: who holds a backup cannot read it without them.
Result<void> backup(std::filesystem::path const& data, std::filesystem::path const& to) {
    TRY(read_settings(data));
    if (!is_empty_or_absent(to))
        return error(ErrorKind::Conflict, "backup_exists", to.string() + " is not empty");
    TRY(make_folder(to));
    auto database = TRY(storage::Database::open(data / "central.db", storage::OpenMode::ReadOnly));
    TRY(database.backup_to(to / "central.db"));
    return copy_to(data / "central.toml", to / "central.toml");
}

Result<void> check_whole(std::filesystem::path const& file) {
    auto database = TRY(storage::Database::open(file, storage::OpenMode::ReadOnly));
    auto query = TRY(database.prepare("PRAGMA integrity_check"));
    if (!TRY(query.step()) || query.text(0) != "ok")
        return error(ErrorKind::Corrupt, "backup_corrupt", file.string() + " is damaged");
    return ok();
}

Result<void> restore(std::filesystem::path const& from, std::filesystem::path const& keys,
                     std::filesystem::path const& data) {
    if (!std::filesystem::exists(from / "central.db") || !std::filesystem::exists(from / "central.toml"))
        return error(ErrorKind::NotFound, "backup_missing", from.string() + " holds no backup");
    if (!std::filesystem::exists(keys / "record.key"))
        return error(ErrorKind::NotFound, "keys_missing",
                     keys.string() + " holds no keys: a backup is sealed with them");
    if (std::filesystem::exists(data / "central.lock"))
        ::close(TRY(lock_data(data)));
    if (!is_empty_or_absent(data))
        return error(ErrorKind::Conflict, "data_exists",
                     data.string() + " is not empty: restore into a new folder");
    TRY(check_whole(from / "central.db"));
    TRY(make_folder(data));
    TRY(make_folder(data / "keys"));
    for (auto const& key : std::filesystem::directory_iterator(keys)) {
        TRY(copy_to(key.path(), data / "keys" / key.path().filename()));
        std::error_code ignored;
        std::filesystem::permissions(data / "keys" / key.path().filename(),
                                     std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
                                     ignored);
    }
    TRY(copy_to(from / "central.toml", data / "central.toml"));
    TRY(copy_to(from / "central.db", data / "central.db"));
    SystemClock clock;
    auto core = TRY(Core::open(data, clock));
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
        auto const data = TRY(arguments.value().need("--data"));
        return backup(data, TRY(arguments.value().need("--to")));
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
        auto const data = TRY(arguments.value().need("--data"));
        auto const from = TRY(arguments.value().need("--from"));
        return restore(from, TRY(arguments.value().need("--keys")), data);
    }();
    if (outcome.has_error())
        return report(outcome.error());
    std::printf("Restored into %s.\n", arguments.value().get("--data").c_str());
    return exit_done;
}

} // namespace portico::central
