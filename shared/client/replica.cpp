#include "shared/client/replica.h"

#include "shared/api/json.h"
#include "shared/client/provider_index.h"

namespace portico::client {

namespace {

constexpr std::string_view items_v1 = R"sql(
    create table item (
        kind text not null, id text not null, json text not null, generation integer not null,
        primary key (kind, id)
    ) strict;
    create table fact (name text primary key, value text not null) strict;
)sql";

Result<std::string> fact(storage::Database& database, std::string_view name) {
    auto statement = TRY(database.prepare("select value from fact where name = $1"));
    statement.bind(1, name);
    return TRY(statement.step()) ? statement.text(0) : std::string();
}

Result<void> set_fact(storage::Database& database, std::string_view name, std::string_view value) {
    auto statement = TRY(database.prepare("insert into fact (name, value) values ($1, $2) "
                                          "on conflict (name) do update set value = excluded.value"));
    statement.bind(1, name).bind(2, value);
    return statement.run();
}

std::int64_t number(std::string const& text) {
    return text.empty() ? 0 : std::strtoll(text.c_str(), nullptr, 10);
}

template <class T>
Result<void> put_item(storage::Database& database, std::string_view kind, T const& value,
                      std::int64_t generation) {
    auto statement = TRY(database.prepare(
        "insert into item (kind, id, json, generation) values ($1, $2, $3, $4) on conflict (kind, id) "
        "do update set json = excluded.json, generation = excluded.generation"));
    statement.bind(1, kind).bind(2, value.id).bind(3, api::to_json(value)).bind(4, generation);
    return statement.run();
}

Result<void> remove_item(storage::Database& database, api::Removed const& removed) {
    if (removed.kind == "provider")
        return remove_provider(database, removed.id);
    auto statement = TRY(database.prepare("delete from item where kind = $1 and id = $2"));
    statement.bind(1, removed.kind).bind(2, removed.id);
    return statement.run();
}

Result<void> apply_change(storage::Database& database, api::Change const& change, std::int64_t generation) {
    if (change.provider)
        TRY(put_provider(database, *change.provider, generation));
    if (change.plan)
        TRY(put_item(database, "plan", *change.plan, generation));
    if (change.notice)
        TRY(put_item(database, "notice", *change.notice, generation));
    if (change.contact_way)
        TRY(put_item(database, "contact_way", *change.contact_way, generation));
    if (change.removed)
        TRY(remove_item(database, *change.removed));
    return ok();
}

template <class T>
Result<std::vector<T>> items(storage::Database& database, std::string_view kind) {
    auto statement = TRY(database.prepare("select json from item where kind = $1 order by id"));
    statement.bind(1, kind);
    std::vector<T> out;
    while (TRY(statement.step()))
        out.push_back(TRY(api::from_json<T>(statement.text(0), api::UnknownFields::Ignore)));
    return out;
}

} // namespace

Result<std::unique_ptr<Replica>> Replica::open(std::filesystem::path const& file, Clock const& clock) {
    auto writer = TRY(storage::Database::open(file));
    TRY(storage::migrate(writer, "replica", {{"replica", 1, items_v1}, {"replica", 2, provider_schema_v1}}));
    auto reader = TRY(storage::Database::open(file, storage::OpenMode::ReadOnly));
    return std::unique_ptr<Replica>(new Replica(std::move(writer), std::move(reader), clock));
}

Result<std::string> Replica::cursor() {
    std::lock_guard const lock(write_guard_);
    return fact(writer_, "cursor");
}

Result<void> Replica::apply(api::ChangesPage const& page) {
    std::lock_guard const lock(write_guard_);
    auto transaction = TRY(storage::Transaction::begin(writer_));
    auto generation = number(TRY(fact(writer_, "generation")));
    bool sweep_due = TRY(fact(writer_, "sweep_due")) == "1";
    if (page.restart) {
        ++generation;
        sweep_due = true;
        TRY(set_fact(writer_, "generation", std::to_string(generation)));
        TRY(set_fact(writer_, "sweep_due", "1"));
    }
    for (auto const& change : page.changes)
        TRY(apply_change(writer_, change, generation));
    if (!page.more && sweep_due) {
        TRY(remove_providers_before(writer_, generation));
        auto statement = TRY(writer_.prepare("delete from item where generation < $1"));
        statement.bind(1, generation);
        TRY(statement.run());
        TRY(set_fact(writer_, "sweep_due", "0"));
    }
    if (!page.more)
        TRY(set_fact(writer_, "caught_up_at", std::to_string(to_micros(clock_.now()))));
    TRY(set_fact(writer_, "cursor", page.cursor));
    return transaction.commit();
}

Result<std::optional<UtcTime>> Replica::caught_up_at() {
    std::lock_guard const lock(read_guard_);
    auto const text = TRY(fact(reader_, "caught_up_at"));
    if (text.empty())
        return std::optional<UtcTime>();
    return std::optional(from_micros(number(text)));
}

Result<ProvidersFound> Replica::find_providers(ProviderQuery const& query) {
    std::lock_guard const lock(read_guard_);
    return search_providers(reader_, query);
}

Result<std::optional<ProviderListing>> Replica::provider(std::string const& id) {
    std::lock_guard const lock(read_guard_);
    auto statement = TRY(reader_.prepare("select json from provider where id = $1"));
    statement.bind(1, id);
    if (!TRY(statement.step()))
        return std::optional<ProviderListing>();
    return std::optional(TRY(api::from_json<ProviderListing>(statement.text(0), api::UnknownFields::Ignore)));
}

Result<std::int64_t> Replica::provider_count() {
    std::lock_guard const lock(read_guard_);
    auto statement = TRY(reader_.prepare("select count(*) from provider"));
    (void)TRY(statement.step());
    return statement.integer(0);
}

Result<std::vector<api::Notice>> Replica::notices() {
    std::lock_guard const lock(read_guard_);
    return items<api::Notice>(reader_, "notice");
}
Result<std::vector<api::ContactWay>> Replica::contact_ways() {
    std::lock_guard const lock(read_guard_);
    return items<api::ContactWay>(reader_, "contact_way");
}

Result<std::optional<InsurancePlan>> Replica::plan(std::string const& id) {
    std::lock_guard const lock(read_guard_);
    auto statement = TRY(reader_.prepare("select json from item where kind = 'plan' and id = $1"));
    statement.bind(1, id);
    if (!TRY(statement.step()))
        return std::optional<InsurancePlan>();
    return std::optional(TRY(api::from_json<InsurancePlan>(statement.text(0), api::UnknownFields::Ignore)));
}

} // namespace portico::client
