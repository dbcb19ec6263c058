#include "central/commands/other_commands.h"

#include "central/auth/account_command.h"
#include "central/commands/arguments.h"
#include "central/core.h"
#include "central/import/import_command.h"
#include "central/import/inspect_command.h"
#include "central/sample/command.h"

#include "central/operations/contact_details.h"

#include <iostream>
#include <vector>

namespace portico::central {

namespace {

/// What an account command needs of the rest: the same parts that `serve` wires, over the store it opened.
struct CommandParts {
    CommandParts(Clock& clock_in, Store& store, Vault const& vault_in, Settings read, MailTexts texts)
        : clock(clock_in), vault(vault_in), settings(std::move(read)),
          audit(clock, vault.records, vault.index, settings.node), queue(clock, vault),
          notify(clock, vault, queue, std::move(texts), settings.plan_name),
          plan(make_plan_parts(clock, store, vault)), changes(clock, store, nullptr) {}

    Result<void> tell(storage::Database& database, PatientId const& patient, std::string const& message) {
        RuleTools const tools{clock, vault, settings, *plan.facts, notify, queue};
        auto const contact = TRY(current_contact(tools, database, patient));
        return notify.tell(database, contact ? contact->on_file : AddressesOnFile{}, message);
    }

    Clock& clock;
    Vault const& vault;
    Settings settings;
    AuditLog audit;
    StaffQueue queue;
    Notifier notify;
    PlanParts plan;
    ChangeFeed changes;
};

SignInHooks command_hooks(std::shared_ptr<CommandParts> const& parts) {
    SignInHooks hooks;
    hooks.tell = [parts](storage::Database& database, PatientId const& patient, std::string const& message) {
        return parts->tell(database, patient, message);
    };
    hooks.unlocked = [parts](storage::Database& database, TerminalId const& terminal,
                             std::string const& ticket) {
        return parts->changes.tell(database, terminal, {"account_unlocked", ticket});
    };
    hooks.session_ended = [parts](storage::Database& database, TerminalId const& terminal) {
        return parts->changes.tell(database, terminal, {"session_ended", ""});
    };
    hooks.audit_command = [parts](storage::Database& database, std::string const& action,
                                  std::string const& subject) {
        return parts->audit.append(database, operator_record(action, subject));
    };
    return hooks;
}

} // namespace

int run_account(std::span<std::string const> args) {
    SystemClock clock;
    // The folder is asked for here too: texts and the node's name come from it before the command opens it.
    std::string data;
    for (std::size_t i = 0; i < args.size(); ++i) {
        if (args[i] == "--data" && i + 1 < args.size())
            data = args[i + 1];
        else if (args[i].compare(0, 7, "--data=") == 0)
            data = args[i].substr(7);
    }
    std::optional<Settings> settings;
    std::optional<MailTexts> texts;
    if (!data.empty()) {
        auto read = read_settings(data);
        auto assets = find_assets();
        if (read.has_error())
            return report(read.error());
        if (assets.has_error())
            return report(assets.error());
        auto loaded = MailTexts::load(assets.value());
        if (loaded.has_error())
            return report(loaded.error());
        // Whatever this program's version added to the schema must be there first.
        auto database = storage::Database::open(std::filesystem::path(data) / "central.db");
        auto const migrated =
            database.has_error() ? Result<void>(database.error()) : Core::migrate(database.value());
        if (migrated.has_error())
            return report(migrated.error());
        settings = std::move(read).value();
        texts = std::move(loaded).value();
    }
    AccountCommand const command{clock, std::cout, std::cerr, [&](Store& store, Vault const& vault) {
                                     return settings ? command_hooks(std::make_shared<CommandParts>(
                                                           clock, store, vault, *settings, *texts))
                                                     : SignInHooks{};
                                 }};
    return account_command(args, command);
}

int run_import(std::span<std::string const> args) {
    return import_command({args.begin(), args.end()});
}

int run_inspect(std::span<std::string const> args) {
    return inspect_command({args.begin(), args.end()});
}

int run_sample(std::span<std::string const> args) {
    return sample::sample_command(args);
}

} // namespace portico::central
