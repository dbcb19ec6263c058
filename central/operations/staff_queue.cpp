#include "central/operations/staff_queue.h"

#include "shared/base/uuid.h"

namespace portico::central {

namespace {
constexpr std::int64_t rows_max = 10'000;
std::string seal_context(std::string const& id) {
    return "staff_queue/" + id;
}
} // namespace

Result<void> StaffQueue::add(storage::Database& database, QueueEntry entry) const {
    entry.id = make_uuid_v7(clock_);
    auto const sealed = crypto::seal_record(vault_.records, seal_context(entry.id), as_bytes(entry.detail));
    auto insert = TRY(database.prepare("INSERT INTO staff_queue (id, kind, terminal, operation, reason, "
                                       "detail_sealed, at_us, done_us, done_by)"
                                       " VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '')"));
    return insert.bind(1, entry.id)
        .bind(2, entry.kind)
        .bind(3, entry.terminal)
        .bind(4, entry.operation)
        .bind(5, entry.reason)
        .bind(6, ByteView(sealed))
        .bind(7, to_micros(clock_.now()))
        .run();
}

Result<std::vector<QueueEntry>> StaffQueue::list(storage::Database& database, bool with_done) const {
    auto query = TRY(database.prepare("SELECT id, kind, terminal, operation, reason, detail_sealed, at_us, "
                                      "done_us, done_by FROM staff_queue"
                                      " WHERE done_us = 0 OR $1 = 1 ORDER BY at_us, id LIMIT $2"));
    query.bind(1, std::int64_t{with_done}).bind(2, rows_max);
    std::vector<QueueEntry> entries;
    while (TRY(query.step())) {
        auto const id = query.text(0);
        auto const detail = TRY(crypto::open_record(vault_.records, seal_context(id), query.blob(5)));
        entries.push_back({id, query.text(1), query.text(2), query.text(3), query.text(4),
                           std::string(as_text(detail)), query.integer(6), query.integer(7), query.text(8)});
    }
    return entries;
}

Result<std::string> StaffQueue::close(storage::Database& database, std::string const& id,
                                      std::string const& by) const {
    auto query = TRY(database.prepare("SELECT done_us, operation FROM staff_queue WHERE id = $1"));
    query.bind(1, id);
    if (!TRY(query.step()))
        return error(ErrorKind::NotFound, "queue_entry_unknown", "the queue has no entry " + id);
    if (query.integer(0) != 0)
        return error(ErrorKind::Conflict, "queue_entry_done", "this entry is done already");
    auto operation = query.text(1);
    query.reset();
    auto update = TRY(database.prepare("UPDATE staff_queue SET done_us = $2, done_by = $3 WHERE id = $1"));
    TRY(update.bind(1, id).bind(2, to_micros(clock_.now())).bind(3, by).run());
    return operation;
}

} // namespace portico::central
