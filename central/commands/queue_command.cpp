#include "central/commands/commands.h"
#include "central/commands/with_core.h"
#include "shared/api/json.h"
#include "shared/base/rfc3339.h"

#include <cstdio>

namespace portico::central {

namespace {

Result<void> list(Core& core, bool with_done) {
    auto const entries = TRY(core.store->read<std::vector<QueueEntry>>(
        [&](storage::Database& database) { return core.queue->list(database, with_done); }));
    // What the queue tells may be personal: that it was read is audited.
    TRY(core.operate("queue_read", "", [](storage::Database&) -> Result<void> { return ok(); }));
    for (auto const& entry : entries) {
        boost::json::object line{{"id", entry.id},
                                 {"kind", entry.kind},
                                 {"at", to_rfc3339(from_micros(entry.at_us))},
                                 {"terminal", entry.terminal},
                                 {"operation", entry.operation},
                                 {"reason", entry.reason},
                                 {"detail", entry.detail}};
        if (entry.done_us != 0) {
            line["done"] = to_rfc3339(from_micros(entry.done_us));
            line["done_by"] = entry.done_by;
        }
        std::printf("%s\n", boost::json::serialize(line).c_str());
    }
    return ok();
}

Result<void> close(Core& core, std::string const& id) {
    TRY(core.operate("queue_done", id, [&](storage::Database& database) -> Result<void> {
        auto const operation = TRY(core.queue->close(database, id, Core::operator_name()));
        return operation.empty() ? ok() : core.operations->settle(database, operation);
    }));
    std::printf("done %s\n", id.c_str());
    return ok();
}

} // namespace

int queue_command(std::span<std::string const> args) {
    auto const verb = verb_of(args);
    Arguments::Shape shape{{"--data"}, {}, 0, 0};
    if (verb.word == "done")
        shape.words_min = shape.words_max = 1;
    else if (verb.word == "list")
        shape.switches.insert("--all");
    else
        return report(error(ErrorKind::InvalidInput, "usage", "queue wants list or done"));
    auto const arguments = Arguments::parse(verb.rest, shape);
    if (arguments.has_error())
        return report(arguments.error());
    return with_core(arguments.value(), [&](Core& core) -> Result<void> {
        return verb.word == "done" ? close(core, arguments.value().words().front())
                                   : list(core, arguments.value().has("--all"));
    });
}

} // namespace portico::central
