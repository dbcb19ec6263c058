#include "central/cases/case_past.h"

#include "central/cases/case_book.h"
#include "central/cases/verify_ways.h"
#include "shared/base/clock.h"

#include <limits>

namespace portico::central {

namespace {

/// Whether a case was somebody's at a moment. One that a program took over which writes no such rows is
/// nobody's in doubt.
Result<bool> had(storage::Database& database, CaseFile const& file, StaffId const& staff,
                 std::int64_t at_us) {
    auto query =
        TRY(database.prepare("SELECT staff, from_us FROM case_holder WHERE case_id = $1 ORDER BY step DESC"));
    query.bind(1, file.id);
    bool last = true;
    while (TRY(query.step())) {
        if (last && query.text(0) != file.owner.text())
            return false;
        last = false;
        if (query.integer(1) <= at_us)
            return query.text(0) == staff.text();
    }
    return false;
}

/// Who spoke in a case at a moment, and which of its proofs are of them.
struct SpokenThen {
    std::string authority;
    std::int64_t first_proof = 0;
    std::int64_t end_of_proofs = std::numeric_limits<std::int64_t>::max();
};

Result<SpokenThen> spoken(storage::Database& database, CaseFile const& file, std::int64_t at_us) {
    auto query = TRY(database.prepare(
        "SELECT authority, from_us, proofs FROM case_speaker WHERE case_id = $1 ORDER BY step DESC"));
    query.bind(1, file.id);
    SpokenThen then;
    while (TRY(query.step())) {
        if (query.integer(1) <= at_us) {
            then.authority = query.text(0);
            then.first_proof = query.integer(2);
            break;
        }
        then.end_of_proofs = query.integer(2);
    }
    return then;
}

/// What whoever had it had been shown within `verified_for_s` before, of whoever spoke then.
Result<void> add_proofs(storage::Database& database, CaseThen& then, CaseFile const& file,
                        StaffId const& staff, std::int64_t at_us) {
    auto const said = TRY(spoken(database, file, at_us));
    then.authority = said.authority;
    auto query = TRY(database.prepare(
        "SELECT way FROM case_proof WHERE case_id = $1 AND staff = $2 AND at_us <= $3 AND at_us > $4"
        " AND step >= $5 AND step < $6"));
    query.bind(1, file.id).bind(2, staff.text()).bind(3, at_us).bind(4, at_us - verified_for_s * second_us);
    query.bind(5, said.first_proof).bind(6, said.end_of_proofs);
    while (TRY(query.step())) {
        then.verified = true;
        then.surely_verified = then.surely_verified || query.text(0) != way_mail_code;
    }
    return ok();
}

} // namespace

Result<void> note_holder(storage::Database& database, std::string const& case_id, StaffId const& staff,
                         UtcTime from) {
    auto insert =
        TRY(database.prepare("INSERT INTO case_holder (case_id, step, staff, from_us)"
                             " VALUES ($1, (SELECT count(*) FROM case_holder WHERE case_id = $1), $2, $3)"));
    return insert.bind(1, case_id).bind(2, staff.text()).bind(3, to_micros(from)).run();
}

Result<void> note_proof(storage::Database& database, std::string const& case_id, CaseProof const& proof) {
    auto insert = TRY(
        database.prepare("INSERT INTO case_proof (case_id, step, staff, way, at_us)"
                         " VALUES ($1, (SELECT count(*) FROM case_proof WHERE case_id = $1), $2, $3, $4)"));
    insert.bind(1, case_id).bind(2, proof.staff.text()).bind(3, proof.way);
    return insert.bind(4, to_micros(proof.at)).run();
}

Result<void> note_speaker(storage::Database& database, std::string const& case_id,
                          CaseSpeaker const& speaker) {
    auto insert = TRY(database.prepare(
        "INSERT INTO case_speaker (case_id, step, authority, prover_hash, prover_sealed, from_us, proofs)"
        " VALUES ($1, (SELECT count(*) FROM case_speaker WHERE case_id = $1), $2, $3, $4, $5,"
        " (SELECT count(*) FROM case_proof WHERE case_id = $1))"));
    insert.bind(1, case_id).bind(2, speaker.authority).bind(3, ByteView(speaker.prover_hash));
    return insert.bind(4, ByteView(speaker.prover_sealed)).bind(5, to_micros(speaker.from)).run();
}

Result<CaseThen> CaseBook::then(storage::Database& database, StaffId const& staff, std::string const& id,
                                UtcTime at) const {
    auto const file = TRY(find(database, id));
    auto const at_us = to_micros(at);
    if (!TRY(had(database, file, staff, at_us)) || file.patient.empty() || file.bound_us > at_us)
        return case_unknown();
    if (file.closed_us != 0 && file.closed_us <= at_us)
        return error(ErrorKind::Conflict, "case_closed_before",
                     "this case was closed before that was asked for: open another");
    CaseThen then;
    then.patient = file.patient;
    TRY(add_proofs(database, then, file, staff, at_us));
    return then;
}

} // namespace portico::central
