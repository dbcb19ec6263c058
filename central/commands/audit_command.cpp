#include "central/commands/commands.h"
#include "central/commands/with_core.h"
#include "shared/api/json.h"

#include <cstdio>
#include <fstream>
#include <iterator>

namespace portico::central {

namespace {

/// All lines of the files; of the node's own when none are named.
Result<std::string> read_checkpoints(Core const& core, Arguments const& arguments) {
    auto files = arguments.all("--checkpoints");
    bool const named = !files.empty();
    if (!named)
        files.push_back(core.settings.checkpoint_file.string());
    std::string all;
    for (auto const& file : files) {
        std::ifstream stream(file, std::ios::binary);
        if (!stream && named)
            return error(ErrorKind::NotFound, "checkpoints_missing", "cannot read " + file);
        all.append(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
        all += '\n';
    }
    return all;
}

Result<void> verify(Core& core, Arguments const& arguments) {
    auto const checkpoints = TRY(read_checkpoints(core, arguments));
    auto const verdict = TRY(core.store->read<AuditVerdict>(
        [&](storage::Database& database) { return verify_audit(*core.audit, database, checkpoints); }));
    std::printf("%lld records, %lld checkpoints\n", static_cast<long long>(verdict.record_count),
                static_cast<long long>(verdict.checkpoint_count));
    for (auto const& fault : verdict.faults)
        std::printf("%s\n", fault.c_str());
    if (!verdict.faults.empty())
        return error(ErrorKind::Corrupt, "audit_broken", "the audit is not whole");
    if (verdict.checkpoint_count == 0)
        std::printf("no checkpoints: what was cut off at the end cannot be missed\n");
    std::printf("whole\n");
    return ok();
}

Result<void> export_all(Core& core) {
    return core.store->read<void>([&](storage::Database& database) -> Result<void> {
        return core.audit->each_record(database,
                                       [](std::string const& node, std::int64_t sequence, ByteView,
                                          std::optional<AuditRecord> const& record) -> Result<void> {
                                           if (!record)
                                               return error(ErrorKind::Corrupt, "audit_record_broken",
                                                            "record " + std::to_string(sequence) +
                                                                " of node " + node + " does not open");
                                           std::printf("%s\n", api::to_json(*record).c_str());
                                           return ok();
                                       });
    });
}

} // namespace

int audit_command(std::span<std::string const> args) {
    auto const verb = verb_of(args);
    Arguments::Shape shape{{"--data"}, {}, 0, 0};
    if (verb.word == "verify")
        shape.options.insert("--checkpoints");
    else if (verb.word != "export")
        return report(error(ErrorKind::InvalidInput, "usage", "audit wants verify or export"));
    auto const arguments = Arguments::parse(verb.rest, shape);
    if (arguments.has_error())
        return report(arguments.error());
    return with_core(arguments.value(), [&](Core& core) -> Result<void> {
        return verb.word == "verify" ? verify(core, arguments.value()) : export_all(core);
    });
}

} // namespace portico::central
