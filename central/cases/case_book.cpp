#include "central/cases/case_book.h"

#include "central/auth/accounts.h"
#include "central/cases/case_notes.h"
#include "central/cases/case_past.h"
#include "central/cases/case_words.h"
#include "central/cases/own_members.h"
#include "central/operations/rule.h"
#include "shared/base/clock.h"
#include "shared/base/uuid.h"
#include "shared/domain/plain_text.h"

namespace portico::central {

namespace {

constexpr std::string_view case_columns =
    "SELECT id, opened_by, owner, reason, channel, opened_us, tries,"
    " patient_sealed, closed_us, verified_us, verified_staff, verified_way, bound_us,"
    " (SELECT s.authority FROM case_speaker s WHERE s.case_id = case_file.id ORDER BY s.step DESC LIMIT 1),"
    " (SELECT s.prover_sealed FROM case_speaker s WHERE s.case_id = case_file.id ORDER BY s.step DESC LIMIT "
    "1)"
    " FROM case_file ";

std::string patient_place(std::string_view id) {
    return "case_file.patient " + std::string(id);
}

std::string prover_place(std::string_view id, std::string_view authority) {
    return "case_speaker.prover " + std::string(id) + " " + std::string(authority);
}

Error case_closed() {
    return error(ErrorKind::Conflict, "case_closed", "this case is closed already: open another");
}

Result<void> check_note(std::string_view note) {
    if (!is_plain_text(note))
        return error(ErrorKind::InvalidInput, "note_invalid",
                     "the note has control characters in it (line breaks are some): take them out");
    if (character_count(note) > CaseBook::note_characters_max)
        return error(ErrorKind::InvalidInput, "note_long",
                     "a note has at most " + std::to_string(CaseBook::note_characters_max) +
                         " characters, and this one " + std::to_string(character_count(note)) +
                         ": shorten it; the case is still open");
    return ok();
}

Result<void> check_reason(std::string_view reason) {
    if (!is_case_reason(reason))
        return error(ErrorKind::InvalidInput, "case_reason_unknown",
                     "a case is about unlock, eob_question, dispute, contact_change, card, message or other");
    return ok();
}

} // namespace

Result<CaseFile> CaseBook::read(storage::Statement const& row) const {
    CaseFile file;
    file.id = row.text(0);
    file.opened_by = StaffId(row.text(1));
    file.owner = StaffId(row.text(2));
    file.reason = row.text(3);
    file.channel = row.text(4);
    file.opened_us = row.integer(5);
    file.tries = row.integer(6);
    if (!row.is_null(7))
        file.patient = PatientId(TRY(open_text(vault_, patient_place(file.id), row.blob(7))));
    file.closed_us = row.integer(8);
    file.bound_us = row.integer(12);
    file.authority = row.text(13);
    file.prover = file.patient;
    if (!row.is_null(14))
        file.prover = PatientId(TRY(open_text(vault_, prover_place(file.id, file.authority), row.blob(14))));
    auto const age_us = to_micros(clock_.now()) - row.integer(9);
    // What one was shown on their call is nothing to whoever takes the case over. A clock that went back
    // makes nothing last longer.
    if (row.text(10) == file.owner.text() && age_us >= 0 && age_us < verified_for_s * second_us) {
        file.verified_us = row.integer(9);
        file.verified_way = file.verified_us == 0 ? "" : row.text(11);
    }
    return file;
}

Result<std::string> CaseBook::open(storage::Database& database, CaseWorker const& worker,
                                   std::string_view reason, std::string_view channel) const {
    TRY(check_reason(reason));
    if (!is_case_channel(channel))
        return error(ErrorKind::InvalidInput, "case_channel_unknown",
                     "a caller comes by phone, call_back or walk_in; work is a case without one");
    auto count = TRY(database.prepare("SELECT count(*) FROM case_file WHERE owner = $1 AND closed_us = 0"));
    count.bind(1, worker.staff.text());
    TRY(count.step());
    if (count.integer(0) >= open_max)
        return error(ErrorKind::TooMany, "cases_open_many",
                     "you have " + std::to_string(open_max) + " cases open: close some first");
    count.reset();
    auto id = make_uuid_v7(clock_);
    auto insert = TRY(database.prepare(
        "INSERT INTO case_file (id, opened_by, owner, terminal, reason, channel, opened_us, tries, bound_us,"
        " closed_us, closed_by, outcome) VALUES ($1, $2, $2, $3, $4, $5, $6, 0, 0, 0, '', '')"));
    insert.bind(1, id).bind(2, worker.staff.text()).bind(3, worker.terminal.text());
    insert.bind(4, reason).bind(5, channel).bind(6, to_micros(clock_.now()));
    TRY(insert.run());
    TRY(note_holder(database, id, worker.staff, clock_.now()));
    return id;
}

Result<std::vector<CaseFile>> CaseBook::open_of(storage::Database& database, StaffId const& staff) const {
    auto query = TRY(database.prepare(std::string(case_columns) +
                                      "WHERE owner = $1 AND closed_us = 0 ORDER BY opened_us, id"));
    query.bind(1, staff.text());
    std::vector<CaseFile> files;
    while (TRY(query.step()))
        files.push_back(TRY(read(query)));
    return files;
}

Result<std::vector<CaseFile>> CaseBook::open_about(storage::Database& database, PatientId const& patient,
                                                   std::int64_t most) const {
    auto query = TRY(database.prepare(std::string(case_columns) +
                                      "WHERE closed_us = 0 AND (patient_hash = $1 OR id IN"
                                      " (SELECT case_id FROM case_speaker WHERE prover_hash = $1))"
                                      " ORDER BY bound_us DESC, id LIMIT $2"));
    query.bind(1, ByteView(patient_hash(vault_, patient))).bind(2, most);
    std::vector<CaseFile> files;
    while (TRY(query.step())) {
        auto file = TRY(read(query));
        // Somebody else may speak in it by now.
        if (file.patient == patient || file.prover == patient)
            files.push_back(std::move(file));
    }
    return files;
}

Result<CaseFile> CaseBook::find(storage::Database& database, std::string const& id) const {
    // What is no id would be an error of the database there, and no other answer than for none is due.
    if (!is_uuid_v7(id))
        return case_unknown();
    auto query = TRY(database.prepare(std::string(case_columns) + "WHERE id = $1"));
    query.bind(1, id);
    if (!TRY(query.step()))
        return case_unknown();
    return read(query);
}

Result<bool> CaseBook::is_worked_on(storage::Database& database, std::string const& id,
                                    std::int64_t since_us) const {
    auto query = TRY(database.prepare("SELECT 1 FROM case_file WHERE id = $1 AND (closed_us > 0"
                                      " OR bound_us > $2 OR verified_us > $2)"));
    query.bind(1, id).bind(2, since_us);
    return query.step();
}

Result<CaseFile> CaseBook::open_case(storage::Database& database, std::string const& id) const {
    auto file = TRY(find(database, id));
    if (file.closed_us != 0)
        return case_closed();
    return file;
}

Result<CaseFile> CaseBook::known(storage::Database& database, CaseWorker const& worker,
                                 std::string const& id) const {
    auto file = TRY(find(database, id));
    if (file.owner != worker.staff && file.opened_by != worker.staff && !worker.takes)
        return case_unknown();
    if (file.closed_us != 0)
        return case_closed();
    return file;
}

Result<CaseFile> CaseBook::own(storage::Database& database, CaseWorker const& worker,
                               std::string const& id) const {
    auto file = TRY(known(database, worker, id));
    if (file.owner != worker.staff)
        return error(ErrorKind::Conflict, "case_not_yours", "a colleague has this case now");
    return file;
}

Result<CaseFile> CaseBook::take(storage::Database& database, CaseWorker const& worker,
                                std::string const& id) const {
    auto file = TRY(known(database, worker, id));
    if (file.owner == worker.staff)
        return file;
    if (!worker.takes)
        return error(ErrorKind::Conflict, "case_not_yours", "a colleague has this case now");
    if (!file.patient.empty() &&
        TRY(OwnMembers::of(database, vault_, clock_, worker.staff)).has(file.patient))
        return own_matter();
    // Tries are the owner's: the way out for who has used theirs up is a supervisor's desk.
    auto update = TRY(database.prepare("UPDATE case_file SET owner = $2, tries = 0 WHERE id = $1"));
    TRY(update.bind(1, id).bind(2, worker.staff.text()).run());
    TRY(note_holder(database, id, worker.staff, clock_.now()));
    file.owner = worker.staff;
    file.tries = 0;
    file.verified_us = 0;
    file.verified_way.clear();
    return file;
}

Result<CaseFile> CaseBook::set_reason(storage::Database& database, CaseWorker const& worker,
                                      std::string const& id, std::string_view reason) const {
    auto file = TRY(own(database, worker, id));
    TRY(check_reason(reason));
    auto update = TRY(database.prepare("UPDATE case_file SET reason = $2 WHERE id = $1"));
    TRY(update.bind(1, id).bind(2, reason).run());
    file.reason = reason;
    return file;
}

Result<CaseFile> CaseBook::close(storage::Database& database, CaseWorker const& worker, std::string const& id,
                                 Ending const& ending) const {
    auto file = TRY(own(database, worker, id));
    if (!is_case_outcome(ending.outcome))
        return error(ErrorKind::InvalidInput, "case_outcome_unknown",
                     "a case ends resolved, handed_on, not_identified, caller_left or refused");
    TRY(check_note(ending.note));
    file.closed_us = to_micros(clock_.now());
    auto update = TRY(database.prepare("UPDATE case_file SET closed_us = $2, closed_by = $3, outcome = $4,"
                                       " note_sealed = $5 WHERE id = $1"));
    update.bind(1, id).bind(2, file.closed_us).bind(3, worker.staff.text()).bind(4, ending.outcome);
    TRY(update.bind(5, ByteView(seal_text(vault_, closing_note_place(id), ending.note))).run());
    return file;
}

Result<void> CaseBook::bind(storage::Database& database, CaseFile& file, PatientId const& patient) const {
    auto update = TRY(database.prepare("UPDATE case_file SET patient_hash = $2, patient_sealed = $3,"
                                       " bound_us = $4 WHERE id = $1 AND patient_hash IS NULL"));
    auto const hash = patient_hash(vault_, patient);
    auto const sealed = seal_text(vault_, patient_place(file.id), patient.text());
    file.bound_us = to_micros(clock_.now());
    update.bind(1, file.id).bind(2, ByteView(hash)).bind(3, ByteView(sealed));
    TRY(update.bind(4, file.bound_us).run());
    file.patient = patient;
    file.prover = patient;
    return ok();
}

Result<void> CaseBook::set_speaker(storage::Database& database, CaseFile& file,
                                   Speaking const& speaking) const {
    auto const sealed = seal_text(vault_, prover_place(file.id, speaking.authority), speaking.prover.text());
    TRY(note_speaker(database, file.id,
                     {speaking.authority, patient_hash(vault_, speaking.prover), sealed, clock_.now()}));
    auto update = TRY(database.prepare(
        "UPDATE case_file SET verified_us = 0, verified_staff = '', verified_way = '' WHERE id = $1"));
    TRY(update.bind(1, file.id).run());
    file.authority = speaking.authority;
    file.prover = speaking.prover;
    file.verified_us = 0;
    file.verified_way.clear();
    return ok();
}

Result<void> CaseBook::set_verified(storage::Database& database, CaseFile const& file,
                                    std::string_view way) const {
    bool const weaker = way == "mail_code" && file.verified_us != 0 && !file.is_verified_weakly();
    if (weaker)
        return ok();
    auto update = TRY(database.prepare("UPDATE case_file SET verified_us = $2, verified_staff = $3,"
                                       " verified_way = $4 WHERE id = $1"));
    update.bind(1, file.id).bind(2, to_micros(clock_.now())).bind(3, file.owner.text());
    TRY(update.bind(4, way).run());
    return note_proof(database, file.id, {file.owner, way, clock_.now()});
}

Error case_unknown() {
    return error(ErrorKind::NotFound, "case_unknown", "you have no such case");
}

} // namespace portico::central
