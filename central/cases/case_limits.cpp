#include "central/cases/case_limits.h"

#include "central/auth/accounts.h"
#include "central/auth/staff_rights.h"
#include "central/operations/rule.h"
#include "shared/base/clock.h"
#include "shared/base/uuid.h"

namespace portico::central {

namespace {

std::int64_t hour_ago(Clock const& clock) {
    return to_micros(clock.now()) - hour_us;
}

struct Counted {
    std::int64_t count = 0;
    std::int64_t oldest_us = 0;
};

/// `sql` asks for a count and the oldest time of `staff` ($1) after $2.
Result<Counted> counted(storage::Database& database, Clock const& clock, std::string_view sql,
                        StaffId const& staff) {
    auto query = TRY(database.prepare(sql));
    query.bind(1, staff.text()).bind(2, hour_ago(clock));
    TRY(query.step());
    return Counted{query.integer(0), query.integer(1)};
}

/// What is older counts for nothing any more.
Result<void> forget(storage::Database& database, Clock const& clock, std::string_view sql,
                    StaffId const& staff) {
    auto remove = TRY(database.prepare(sql));
    return remove.bind(1, staff.text()).bind(2, hour_ago(clock)).run();
}

Result<void> check_tries(storage::Database& database, Clock const& clock, CaseFile const& file) {
    if (file.tries >= case_tries_max)
        return error(ErrorKind::TooMany, "tries_case_full",
                     "five tries have found nobody for this case: a supervisor may take it over and try");
    auto const tries =
        TRY(counted(database, clock,
                    "SELECT count(*), coalesce(min(at_us), 0) FROM case_try WHERE staff = $1 AND at_us > $2",
                    file.owner));
    if (tries.count < hour_tries_max)
        return ok();
    auto full = error(ErrorKind::TooMany, "tries_hour_full",
                      "thirty tries have found nobody within the hour: a supervisor may take this case over");
    full.retry_after_s = (tries.oldest_us + hour_us - to_micros(clock.now())) / second_us + 1;
    return full;
}

Result<void> check_records(storage::Database& database, Clock const& clock, CaseFile const& file) {
    auto const records =
        TRY(counted(database, clock,
                    "SELECT count(DISTINCT patient_hash), 0 FROM case_record WHERE staff = $1 AND at_us > $2",
                    file.owner));
    auto const allowances =
        TRY(counted(database, clock, "SELECT count(*), 0 FROM case_allowance WHERE staff = $1 AND at_us > $2",
                    file.owner));
    if (records.count < hour_records_max * (1 + allowances.count))
        return ok();
    return error(ErrorKind::Refused, "records_hour_full",
                 "so many members' records are enough for an hour: a supervisor may allow more");
}

} // namespace

Result<void> check_may_find(storage::Database& database, Clock const& clock, CaseFile const& file) {
    TRY(check_tries(database, clock, file));
    return check_records(database, clock, file);
}

Result<void> check_may_open_record(storage::Database& database, Clock const& clock, CaseFile const& file) {
    return check_records(database, clock, file);
}

Result<int> count_try(storage::Database& database, Clock const& clock, CaseFile const& file) {
    TRY(forget(database, clock, "DELETE FROM case_try WHERE staff = $1 AND at_us <= $2", file.owner));
    auto insert = TRY(database.prepare("INSERT INTO case_try (id, staff, at_us) VALUES ($1, $2, $3)"));
    insert.bind(1, make_uuid_v7(clock)).bind(2, file.owner.text()).bind(3, to_micros(clock.now()));
    TRY(insert.run());
    auto update = TRY(database.prepare("UPDATE case_file SET tries = $2 WHERE id = $1"));
    TRY(update.bind(1, file.id).bind(2, file.tries + 1).run());
    return static_cast<int>(case_tries_max - file.tries - 1);
}

Result<void> count_record(storage::Database& database, Vault const& vault, Clock const& clock,
                          CaseFile const& file) {
    TRY(forget(database, clock, "DELETE FROM case_record WHERE staff = $1 AND at_us <= $2", file.owner));
    auto insert = TRY(
        database.prepare("INSERT INTO case_record (id, staff, patient_hash, at_us) VALUES ($1, $2, $3, $4)"));
    auto const hash = patient_hash(vault, file.patient);
    insert.bind(1, make_uuid_v7(clock)).bind(2, file.owner.text()).bind(3, ByteView(hash));
    return insert.bind(4, to_micros(clock.now())).run();
}

Result<void> allow_more_records(storage::Database& database, Vault const& vault, Clock const& clock,
                                StaffId const& by, StaffId const& staff) {
    if (by == staff)
        return error(ErrorKind::Refused, "not_for_oneself", "another supervisor may allow you more");
    auto const colleague = TRY(Accounts(vault, clock).of_staff(database, staff));
    if (!colleague || colleague->disabled || !has_right(colleague->roles, Right::OpenCase))
        return error(ErrorKind::NotFound, "colleague_unknown", "nobody of that id opens cases");
    TRY(forget(database, clock, "DELETE FROM case_allowance WHERE staff = $1 AND at_us <= $2", staff));
    auto insert = TRY(database.prepare(
        "INSERT INTO case_allowance (id, staff, allowed_by, at_us) VALUES ($1, $2, $3, $4)"));
    insert.bind(1, make_uuid_v7(clock)).bind(2, staff.text()).bind(3, by.text());
    return insert.bind(4, to_micros(clock.now())).run();
}

} // namespace portico::central
