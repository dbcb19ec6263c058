#include "central/cases/call_checks.h"

#include "central/cases/check_numbers.h"
#include "central/cases/verification_guard.h"
#include "central/operations/rule.h"
#include "shared/base/clock.h"
#include "shared/base/uuid.h"

#include <algorithm>

namespace portico::central {

namespace {

constexpr std::string_view check_columns =
    "SELECT id, case_id, staff, terminal, number, numbers, expires_us, state, asked_us FROM case_check ";

std::vector<std::string> words_of(std::string const& text) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find(' ', at), text.size());
        words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

std::string text_of(std::vector<std::string> const& words) {
    std::string text;
    for (auto const& each : words)
        text += (text.empty() ? "" : " ") + each;
    return text;
}

Error check_gone() {
    return error(ErrorKind::NotFound, "check_gone", "this question has ended");
}

char const* state_after(CallCheckRow const& check, std::string const& number) {
    return number.empty() ? "denied" : number == check.number ? "confirmed" : "wrong";
}

Result<void> end(storage::Database& database, std::string const& id, std::string_view state,
                 std::int64_t now_us) {
    auto update = TRY(database.prepare("UPDATE case_check SET state = $2, ended_us = $3 WHERE id = $1"));
    return update.bind(1, id).bind(2, state).bind(3, now_us).run();
}

} // namespace

Result<CallCheckRow> CallChecks::read(storage::Statement const& row) const {
    CallCheckRow check{row.text(0), row.text(1),           StaffId(row.text(2)), TerminalId(row.text(3)),
                       row.text(4), words_of(row.text(5)), row.integer(6),       row.text(7)};
    auto const now_us = to_micros(clock_.now());
    // A clock that went back makes nothing last longer.
    if (check.state == "waiting" && (now_us >= check.expires_us || now_us < row.integer(8)))
        check.state = "expired";
    return check;
}

Result<void> CallChecks::check_not_too_many(storage::Database& database, PatientId const& patient) const {
    auto const now_us = to_micros(clock_.now());
    auto query = TRY(database.prepare("SELECT count(*), coalesce(min(asked_us), 0) FROM case_check"
                                      " WHERE patient_hash = $1 AND asked_us > $2"));
    query.bind(1, ByteView(patient_hash(vault_, patient))).bind(2, now_us - hour_us);
    TRY(query.step());
    if (query.integer(0) < asked_hour_max)
        return ok();
    return later(error(ErrorKind::TooMany, "checks_hour_full",
                       "this member was asked ten times within the hour: that is enough"),
                 query.integer(1) + hour_us, now_us);
}

Result<CallCheckRow> CallChecks::ask(storage::Database& database, CaseFile const& file,
                                     TerminalId const& desk) const {
    VerificationGuard const guard(vault_, clock_);
    TRY(guard.check_not_frozen(database, file.prover));
    TRY(guard.check_not_elsewhere(database, file));
    TRY(check_not_too_many(database, file.prover));
    TRY(end_of_case(database, file.id));
    auto numbers = make_check_numbers();
    auto const now_us = to_micros(clock_.now());
    CallCheckRow check{make_uuid_v7(clock_),         file.id,  file.owner, desk, numbers.said, numbers.shown,
                       now_us + check_s * second_us, "waiting"};
    auto insert = TRY(database.prepare(
        "INSERT INTO case_check (id, case_id, patient_hash, staff, terminal, number, numbers, asked_us,"
        " expires_us, state, ended_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)"));
    auto const hash = patient_hash(vault_, file.prover);
    insert.bind(1, check.id).bind(2, check.case_id).bind(3, ByteView(hash)).bind(4, check.staff.text());
    insert.bind(5, desk.text()).bind(6, check.number).bind(7, text_of(check.numbers)).bind(8, now_us);
    TRY(insert.bind(9, check.expires_us).bind(10, check.state).run());
    return check;
}

Result<std::optional<CallCheckRow>> CallChecks::waiting_for(storage::Database& database,
                                                            PatientId const& patient) const {
    auto query = TRY(database.prepare(
        std::string(check_columns) + "WHERE patient_hash = $1 AND state = 'waiting' ORDER BY asked_us DESC"));
    query.bind(1, ByteView(patient_hash(vault_, patient)));
    while (TRY(query.step()))
        if (auto check = TRY(read(query)); check.state == "waiting")
            return std::optional(std::move(check));
    return std::optional<CallCheckRow>();
}

Result<CallCheckRow> CallChecks::answered_before(storage::Database& database, PatientId const& patient,
                                                 std::string const& id, std::string const& number) const {
    if (!is_uuid_v7(id))
        return check_gone();
    auto query = TRY(database.prepare(std::string(check_columns) + "WHERE id = $1 AND patient_hash = $2"));
    query.bind(1, id).bind(2, ByteView(patient_hash(vault_, patient)));
    if (!TRY(query.step()))
        return check_gone();
    auto check = TRY(read(query));
    // Nobody finds the right number by trying on.
    if (check.state != state_after(check, number))
        return check_gone();
    check.again = true;
    return check;
}

Result<CallCheckRow> CallChecks::answer(storage::Database& database, PatientId const& patient,
                                        std::string const& id, std::string const& number) const {
    auto check = TRY(waiting_for(database, patient));
    if (!check || check->id != id)
        return answered_before(database, patient, id, number);
    if (!number.empty() &&
        std::find(check->numbers.begin(), check->numbers.end(), number) == check->numbers.end())
        return error(ErrorKind::InvalidInput, "number_unknown", "choose one of the numbers that are shown");
    check->state = state_after(*check, number);
    TRY(end(database, id, check->state, to_micros(clock_.now())));
    return std::move(*check);
}

Result<std::string> CallChecks::state_of(storage::Database& database, std::string const& case_id) const {
    auto query = TRY(database.prepare(std::string(check_columns) +
                                      "WHERE case_id = $1 ORDER BY asked_us DESC, id DESC LIMIT 1"));
    query.bind(1, case_id);
    if (!TRY(query.step()))
        return std::string();
    return TRY(read(query)).state;
}

Result<void> CallChecks::end_of_case(storage::Database& database, std::string const& case_id) const {
    auto update = TRY(database.prepare("UPDATE case_check SET state = 'replaced', ended_us = $2"
                                       " WHERE case_id = $1 AND state = 'waiting'"));
    return update.bind(1, case_id).bind(2, to_micros(clock_.now())).run();
}

} // namespace portico::central
