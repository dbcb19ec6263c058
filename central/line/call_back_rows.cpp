#include "central/line/call_back_rows.h"

#include "central/auth/accounts.h"
#include "central/operations/rule.h"
#include "shared/base/clock.h"

namespace portico::central {

namespace {

/// A rep gets what they gave back not at once again: it was for a colleague. Later, or a desk with one rep
/// would never call.
constexpr std::int64_t given_back_rest_us = std::int64_t{10} * 60 * second_us;
constexpr std::int64_t kept_after_end_us = std::int64_t{30} * 86'400 * second_us;

constexpr std::string_view columns =
    "SELECT id, terminal, language, about, asked_us, state, tries, rests_until_us, first_call_us, staff,"
    " taken_us, case_id, said FROM line_call_back ";

std::string place_in_store(std::string_view column, std::string_view id) {
    return "line_call_back." + std::string(column) + " " + std::string(id);
}

CallBack read(storage::Statement const& row) {
    CallBack call_back;
    call_back.id = row.text(0);
    call_back.terminal = TerminalId(row.text(1));
    call_back.language = row.text(2);
    call_back.about = row.text(3);
    call_back.asked_us = row.integer(4);
    call_back.state = row.text(5);
    call_back.tries = row.integer(6);
    call_back.rests_until_us = row.integer(7);
    call_back.first_call_us = row.integer(8);
    call_back.staff = StaffId(row.text(9));
    call_back.taken_us = row.integer(10);
    call_back.case_id = row.text(11);
    call_back.said = row.text(12);
    return call_back;
}

Result<std::optional<CallBack>> read_one(storage::Statement& query) {
    if (!TRY(query.step()))
        return std::optional<CallBack>();
    return std::optional(read(query));
}

} // namespace

Bytes CallBackRows::number_hash(std::string const& number) const {
    return crypto::keyed_hash(vault_.index, "line/number/" + number);
}

Result<std::vector<CallBack>> CallBackRows::read_all(storage::Statement& query) const {
    std::vector<CallBack> all;
    while (TRY(query.step()))
        all.push_back(read(query));
    return all;
}

Result<std::optional<CallBack>> CallBackRows::find(storage::Database& database, std::string const& id) const {
    auto query = TRY(database.prepare(std::string(columns) + "WHERE id = $1"));
    query.bind(1, id);
    return read_one(query);
}

Result<std::vector<CallBack>> CallBackRows::waiting(storage::Database& database, std::int64_t limit) const {
    auto query = TRY(
        database.prepare(std::string(columns) + "WHERE state = 'waiting' ORDER BY asked_us, id LIMIT $1"));
    query.bind(1, limit);
    return read_all(query);
}

Result<std::int64_t> CallBackRows::count_waiting(storage::Database& database) const {
    auto query = TRY(database.prepare("SELECT count(*) FROM line_call_back WHERE state = 'waiting'"));
    TRY(query.step());
    return query.integer(0);
}

Result<std::optional<CallBack>> CallBackRows::due_for(storage::Database& database, StaffId const& staff,
                                                      std::vector<PatientId> const& not_of) const {
    auto const now_us = to_micros(clock_.now());
    int parameter = 3; // before those of the members
    std::string sql = std::string(columns) + "WHERE state = 'waiting' AND rests_until_us <= $1"
                                             " AND (staff <> $2 OR given_back_us <= $3)";
    for (int i = 0; i < static_cast<int>(not_of.size()); ++i)
        sql += " AND (patient_hash IS NULL OR patient_hash <> $" + std::to_string(parameter + 1 + i) + ")";
    auto query = TRY(database.prepare(sql + " ORDER BY asked_us, id LIMIT 1"));
    query.bind(1, now_us).bind(2, staff.text()).bind(3, now_us - given_back_rest_us);
    for (auto const& each : not_of)
        query.bind(++parameter, ByteView(patient_hash(vault_, each)));
    return read_one(query);
}

Result<std::optional<CallBack>> CallBackRows::at_hand_of(storage::Database& database,
                                                         StaffId const& staff) const {
    auto query = TRY(
        database.prepare(std::string(columns) + "WHERE state = 'calling' AND staff = $1 ORDER BY taken_us"));
    query.bind(1, staff.text());
    return read_one(query);
}

Result<std::vector<CallBack>> CallBackRows::taken_before(storage::Database& database, std::int64_t us) const {
    auto query = TRY(
        database.prepare(std::string(columns) + "WHERE state = 'calling' AND taken_us <= $1 ORDER BY id"));
    query.bind(1, us);
    return read_all(query);
}

Result<bool> CallBackRows::has_open(storage::Database& database, AskedCallBack const& asked) const {
    auto query = TRY(database.prepare(
        "SELECT 1 FROM line_call_back WHERE state IN ('waiting', 'calling') AND (number_hash = $1"
        " OR (patient_hash IS NOT NULL AND patient_hash = $2)) LIMIT 1"));
    auto const number = number_hash(asked.number);
    auto const patient = patient_hash(vault_, asked.patient);
    query.bind(1, ByteView(number)).bind(2, ByteView(patient));
    return query.step();
}

Result<std::vector<std::string>> CallBackRows::terminals_asked_at(storage::Database& database,
                                                                  std::int64_t seconds) const {
    auto query = TRY(database.prepare("SELECT DISTINCT terminal FROM line_call_back WHERE state = 'waiting'"
                                      " AND asked_us > $1"));
    query.bind(1, to_micros(clock_.now()) - seconds * second_us);
    std::vector<std::string> terminals;
    while (TRY(query.step()))
        terminals.push_back(query.text(0));
    return terminals;
}

Result<std::string> CallBackRows::sealed_text(storage::Database& database, std::string const& id,
                                              std::string_view column) const {
    auto query = TRY(database.prepare("SELECT " + std::string(column) +
                                      "_sealed FROM line_call_back"
                                      " WHERE id = $1"));
    query.bind(1, id);
    if (!TRY(query.step()) || query.is_null(0))
        return std::string();
    return open_text(vault_, place_in_store(column, id), query.blob(0));
}

Result<std::string> CallBackRows::number_of(storage::Database& database, std::string const& id) const {
    return sealed_text(database, id, "number");
}

Result<PatientId> CallBackRows::patient_of(storage::Database& database, std::string const& id) const {
    return PatientId(TRY(sealed_text(database, id, "patient")));
}

Result<void> CallBackRows::add(storage::Database& database, AskedCallBack const& asked, std::int64_t place,
                               std::optional<WaitEstimate> const& told) const {
    auto insert = TRY(database.prepare(
        "INSERT INTO line_call_back (id, terminal, number_hash, number_sealed, language, about, asked_us,"
        " place_asked, told_least_min, told_most_min, state, tries, rests_until_us, first_call_us, staff,"
        " taken_us, case_id, said, given_back_us, ended_us)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting', 0, 0, 0, '', 0, '', '', 0, 0)"));
    auto const number = number_hash(asked.number);
    auto const sealed = seal_text(vault_, place_in_store("number", asked.id), asked.number);
    insert.bind(1, asked.id).bind(2, asked.terminal.text()).bind(3, ByteView(number));
    insert.bind(4, ByteView(sealed)).bind(5, asked.language).bind(6, asked.about);
    insert.bind(7, to_micros(clock_.now())).bind(8, place);
    insert.bind(9, std::int64_t{told ? told->least : 0}).bind(10, std::int64_t{told ? told->most : 0});
    TRY(insert.run());
    if (asked.patient.empty())
        return ok();
    auto bind = TRY(
        database.prepare("UPDATE line_call_back SET patient_hash = $2, patient_sealed = $3 WHERE id = $1"));
    auto const patient = patient_hash(vault_, asked.patient);
    auto const patient_sealed = seal_text(vault_, place_in_store("patient", asked.id), asked.patient.text());
    return bind.bind(1, asked.id).bind(2, ByteView(patient)).bind(3, ByteView(patient_sealed)).run();
}

Result<void> CallBackRows::set_taken(storage::Database& database, std::string const& id, StaffId const& staff,
                                     std::string const& case_id) const {
    auto update = TRY(database.prepare(
        "UPDATE line_call_back SET state = 'calling', staff = $2, case_id = $3, taken_us = $4, said = '',"
        " rests_until_us = 0, given_back_us = 0,"
        " first_call_us = CASE WHEN first_call_us = 0 THEN $4 ELSE first_call_us END WHERE id = $1"));
    return update.bind(1, id).bind(2, staff.text()).bind(3, case_id).bind(4, to_micros(clock_.now())).run();
}

Result<void> CallBackRows::set_waiting(storage::Database& database, CallBack const& call_back) const {
    auto update = TRY(database.prepare("UPDATE line_call_back SET state = 'waiting', tries = $2,"
                                       " rests_until_us = $3, said = $4, given_back_us = $5,"
                                       " first_call_us = $6 WHERE id = $1"));
    bool const given_back = call_back.said == "given_back";
    update.bind(1, call_back.id).bind(2, call_back.tries).bind(3, call_back.rests_until_us);
    update.bind(4, call_back.said).bind(5, given_back ? to_micros(clock_.now()) : std::int64_t{0});
    return update.bind(6, call_back.first_call_us).run();
}

Result<void> CallBackRows::end(storage::Database& database, std::string const& id, std::string_view state,
                               std::string_view said) const {
    // That they were called may be said when it had gone back to its place already.
    auto update =
        TRY(database.prepare("UPDATE line_call_back SET state = $2, said = $3, ended_us = $4,"
                             " number_sealed = $5, patient_sealed = NULL, first_call_us = CASE"
                             " WHEN first_call_us = 0 AND $2 IN ('reached', 'not_reached') THEN taken_us"
                             " ELSE first_call_us END WHERE id = $1"));
    Bytes const nothing;
    update.bind(1, id).bind(2, state).bind(3, said).bind(4, to_micros(clock_.now()));
    return update.bind(5, ByteView(nothing)).run();
}

Result<void> CallBackRows::forget_ended(storage::Database& database) const {
    auto forget = TRY(database.prepare("DELETE FROM line_call_back WHERE asked_us <= $1 AND ended_us > 0"));
    return forget.bind(1, to_micros(clock_.now()) - kept_after_end_us).run();
}

} // namespace portico::central
