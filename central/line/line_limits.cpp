#include "central/line/line_limits.h"

#include "central/cases/verification_guard.h"
#include "central/operations/rule.h"
#include "shared/base/clock.h"
#include "shared/base/uuid.h"

namespace portico::central {

namespace {

Error number_full(std::int64_t until_us, std::int64_t now_us) {
    return later(error(ErrorKind::TooMany, "call_backs_number_full",
                       "this number was to be called often enough within a day"),
                 until_us, now_us);
}

Result<void> check_not_called_often(storage::Database& database, Vault const& vault, Clock const& clock,
                                    AskedCallBack const& asked) {
    auto const now_us = to_micros(clock.now());
    auto const number = CallBackRows(vault, clock).number_hash(asked.number);
    auto const patient = patient_hash(vault, asked.patient);
    auto count = TRY(
        database.prepare("SELECT count(*), coalesce(min(asked_us), 0) FROM line_call_back WHERE asked_us > $1"
                         " AND (number_hash = $2 OR (patient_hash IS NOT NULL AND patient_hash = $3))"));
    count.bind(1, now_us - day_us).bind(2, ByteView(number)).bind(3, ByteView(patient));
    TRY(count.step());
    if (count.integer(0) >= number_day_calls_max)
        return number_full(count.integer(1) + day_us, now_us);
    count.reset();
    // Whoever is there does not want it. A member's own number is theirs all the same.
    if (!asked.patient.empty())
        return ok();
    auto wrong = TRY(database.prepare("SELECT ended_us FROM line_call_back WHERE number_hash = $1"
                                      " AND asked_us > $2 AND said = 'wrong_number' AND ended_us > 0"
                                      " ORDER BY ended_us DESC LIMIT 1"));
    wrong.bind(1, ByteView(number)).bind(2, now_us - day_us);
    if (TRY(wrong.step()))
        return number_full(wrong.integer(0) + day_us, now_us);
    return ok();
}

} // namespace

Result<void> count_ask(storage::Database& database, Clock const& clock, TerminalId const& terminal) {
    auto const now_us = to_micros(clock.now());
    auto forget = TRY(database.prepare("DELETE FROM line_ask WHERE terminal = $1 AND at_us <= $2"));
    TRY(forget.bind(1, terminal.text()).bind(2, now_us - hour_us).run());
    auto count =
        TRY(database.prepare("SELECT count(*), coalesce(min(at_us), 0) FROM line_ask WHERE terminal = $1"));
    count.bind(1, terminal.text());
    TRY(count.step());
    if (count.integer(0) >= terminal_hour_asks_max)
        return later(error(ErrorKind::TooMany, "call_backs_terminal_full",
                           "so many calls were asked for at this kiosk within the hour: ask the staff here"),
                     count.integer(1) + hour_us, now_us);
    count.reset();
    auto insert = TRY(database.prepare("INSERT INTO line_ask (id, terminal, at_us) VALUES ($1, $2, $3)"));
    return insert.bind(1, make_uuid_v7(clock)).bind(2, terminal.text()).bind(3, now_us).run();
}

Result<void> check_may_wait(storage::Database& database, Vault const& vault, Clock const& clock,
                            AskedCallBack const& asked) {
    CallBackRows const rows(vault, clock);
    if (TRY(rows.has_open(database, asked)))
        return error(ErrorKind::Conflict, "call_back_waits", "a call to this number is in the line already");
    TRY(check_not_called_often(database, vault, clock, asked));
    if (TRY(rows.count_waiting(database)) >= line_max)
        return error(ErrorKind::TooMany, "line_full", "so many wait that nobody can be added now");
    return ok();
}

} // namespace portico::central
