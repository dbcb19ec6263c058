#include "central/recovery/recoveries.h"

#include "central/cases/caller_codes.h"
#include "central/cases/second_yes.h"
#include "central/cases/verification_guard.h"
#include "central/operations/rule.h"
#include "central/operations/work_deadlines.h"
#include "central/recovery/last_proof.h"
#include "shared/base/clock.h"
#include "shared/base/uuid.h"

namespace portico::central {

namespace {

constexpr std::string_view columns =
    "SELECT id, case_id, staff, terminal, lost, reason, second_yes, verified_way, verified_us, asked_us, "
    "state,"
    " decided_by, started_us, expires_us, first_way, second_way, tries, sends, sent_us FROM recovery ";

std::int64_t micros_of(std::chrono::seconds time) {
    return time.count() * second_us;
}

/// The code's row is bound to its way: one that was texted is never taken for one that was mailed.
std::string code_text(std::string const& id, std::string_view way) {
    return id + "\n" + std::string(way) + "\n";
}

} // namespace

Result<std::vector<RecoveryRow>> Recoveries::rows(storage::Statement& query) const {
    auto const now_us = to_micros(clock_.now());
    std::vector<RecoveryRow> found;
    while (TRY(query.step())) {
        RecoveryRow row;
        row.id = query.text(0);
        row.case_id = query.text(1);
        row.staff = StaffId(query.text(2));
        row.desk = TerminalId(query.text(3));
        row.lost = query.text(4);
        row.reason = query.text(5);
        row.second_yes = query.text(6);
        row.verified_way = query.text(7);
        row.verified_us = query.integer(8);
        row.asked_us = query.integer(9);
        row.state = query.text(10);
        row.decided_by = StaffId(query.text(11));
        row.started_us = query.integer(12);
        row.expires_us = query.integer(13);
        row.first_way = query.text(14);
        row.second_way = query.text(15);
        row.tries = query.integer(16);
        row.sends = query.integer(17);
        row.sent_us = query.integer(18);
        // A clock that went back makes nothing last longer.
        if (row.is_open() && (now_us >= row.expires_us || now_us < row.asked_us))
            row.state = "expired";
        found.push_back(std::move(row));
    }
    return found;
}

Result<std::optional<RecoveryRow>> Recoveries::first_of(storage::Statement& query) const {
    auto found = TRY(rows(query));
    return found.empty() ? std::optional<RecoveryRow>() : std::optional(std::move(found.front()));
}

Result<std::optional<RecoveryRow>> Recoveries::find(storage::Database& database,
                                                    std::string const& id) const {
    auto query = TRY(database.prepare(std::string(columns) + "WHERE id = $1"));
    query.bind(1, id);
    return first_of(query);
}

Result<std::optional<RecoveryRow>> Recoveries::open_of(storage::Database& database,
                                                       PatientId const& patient) const {
    auto query = TRY(database.prepare(std::string(columns) + "WHERE patient_hash = $1 AND ended_us = 0"
                                                             " ORDER BY asked_us DESC, id DESC"));
    auto const hash = patient_hash(vault_, patient);
    query.bind(1, ByteView(hash));
    for (auto& row : TRY(rows(query)))
        if (row.is_open())
            return std::optional(std::move(row));
    return std::optional<RecoveryRow>();
}

Result<std::optional<RecoveryRow>> Recoveries::last_of_case(storage::Database& database,
                                                            std::string const& case_id) const {
    auto query = TRY(database.prepare(std::string(columns) +
                                      "WHERE case_id = $1 ORDER BY asked_us DESC, id DESC LIMIT 1"));
    query.bind(1, case_id);
    return first_of(query);
}

Result<RecoveryRow> Recoveries::of_entry(storage::Database& database, QueueEntry const& entry) const {
    auto row = entry.kind == recovery_approval_kind ? TRY(find(database, entry.operation))
                                                    : std::optional<RecoveryRow>();
    if (!row)
        return error(ErrorKind::NotFound, "queue_entry_unknown", "there is no such entry");
    return std::move(*row);
}

Result<void> Recoveries::check_day(storage::Database& database, ByteView patient) const {
    auto const now_us = to_micros(clock_.now());
    auto query = TRY(database.prepare("SELECT count(*), coalesce(min(asked_us), 0) FROM recovery"
                                      " WHERE patient_hash = $1 AND asked_us > $2"));
    query.bind(1, patient).bind(2, now_us - day_us);
    TRY(query.step());
    if (query.integer(0) < recoveries_a_day_max)
        return ok();
    return later(error(ErrorKind::TooMany, "recoveries_day_full",
                       "three recoveries of this account were begun within a day: that is enough"),
                 query.integer(1) + day_us, now_us);
}

Result<RecoveryRow> Recoveries::add(storage::Database& database, CaseFile const& file,
                                    Asking const& asking) const {
    auto const patient = patient_hash(vault_, file.patient);
    TRY(check_day(database, patient));
    auto const now_us = to_micros(clock_.now());
    RecoveryRow row;
    row.id = make_uuid_v7(clock_);
    row.case_id = file.id;
    row.staff = file.owner;
    row.desk = asking.desk;
    row.lost = asking.lost;
    row.reason = asking.reason;
    row.second_yes = asking.second_yes;
    row.verified_way = file.verified_way;
    row.verified_us = file.verified_us;
    row.asked_us = now_us;
    row.expires_us = work_due_us(recovery_approval_kind, now_us);
    auto insert = TRY(database.prepare(
        "INSERT INTO recovery (id, case_id, patient_hash, staff, terminal, lost, reason, second_yes,"
        " verified_way, verified_us, asked_us, state, decided_by, started_us, expires_us, first_way, "
        "second_way,"
        " tries, sends, sent_us, ended_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'waiting', "
        "'',"
        " 0, $12, '', '', 0, 0, 0, 0)"));
    insert.bind(1, row.id).bind(2, row.case_id).bind(3, ByteView(patient)).bind(4, row.staff.text());
    insert.bind(5, row.desk.text()).bind(6, row.lost).bind(7, row.reason).bind(8, row.second_yes);
    insert.bind(9, row.verified_way).bind(10, row.verified_us).bind(11, row.asked_us);
    TRY(insert.bind(12, row.expires_us).run());
    if (!row.second_yes.empty())
        TRY(ask_second_yes(database, queue_, file,
                           {recovery_approval_kind, row.id, asking.desk, asking.reason}));
    return row;
}

Result<void> Recoveries::start(storage::Database& database, RecoveryRow& row, RecoveryWays const& ways,
                               StaffId const& by) const {
    bool const letter = ways.first == "letter" || ways.second == "letter";
    auto const now_us = to_micros(clock_.now());
    row.state = "started";
    row.decided_by = by;
    row.started_us = now_us;
    row.expires_us = now_us + micros_of(letter ? recovery_open_by_letter : recovery_open);
    row.first_way = ways.first;
    row.second_way = ways.second;
    auto update = TRY(database.prepare(
        "UPDATE recovery SET state = 'started', decided_by = $2, started_us = $3, expires_us = $4,"
        " first_way = $5, second_way = $6 WHERE id = $1"));
    update.bind(1, row.id).bind(2, by.text()).bind(3, now_us).bind(4, row.expires_us);
    return update.bind(5, row.first_way).bind(6, row.second_way).run();
}

Result<void> Recoveries::close_entry(storage::Database& database, RecoveryRow const& row) const {
    auto query = TRY(database.prepare("SELECT id FROM staff_queue WHERE operation = $1 AND done_us = 0"));
    query.bind(1, row.id);
    std::vector<std::string> entries;
    while (TRY(query.step()))
        entries.push_back(query.text(0));
    query.reset();
    for (auto const& entry : entries)
        TRY(queue_.close(database, entry, {"central", row.state}));
    return ok();
}

Result<void> Recoveries::end(storage::Database& database, RecoveryRow& row, std::string const& state,
                             StaffId const& by) const {
    row.state = state;
    row.decided_by = by.empty() ? row.decided_by : by;
    auto update = TRY(database.prepare(
        "UPDATE recovery SET state = $2, decided_by = $3, ended_us = $4 WHERE id = $1 AND ended_us = 0"));
    update.bind(1, row.id).bind(2, row.state).bind(3, row.decided_by.text());
    TRY(update.bind(4, to_micros(clock_.now())).run());
    auto forget = TRY(database.prepare("DELETE FROM recovery_code WHERE recovery = $1"));
    TRY(forget.bind(1, row.id).run());
    TRY(LastProof::forget(database, row.id));
    return close_entry(database, row);
}

Result<void> Recoveries::withdraw_waiting_of_case(storage::Database& database,
                                                  std::string const& case_id) const {
    auto last = TRY(last_of_case(database, case_id));
    if (!last || last->state != "waiting")
        return ok();
    return end(database, *last, "withdrawn");
}

Result<std::vector<TerminalId>> Recoveries::end_expired(storage::Database& database) const {
    auto query =
        TRY(database.prepare(std::string(columns) + "WHERE ended_us = 0 AND expires_us <= $1 LIMIT 100"));
    query.bind(1, to_micros(clock_.now()));
    std::vector<TerminalId> desks;
    for (auto& row : TRY(rows(query))) {
        TRY(end(database, row, "expired"));
        desks.push_back(row.desk);
    }
    return desks;
}

Bytes Recoveries::hash_of(RecoveryRow const& row, std::string_view way, Secret const& code) const {
    auto text = code_text(row.id, way);
    text += code.reveal();
    auto hash = crypto::keyed_hash(vault_.index.derive("portico recovery code 1"), text);
    wipe(text);
    return hash;
}

Result<Secret> Recoveries::make_code(storage::Database& database, RecoveryRow const& row,
                                     std::string const& way, std::chrono::seconds lives) const {
    auto code = make_caller_code();
    auto const hash = hash_of(row, way, code);
    auto const now_us = to_micros(clock_.now());
    auto put = TRY(database.prepare("INSERT INTO recovery_code (recovery, way, code_hash, sent_us, "
                                    "expires_us) VALUES ($1, $2, $3, $4, $5)"
                                    " ON CONFLICT (recovery, way) DO UPDATE SET code_hash = "
                                    "excluded.code_hash, sent_us = excluded.sent_us,"
                                    " expires_us = excluded.expires_us"));
    put.bind(1, row.id).bind(2, way).bind(3, ByteView(hash)).bind(4, now_us);
    TRY(put.bind(5, now_us + micros_of(lives)).run());
    return code;
}

Result<bool> Recoveries::count_send(storage::Database& database, RecoveryRow& row) const {
    auto const now_us = to_micros(clock_.now());
    bool const soon = row.sent_us <= now_us && now_us < row.sent_us + micros_of(recovery_send_pause);
    if (row.sends >= recovery_sends_max || soon)
        return false;
    ++row.sends;
    row.sent_us = now_us;
    auto update = TRY(database.prepare("UPDATE recovery SET sends = $2, sent_us = $3 WHERE id = $1"));
    TRY(update.bind(1, row.id).bind(2, row.sends).bind(3, row.sent_us).run());
    return true;
}

Result<std::string> Recoveries::way_of_code(storage::Database& database, RecoveryRow const& row,
                                            Secret const& code) const {
    auto query = TRY(database.prepare(
        "SELECT way, code_hash, sent_us, expires_us FROM recovery_code WHERE recovery = $1"));
    query.bind(1, row.id);
    auto const now_us = to_micros(clock_.now());
    std::string found;
    while (TRY(query.step())) {
        auto const way = query.text(0);
        bool const fits = equal_constant_time(query.blob(1), hash_of(row, way, code));
        bool const counts = query.integer(2) <= now_us && now_us < query.integer(3);
        if (fits && counts)
            found = way;
    }
    return found;
}

Result<void> Recoveries::use_up_sent(storage::Database& database, RecoveryRow const& row) const {
    auto forget = TRY(database.prepare("DELETE FROM recovery_code WHERE recovery = $1 AND way <> 'letter'"));
    return forget.bind(1, row.id).run();
}

Result<void> Recoveries::count_wrong(storage::Database& database, RecoveryRow& row) const {
    ++row.tries;
    auto update = TRY(database.prepare("UPDATE recovery SET tries = $2 WHERE id = $1"));
    TRY(update.bind(1, row.id).bind(2, row.tries).run());
    return row.tries_left() > 0 ? Result<void>(ok()) : end(database, row, "ended");
}

} // namespace portico::central
