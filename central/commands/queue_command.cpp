#include "central/commands/commands.h"
#include "central/commands/with_core.h"
#include "central/operations/queue_desk.h"
#include "shared/api/json.h"
#include "shared/base/rfc3339.h"
#include "shared/domain/staff_reasons.h"

#include <cstdio>

namespace portico::central {

namespace {

Result<void> list_entries(Core& core, bool with_done) {
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
            line["outcome"] = entry.outcome;
            line["outcome_reason"] = entry.outcome_reason;
        }
        std::printf("%s\n", boost::json::serialize(line).c_str());
    }
    return ok();
}

Result<void> decide(Core& core, StaffDecision decision, std::string const& id, std::string const& reason) {
    QueueDesk const desk(core.operations->tools(), *core.card_issues);
    TRY(core.store->write([&](storage::Database& database) -> Result<void> {
        auto const entry = TRY(desk.decide(database, {id, decision, reason, Core::operator_name()}));
        auto record = operator_record(std::string("queue_") + name(decision), id);
        record.reason = reason;
        record.operation = entry.operation;
        return core.audit->append(database, std::move(record));
    }));
    std::printf("%s %s\n", name(decision), id.c_str());
    return ok();
}

Result<StaffDecision> decision_of(std::string const& word) {
    for (auto const decision : {StaffDecision::Applied, StaffDecision::Refused, StaffDecision::Withdrawn})
        if (word == name(decision))
            return decision;
    return error(ErrorKind::InvalidInput, "usage",
                 "queue done ID wants applied, refused or withdrawn, not \"" + word + "\"");
}

Result<void> run(Core& core, std::string const& verb, Arguments const& arguments) {
    if (verb == "list")
        return list_entries(core, arguments.has("--all"));
    auto const decision = TRY(decision_of(arguments.words().at(1)));
    return decide(core, decision, arguments.words().front(), arguments.get("--reason"));
}

int print_reasons() {
    for (auto const& reason : staff_reasons())
        std::printf("%-26s %s\n", std::string(reason.word).c_str(), std::string(reason.kinds).c_str());
    return exit_done;
}

} // namespace

int queue_command(std::span<std::string const> args) {
    auto const verb = verb_of(args);
    Arguments::Shape shape{{"--data"}, {}, 0, 0};
    if (verb.word == "done") {
        shape.words_min = shape.words_max = 2;
        shape.options.insert("--reason");
    } else if (verb.word == "list") {
        shape.switches.insert("--all");
    } else if (verb.word == "reasons") {
        return print_reasons();
    } else {
        return report(error(ErrorKind::InvalidInput, "usage", "queue wants list, done or reasons"));
    }
    auto const arguments = Arguments::parse(verb.rest, shape);
    if (arguments.has_error())
        return report(arguments.error());
    return with_core(arguments.value(),
                     [&](Core& core) -> Result<void> { return run(core, verb.word, arguments.value()); });
}

} // namespace portico::central
