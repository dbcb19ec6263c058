#include "central/commands/commands.h"
#include "central/commands/with_core.h"
#include "shared/api/json.h"
#include "shared/base/rfc3339.h"
#include "shared/base/uuid.h"

#include <cstdio>

namespace portico::central {

namespace {

Result<void> add_notice(Core& core, Arguments const& arguments) {
    SystemClock const clock;
    api::Notice notice{make_uuid_v7(clock),
                       arguments.get("--function", "all"),
                       arguments.get("--severity", "notice"),
                       TRY(arguments.need("--en")),
                       TRY(arguments.need("--es")),
                       arguments.get("--from", to_rfc3339(clock.now())),
                       arguments.get("--until")};
    TRY(from_rfc3339(notice.from));
    if (!notice.until.empty())
        TRY(from_rfc3339(notice.until));
    TRY(core.operate("notice_add", notice.id,
                     [&](storage::Database& database) { return core.changes->put(database, notice); }));
    std::printf("%s\n", notice.id.c_str());
    return ok();
}

Result<void> add_contact_way(Core& core, Arguments const& arguments) {
    SystemClock const clock;
    api::ContactWay const way{arguments.get("--id", make_uuid_v7(clock)), TRY(arguments.need("--kind")),
                              TRY(arguments.need("--en")), TRY(arguments.need("--es")),
                              TRY(arguments.need("--value"))};
    TRY(core.operate("contact_way_add", way.id,
                     [&](storage::Database& database) { return core.changes->put(database, way); }));
    std::printf("%s\n", way.id.c_str());
    return ok();
}

Result<void> remove(Core& core, std::string const& kind, std::string const& id) {
    TRY(core.operate(kind + "_remove", id,
                     [&](storage::Database& database) { return core.changes->remove(database, kind, id); }));
    std::printf("removed %s\n", id.c_str());
    return ok();
}

Result<void> list_notices(Core& core, bool notices) {
    auto const listing = TRY(core.store->read<ChangeFeed::Listing>(
        [](storage::Database& database) { return ChangeFeed::list(database); }));
    if (notices)
        for (auto const& notice : listing.notices)
            std::printf("%s\n", api::to_json(notice).c_str());
    else
        for (auto const& way : listing.contact_ways)
            std::printf("%s\n", api::to_json(way).c_str());
    return ok();
}

int run(std::span<std::string const> args, std::string const& kind, std::set<std::string> const& add_options,
        Result<void> (*add)(Core&, Arguments const&)) {
    auto const verb = verb_of(args);
    Arguments::Shape shape{{"--data"}, {}, 0, 0};
    if (verb.word == "add")
        shape.options.insert(add_options.begin(), add_options.end());
    else if (verb.word == "remove")
        shape.words_min = shape.words_max = 1;
    else if (verb.word != "list")
        return report(error(ErrorKind::InvalidInput, "usage", "this command wants add, list or remove"));
    auto const arguments = Arguments::parse(verb.rest, shape);
    if (arguments.has_error())
        return report(arguments.error());
    return with_core(arguments.value(), [&](Core& core) -> Result<void> {
        if (verb.word == "add")
            return add(core, arguments.value());
        if (verb.word == "remove")
            return remove(core, kind, arguments.value().words().front());
        return list_notices(core, kind == "notice");
    });
}

} // namespace

int notice_command(std::span<std::string const> args) {
    return run(args, "notice", {"--function", "--severity", "--en", "--es", "--from", "--until"}, add_notice);
}

int contact_way_command(std::span<std::string const> args) {
    return run(args, "contact_way", {"--id", "--kind", "--en", "--es", "--value"}, add_contact_way);
}

} // namespace portico::central
