#include "central/commands/commands.h"
#include "central/commands/with_core.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>

namespace portico::central {

namespace {

constexpr std::size_t node_name_max = 40;

Result<void> check_name(std::string const& name) {
    bool const plain = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
    if (!plain || name.empty() || name.size() > node_name_max)
        return error(ErrorKind::InvalidInput, "usage",
                     "a node's name has up to 40 of a-z, 0-9, dash and dot, such as central-2");
    return ok();
}

Result<void> unwritable(std::filesystem::path const& folder) {
    return error(ErrorKind::Unavailable, "data_unwritable", "cannot write in " + folder.string());
}

Result<void> copy_private(std::filesystem::path const& from, std::filesystem::path const& to) {
    namespace fs = std::filesystem;
    std::error_code failed;
    fs::copy_file(from, to, failed);
    if (!failed)
        fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, failed);
    return failed ? unwritable(to.parent_path()) : ok();
}

/// Keys, settings and the mail server's password: what a node has but the store and its own checkpoints.
Result<void> fill(Core const& core, std::string const& name, std::filesystem::path const& to) {
    namespace fs = std::filesystem;
    std::error_code failed;
    fs::create_directories(to / "keys", failed);
    for (auto const& folder : {to, to / "keys"})
        fs::permissions(folder, fs::perms::owner_all, failed);
    if (failed)
        return unwritable(to);
    for (auto const& key : fs::directory_iterator(core.data / "keys"))
        TRY(copy_private(key.path(), to / "keys" / key.path().filename()));
    fs::path const password = core.settings.mail.password_file;
    if (!password.empty() && password.is_relative())
        TRY(copy_private(core.data / password, to / password));
    std::stringstream text;
    text << std::ifstream(core.data / "central.toml", std::ios::binary).rdbuf();
    std::ofstream stream(to / "central.toml", std::ios::binary);
    stream << with_node(with_database(text.str(), core.store->address().server()->without_secrets()), name);
    stream.close();
    return stream ? ok() : unwritable(to);
}

Result<void> add(Core& core, std::string const& name, std::filesystem::path const& to) {
    if (core.store->address().server() == nullptr)
        return error(ErrorKind::Refused, "database_not_shared",
                     "several nodes share a PostgreSQL database; this one's data is in a SQLite file");
    std::error_code ignored;
    if (std::filesystem::exists(to, ignored) && !std::filesystem::is_empty(to, ignored))
        return error(ErrorKind::Conflict, "data_exists", to.string() + " is not empty");
    // What was begun holds keys: it does not stay when the rest fails.
    auto const undo = [&](Result<void> outcome) {
        if (outcome.has_error())
            std::filesystem::remove_all(to, ignored);
        return outcome;
    };
    AuditLog const chain(core.audit->clock(), core.vault.records, core.vault.index, name);
    TRY(undo(core.operate("node_add", name, [&](storage::Database& database) -> Result<void> {
        for (auto const& head : TRY(core.audit->heads(database)))
            if (head.node == name)
                return error(ErrorKind::Conflict, "node_name_taken",
                             "there is an audit chain of the name " + name + " already: take another");
        TRY(fill(core, name, to));
        // The new node's chain begins here, so that its name is taken from now on.
        return chain.append(database, operator_record("node_add", name));
    })));
    std::printf("The folder of node %s is %s. It holds the plan's keys: move it to its server by a safe way, "
                "leave no copy, and serve it there.\n",
                name.c_str(), to.c_str());
    return ok();
}

} // namespace

int node_command(std::span<std::string const> args) {
    auto const verb = verb_of(args);
    if (verb.word != "add")
        return report(error(ErrorKind::InvalidInput, "usage", "node wants add"));
    auto const arguments = Arguments::parse(verb.rest, {{"--data", "--name", "--to"}, {}, 0, 0});
    if (arguments.has_error())
        return report(arguments.error());
    auto const name = arguments.value().get("--name");
    auto const to = arguments.value().need("--to");
    if (auto const checked = check_name(name); checked.has_error())
        return report(checked.error());
    if (to.has_error())
        return report(to.error());
    return with_core(arguments.value(), [&](Core& core) { return add(core, name, to.value()); });
}

} // namespace portico::central
