#include "central/cases/unlock_requests.h"

#include "central/cases/second_yes.h"
#include "central/operations/work_deadlines.h"
#include "shared/base/uuid.h"

namespace portico::central {

namespace {

constexpr std::string_view unlock_columns =
    "SELECT id, case_id, staff, terminal, reason, second_yes, verified_us,"
    " asked_us, expires_us, state, verified_way FROM case_unlock ";

Error entry_unknown() {
    return error(ErrorKind::NotFound, "queue_entry_unknown", "there is no such entry");
}

} // namespace

Result<std::vector<UnlockRow>> UnlockRequests::rows(storage::Statement& query) const {
    auto const now_us = to_micros(clock_.now());
    std::vector<UnlockRow> found;
    while (TRY(query.step())) {
        UnlockRow row{query.text(0),    query.text(1), StaffId(query.text(2)), TerminalId(query.text(3)),
                      query.text(4),    query.text(5), query.integer(6),       query.integer(7),
                      query.integer(8), query.text(9), query.text(10)};
        if (row.state == "waiting" && (now_us >= row.expires_us || now_us < row.asked_us))
            row.state = "expired";
        found.push_back(std::move(row));
    }
    return found;
}

Result<std::optional<UnlockRow>> UnlockRequests::last_of(storage::Database& database,
                                                         std::string const& case_id) const {
    auto query = TRY(database.prepare(std::string(unlock_columns) +
                                      "WHERE case_id = $1 ORDER BY asked_us DESC, id DESC LIMIT 1"));
    query.bind(1, case_id);
    auto found = TRY(rows(query));
    return found.empty() ? std::optional<UnlockRow>() : std::optional(std::move(found.front()));
}

Result<UnlockRow> UnlockRequests::of_entry(storage::Database& database, QueueEntry const& entry) const {
    if (entry.kind != unlock_approval_kind)
        return entry_unknown();
    auto query = TRY(database.prepare(std::string(unlock_columns) + "WHERE id = $1"));
    query.bind(1, entry.operation);
    auto found = TRY(rows(query));
    if (found.empty())
        return entry_unknown();
    return std::move(found.front());
}

Result<UnlockRow> UnlockRequests::add(storage::Database& database, CaseFile const& file,
                                      Asking const& asking) const {
    auto const now_us = to_micros(clock_.now());
    bool const waits = !asking.second_yes.empty();
    UnlockRow row{make_uuid_v7(clock_),
                  file.id,
                  file.owner,
                  asking.desk,
                  asking.reason,
                  asking.second_yes,
                  file.verified_us,
                  now_us,
                  work_due_us(unlock_approval_kind, now_us),
                  waits ? "waiting" : "unlocked",
                  file.verified_way};
    auto insert = TRY(database.prepare(
        "INSERT INTO case_unlock (id, case_id, staff, terminal, reason, second_yes, verified_us, asked_us,"
        " expires_us, state, verified_way, decided_by, decided_us)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', 0)"));
    insert.bind(1, row.id).bind(2, row.case_id).bind(3, row.staff.text()).bind(4, row.desk.text());
    insert.bind(5, row.reason).bind(6, row.second_yes).bind(7, row.verified_us).bind(8, now_us);
    TRY(insert.bind(9, row.expires_us).bind(10, row.state).bind(11, row.verified_way).run());
    if (waits)
        TRY(ask_second_yes(database, queue_, file,
                           {unlock_approval_kind, row.id, asking.desk, asking.reason}));
    return row;
}

Result<void> UnlockRequests::end(storage::Database& database, UnlockRow const& row,
                                 Ending const& ending) const {
    auto update = TRY(database.prepare("UPDATE case_unlock SET state = $2, decided_by = $3, decided_us = $4"
                                       " WHERE id = $1 AND state = 'waiting'"));
    update.bind(1, row.id).bind(2, ending.state).bind(3, ending.by.text());
    return update.bind(4, to_micros(clock_.now())).run();
}

Result<void> UnlockRequests::close_entry(storage::Database& database, UnlockRow const& row,
                                         Ending const& ending) const {
    auto query = TRY(database.prepare("SELECT id FROM staff_queue WHERE operation = $1 AND done_us = 0"));
    query.bind(1, row.id);
    if (!TRY(query.step()))
        return ok();
    auto const entry = query.text(0);
    query.reset();
    return queue_.close(database, entry,
                        {ending.by.empty() ? "central" : "staff:" + ending.by.text(), ending.state});
}

Result<void> UnlockRequests::withdraw_of_case(storage::Database& database, std::string const& case_id) const {
    auto const last = TRY(last_of(database, case_id));
    if (!last || last->state != "waiting")
        return ok();
    Ending const ending{"withdrawn", last->staff};
    TRY(end(database, *last, ending));
    return close_entry(database, *last, ending);
}

Result<std::vector<TerminalId>> UnlockRequests::end_expired(storage::Database& database) const {
    auto query =
        TRY(database.prepare(std::string(unlock_columns) + "WHERE state = 'waiting' AND expires_us <= $1"));
    query.bind(1, to_micros(clock_.now()));
    std::vector<TerminalId> desks;
    for (auto const& row : TRY(rows(query))) {
        TRY(end(database, row, {"expired"}));
        TRY(close_entry(database, row, {"expired"}));
        desks.push_back(row.desk);
    }
    return desks;
}

} // namespace portico::central
