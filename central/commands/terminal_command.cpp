#include "central/commands/commands.h"
#include "central/commands/with_core.h"
#include "shared/base/rfc3339.h"

#include <cstdio>

namespace portico::central {

namespace {

Result<void> add(Core& core, Arguments const& arguments) {
    Terminals::Invitation invitation;
    TRY(core.operate("terminal_add", "", [&](storage::Database& database) -> Result<void> {
        invitation = TRY(core.terminals->invite(database, arguments.get("--name", "Kiosk"),
                                                arguments.get("--program", "kiosk"),
                                                TerminalId(arguments.get("--desk", ""))));
        return ok();
    }));
    std::printf("terminal=%s\ncode=%.*s\nfingerprint=%s\n", invitation.id.text().c_str(),
                static_cast<int>(invitation.code.size()), invitation.code.reveal().data(),
                core.identity.authority_fingerprint().c_str());
    static_cast<void>(std::fprintf(
        stderr,
        "The code works once, for %d hours. The fingerprint is the plan's authority: the terminal "
        "must see it.\n",
        Terminals::enrollment_code_valid_h));
    return ok();
}

std::string day(std::int64_t us) {
    return us == 0 ? "-" : to_rfc3339(from_micros(us)).substr(0, 10);
}

Result<void> list(Core& core) {
    auto const rows = TRY(core.store->read<std::vector<TerminalRow>>(
        [&](storage::Database& database) { return core.terminals->list(database); }));
    std::printf("%-36s  %-8s  %-6s  %-10s  %-10s  %-36s  %s\n", "id", "state", "runs", "certified", "until",
                "desk", "name");
    for (auto const& row : rows)
        std::printf("%-36s  %-8s  %-6s  %-10s  %-10s  %-36s  %s\n", row.id.text().c_str(), row.state.c_str(),
                    row.program.c_str(), day(row.enrolled_us).c_str(), day(row.valid_until_us).c_str(),
                    row.desk.empty() ? "-" : row.desk.text().c_str(), row.name.c_str());
    return ok();
}

Result<void> revoke(Core& core, std::string const& id) {
    TRY(core.operate("terminal_revoke", id, [&](storage::Database& database) -> Result<void> {
        TerminalId const terminal(id);
        TRY(core.terminals->revoke(database, terminal));
        TRY(core.sessions->end_all_of_terminal(database, terminal));
        return ok();
    }));
    std::printf("revoked %s\n", id.c_str());
    return ok();
}

} // namespace

int terminal_command(std::span<std::string const> args) {
    auto const verb = verb_of(args);
    Arguments::Shape shape{{"--data"}, {}, 0, 0};
    if (verb.word == "add")
        shape.options.insert({"--name", "--program", "--desk"});
    else if (verb.word == "revoke")
        shape.words_min = shape.words_max = 1;
    else if (verb.word != "list")
        return report(error(ErrorKind::InvalidInput, "usage", "terminal wants add, list or revoke"));
    auto const arguments = Arguments::parse(verb.rest, shape);
    if (arguments.has_error())
        return report(arguments.error());
    return with_core(arguments.value(), [&](Core& core) -> Result<void> {
        if (verb.word == "add")
            return add(core, arguments.value());
        if (verb.word == "revoke")
            return revoke(core, arguments.value().words().front());
        return list(core);
    });
}

} // namespace portico::central
