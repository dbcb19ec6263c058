#include "shared/client/outbox.h"

#include "shared/api/json.h"
#include "shared/base/rfc3339.h"
#include "shared/base/uuid.h"
#include "shared/crypto/sealing.h"

namespace portico::client {

namespace {

constexpr storage::Migration outbox_v1{"outbox", 1, R"sql(
    create table operation (
        sequence integer primary key,
        id text not null unique,
        sealed blob not null
    ) strict;
    create table refused (id text primary key, reason text not null) strict;
    create table counter (name text primary key, value integer not null) strict;
    insert into counter values ('sequence', 0), ('sent', 0);
)sql"};

Result<std::int64_t> scalar(storage::Database& database, std::string_view sql) {
    auto statement = TRY(database.prepare(sql));
    if (!TRY(statement.step()))
        return std::int64_t{0};
    return statement.integer(0);
}

Result<std::int64_t> raise_counter(storage::Database& database, std::string_view name, std::int64_t by) {
    auto statement =
        TRY(database.prepare("update counter set value = value + $1 where name = $2 returning value"));
    statement.bind(1, by).bind(2, name);
    if (!TRY(statement.step()))
        return error(ErrorKind::Corrupt, "database_corrupt", "the outbox has lost a counter");
    auto const value = statement.integer(0);
    TRY(statement.run());
    return value;
}

} // namespace

Result<std::unique_ptr<Outbox>> Outbox::open(std::filesystem::path const& file, Bytes sealing_public_key,
                                             Clock const& clock) {
    auto database = TRY(storage::Database::open(file));
    TRY(storage::migrate(database, "outbox", {outbox_v1}));
    return std::unique_ptr<Outbox>(new Outbox(std::move(database), std::move(sealing_public_key), clock));
}

Result<std::string> Outbox::add(api::Operation operation) {
    if (operation.id.empty())
        operation.id = make_uuid_v7(clock_);
    operation.captured_at = to_rfc3339(clock_.now());
    {
        std::lock_guard const lock(guard_);
        auto transaction = TRY(storage::Transaction::begin(database_));
        if (TRY(scalar(database_, "select count(*) from operation")) >= outbox_operations_max)
            return error(ErrorKind::Full, "outbox_full", "too much waits for central");
        auto waiting = TRY(database_.prepare("select 1 from operation where id = $1"));
        waiting.bind(1, operation.id);
        if (TRY(waiting.step())) { // a number spent on it would be missed at central
            wipe(operation.session_token);
            return operation.id;
        }
        operation.sequence = TRY(raise_counter(database_, "sequence", 1));
        std::string plain = api::to_json(operation);
        auto sealed = crypto::seal_to(sealing_public_key_, as_bytes(plain));
        wipe(plain);
        auto statement =
            TRY(database_.prepare("insert into operation (sequence, id, sealed) values ($1, $2, $3)"));
        statement.bind(1, operation.sequence).bind(2, operation.id).bind(3, ByteView(TRY(std::move(sealed))));
        TRY(statement.run());
        TRY(transaction.commit());
    }
    wipe(operation.session_token);
    if (added_)
        added_();
    return operation.id;
}

Result<OutboxCounts> Outbox::counts() {
    std::lock_guard const lock(guard_);
    OutboxCounts counts;
    counts.waiting = TRY(scalar(database_, "select count(*) from operation"));
    counts.sent = TRY(scalar(database_, "select value from counter where name = 'sent'"));
    counts.refused = TRY(scalar(database_, "select count(*) from refused"));
    return counts;
}

Result<std::vector<RefusedOperation>> Outbox::refused() {
    std::lock_guard const lock(guard_);
    auto statement = TRY(database_.prepare("select id, reason from refused order by id"));
    std::vector<RefusedOperation> out;
    while (TRY(statement.step()))
        out.push_back({statement.text(0), statement.text(1)});
    return out;
}

Result<std::vector<OperationStanding>> Outbox::standing(std::vector<std::string> const& ids) {
    std::lock_guard const lock(guard_);
    auto waiting = TRY(database_.prepare("select 1 from operation where id = $1"));
    auto refused = TRY(database_.prepare("select reason from refused where id = $1"));
    std::vector<OperationStanding> out;
    for (auto const& id : ids) {
        OperationStanding each;
        each.id = id;
        waiting.reset();
        waiting.bind(1, id);
        refused.reset();
        refused.bind(1, id);
        if (TRY(waiting.step())) {
            each.where = OperationStanding::Where::Waiting;
        } else if (TRY(refused.step())) {
            each.where = OperationStanding::Where::Refused;
            each.reason = refused.text(0);
        }
        out.push_back(std::move(each));
    }
    return out;
}

Result<void> Outbox::forget_refused(std::string const& id) {
    std::lock_guard const lock(guard_);
    auto statement = TRY(database_.prepare("delete from refused where id = $1"));
    statement.bind(1, id);
    return statement.run();
}

Result<api::PushOperations> Outbox::next_batch() {
    std::lock_guard const lock(guard_);
    auto statement = TRY(database_.prepare("select id, sealed from operation order by sequence limit $1"));
    statement.bind(1, std::int64_t{push_operations_max});
    api::PushOperations batch;
    while (TRY(statement.step()))
        batch.operations.push_back({statement.text(0), to_base64url(statement.blob(1))});
    return batch;
}

Result<void> Outbox::settle(api::PushOutcomes const& outcomes) {
    std::lock_guard const lock(guard_);
    auto transaction = TRY(storage::Transaction::begin(database_));
    for (auto const& outcome : outcomes.outcomes) {
        bool const applied = outcome.outcome == "applied" || outcome.outcome == "duplicate";
        if (!applied && outcome.outcome != "refused")
            continue; // a word we do not know settles nothing: it is sent again
        auto remove = TRY(database_.prepare("delete from operation where id = $1"));
        remove.bind(1, outcome.id);
        TRY(remove.run());
        if (database_.changed_rows() == 0)
            continue;
        if (applied) {
            (void)TRY(raise_counter(database_, "sent", 1));
        } else {
            auto keep = TRY(database_.prepare("insert into refused (id, reason) values ($1, $2)"));
            keep.bind(1, outcome.id).bind(2, outcome.reason);
            TRY(keep.run());
        }
    }
    return transaction.commit();
}

} // namespace portico::client
