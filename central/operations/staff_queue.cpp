#include "central/operations/staff_queue.h"

#include "central/changes/work_news.h"
#include "shared/base/uuid.h"

namespace portico::central {

namespace {
constexpr std::int64_t rows_max = 10'000;
std::string entry_context(std::string const& id) {
    return "staff_queue/" + id;
}
} // namespace

Result<void> StaffQueue::add(storage::Database& database, QueueEntry entry) const {
    entry.id = make_uuid_v7(clock_);
    auto const sealed = crypto::seal_record(vault_.records, entry_context(entry.id), as_bytes(entry.detail));
    auto insert = TRY(database.prepare("INSERT INTO staff_queue (id, kind, terminal, operation, reason, "
                                       "detail_sealed, at_us, done_us, done_by, due_us)"
                                       " VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '', $8)"));
    TRY(insert.bind(1, entry.id)
            .bind(2, entry.kind)
            .bind(3, entry.terminal)
            .bind(4, entry.operation)
            .bind(5, entry.reason)
            .bind(6, ByteView(sealed))
            .bind(7, to_micros(clock_.now()))
            .bind(8, entry.due_us)
            .run());
    return note_work_changed(database);
}

namespace {

constexpr char const* entry_columns =
    "SELECT id, kind, terminal, operation, reason, detail_sealed, at_us, done_us, done_by, "
    "outcome, outcome_reason, due_us FROM staff_queue";

Result<QueueEntry> entry_of(Vault const& vault, storage::Statement& row) {
    auto const id = row.text(0);
    auto const detail = TRY(crypto::open_record(vault.records, entry_context(id), row.blob(5)));
    return QueueEntry{id,
                      row.text(1),
                      row.text(2),
                      row.text(3),
                      row.text(4),
                      std::string(as_text(detail)),
                      row.integer(6),
                      row.integer(7),
                      row.text(8),
                      row.text(9),
                      row.text(10),
                      row.integer(11)};
}

Result<std::vector<QueueEntry>> all_of(Vault const& vault, storage::Statement& query) {
    std::vector<QueueEntry> entries;
    while (TRY(query.step()))
        entries.push_back(TRY(entry_of(vault, query)));
    return entries;
}

} // namespace

Result<std::vector<QueueEntry>> StaffQueue::list(storage::Database& database, bool with_done) const {
    auto query = TRY(database.prepare(std::string(entry_columns) +
                                      " WHERE done_us = 0 OR $1 = 1 ORDER BY at_us, id LIMIT $2"));
    query.bind(1, std::int64_t{with_done}).bind(2, rows_max);
    return all_of(vault_, query);
}

Result<std::vector<QueueEntry>> StaffQueue::open_of_kind(storage::Database& database,
                                                         std::string const& kind) const {
    auto query = TRY(
        database.prepare(std::string(entry_columns) + " WHERE done_us = 0 AND kind = $1 ORDER BY at_us, id"));
    query.bind(1, kind);
    return all_of(vault_, query);
}

Result<QueueEntry> StaffQueue::open_entry(storage::Database& database, std::string const& id) const {
    auto query = TRY(database.prepare(std::string(entry_columns) + " WHERE id = $1"));
    query.bind(1, id);
    if (!TRY(query.step()))
        return error(ErrorKind::NotFound, "queue_entry_unknown", "the queue has no entry " + id);
    auto entry = TRY(entry_of(vault_, query));
    if (entry.done_us != 0)
        return error(ErrorKind::Conflict, "queue_entry_done", "this entry is done already: " + entry.outcome);
    return entry;
}

Result<void> StaffQueue::close(storage::Database& database, std::string const& id,
                               QueueClosing const& closing) const {
    TRY(open_entry(database, id));
    auto update = TRY(database.prepare("UPDATE staff_queue SET done_us = $2, done_by = $3, outcome = $4, "
                                       "outcome_reason = $5 WHERE id = $1"));
    TRY(update.bind(1, id)
            .bind(2, to_micros(clock_.now()))
            .bind(3, closing.by)
            .bind(4, closing.outcome)
            .bind(5, closing.reason)
            .run());
    return note_work_changed(database);
}

} // namespace portico::central
