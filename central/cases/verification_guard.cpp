#include "central/cases/verification_guard.h"

#include "central/operations/rule.h"
#include "shared/base/clock.h"

namespace portico::central {

Error later(Error failure, std::int64_t when_us, std::int64_t now_us) {
    failure.retry_after_s = (when_us - now_us) / second_us + 1;
    return failure;
}

Result<std::int64_t> VerificationGuard::frozen_until(storage::Database& database,
                                                     PatientId const& patient) const {
    // Counted in entries of codes.
    constexpr std::int64_t enough = failures_max * code_tries_max;
    auto query = TRY(database.prepare(
        "SELECT ended_us AS at_us, 0 AS one_entry FROM case_check WHERE patient_hash = $1"
        " AND state IN ('wrong', 'denied')"
        " UNION ALL SELECT at_us, 1 FROM case_code_try WHERE patient_hash = $1 AND outcome <> 'right'"
        " ORDER BY 1 DESC LIMIT $2"));
    query.bind(1, ByteView(patient_hash(vault_, patient))).bind(2, enough);
    std::int64_t newest_us = 0;
    std::int64_t entries = 0;
    while (entries < enough && TRY(query.step())) {
        auto const at_us = query.integer(0);
        newest_us = entries == 0 ? at_us : newest_us;
        if (newest_us - at_us >= freeze_s * second_us)
            return 0;
        entries += query.integer(1) == 1 ? 1 : code_tries_max;
    }
    return entries < enough ? 0 : newest_us + freeze_s * second_us;
}

Result<bool> VerificationGuard::is_frozen(storage::Database& database, PatientId const& patient) const {
    return TRY(frozen_until(database, patient)) > to_micros(clock_.now());
}

Result<void> VerificationGuard::check_not_frozen(storage::Database& database,
                                                 PatientId const& patient) const {
    auto const until_us = TRY(frozen_until(database, patient));
    auto const now_us = to_micros(clock_.now());
    if (now_us >= until_us)
        return ok();
    return later(error(ErrorKind::Refused, "verification_frozen",
                       "three proofs failed within a day: nobody is verified by phone for this member "
                       "until it is over; in person with staff beside they are"),
                 until_us, now_us);
}

Result<void> VerificationGuard::check_not_elsewhere(storage::Database& database, CaseFile const& file) const {
    auto const now_us = to_micros(clock_.now());
    auto query = TRY(database.prepare(
        "SELECT expires_us FROM case_check WHERE patient_hash = $1 AND case_id <> $2 AND state = 'waiting'"
        " AND asked_us <= $3 AND expires_us > $3"
        " UNION ALL SELECT expires_us FROM case_code WHERE patient_hash = $1 AND case_id <> $2"
        " AND state = 'waiting' AND sent_us <= $3 AND expires_us > $3 ORDER BY 1 DESC LIMIT 1"));
    query.bind(1, ByteView(patient_hash(vault_, file.prover))).bind(2, file.id).bind(3, now_us);
    if (!TRY(query.step()))
        return ok();
    return later(error(ErrorKind::Conflict, "check_elsewhere",
                       "another call asks this member now: one of the two callers is not the member"),
                 query.integer(0), now_us);
}

Result<void> VerificationGuard::end_all_of(storage::Database& database, PatientId const& patient) const {
    auto const hash = patient_hash(vault_, patient);
    auto const now_us = to_micros(clock_.now());
    auto checks = TRY(database.prepare("UPDATE case_check SET state = 'expired', ended_us = $2"
                                       " WHERE patient_hash = $1 AND state = 'waiting'"));
    TRY(checks.bind(1, ByteView(hash)).bind(2, now_us).run());
    auto codes = TRY(database.prepare("UPDATE case_code SET state = 'ended', ended_us = $2"
                                      " WHERE patient_hash = $1 AND state = 'waiting'"));
    return codes.bind(1, ByteView(hash)).bind(2, now_us).run();
}

} // namespace portico::central
