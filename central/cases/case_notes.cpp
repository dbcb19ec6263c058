#include "central/cases/case_notes.h"

#include "central/auth/accounts.h"
#include "central/operations/rule.h"
#include "shared/base/uuid.h"
#include "shared/domain/plain_text.h"

namespace portico::central {

namespace {

std::string note_place(std::string const& id) {
    return "case_note " + id;
}

} // namespace

std::string closing_note_place(std::string_view case_id) {
    return "case_file.note " + std::string(case_id);
}

Result<void> CaseNotes::check(std::string const& id, std::string_view text) {
    if (!is_uuid_v7(id))
        return error(ErrorKind::InvalidInput, "note_id_invalid", "a note's id is a UUIDv7");
    if (!are_plain_lines(text))
        return error(ErrorKind::InvalidInput, "note_invalid",
                     "the note has control characters in it: take them out");
    if (is_blank(text))
        return error(ErrorKind::InvalidInput, "note_empty", "a note says something");
    if (character_count(text) > CaseBook::note_characters_max)
        return error(ErrorKind::InvalidInput, "note_long",
                     "a note has at most " + std::to_string(CaseBook::note_characters_max) +
                         " characters, and this one " + std::to_string(character_count(text)) +
                         ": shorten it");
    return ok();
}

Result<bool> CaseNotes::is_added(storage::Database& database, StaffId const& staff,
                                 std::string const& case_id, CaseNoteRow const& note) const {
    auto query = TRY(database.prepare("SELECT case_id, staff, text_sealed FROM case_note WHERE id = $1"));
    query.bind(1, note.id);
    if (!TRY(query.step()))
        return false;
    bool const same = query.text(0) == case_id && query.text(1) == staff.text() &&
                      TRY(open_text(vault_, note_place(note.id), query.blob(2))) == note.text;
    if (!same)
        return error(ErrorKind::Conflict, "note_id_reused", "another note has this id");
    return true;
}

Result<void> CaseNotes::add(storage::Database& database, std::string const& case_id,
                            CaseNoteRow const& note) const {
    auto count = TRY(database.prepare("SELECT count(*) FROM case_note WHERE case_id = $1"));
    count.bind(1, case_id);
    TRY(count.step());
    if (count.integer(0) >= notes_max)
        return error(ErrorKind::TooMany, "notes_many",
                     "this case has " + std::to_string(notes_max) + " notes: that is enough");
    count.reset();
    auto insert = TRY(database.prepare(
        "INSERT INTO case_note (id, case_id, staff, at_us, text_sealed) VALUES ($1, $2, $3, $4, $5)"));
    insert.bind(1, note.id).bind(2, case_id).bind(3, note.staff.text()).bind(4, to_micros(clock_.now()));
    return insert.bind(5, ByteView(seal_text(vault_, note_place(note.id), note.text))).run();
}

Result<std::vector<CaseNoteRow>> CaseNotes::of_case(storage::Database& database,
                                                    std::string const& case_id) const {
    auto query = TRY(database.prepare("SELECT id, staff, at_us, text_sealed FROM case_note"
                                      " WHERE case_id = $1 ORDER BY at_us, id"));
    query.bind(1, case_id);
    std::vector<CaseNoteRow> notes;
    while (TRY(query.step())) {
        auto text = TRY(open_text(vault_, note_place(query.text(0)), query.blob(3)));
        notes.push_back({query.text(0), StaffId(query.text(1)), query.integer(2), std::move(text)});
    }
    return notes;
}

Result<std::vector<PastCase>> CaseNotes::closed_of(storage::Database& database,
                                                   PatientId const& patient) const {
    auto query = TRY(database.prepare(
        "SELECT id, reason, channel, opened_us, outcome, closed_us, closed_by, note_sealed FROM case_file"
        " WHERE patient_hash = $1 AND closed_us <> 0 ORDER BY closed_us DESC, id DESC LIMIT $2"));
    query.bind(1, ByteView(patient_hash(vault_, patient))).bind(2, std::int64_t{past_cases_max});
    std::vector<PastCase> cases;
    while (TRY(query.step())) {
        PastCase past{query.text(0), query.text(1), query.text(2), query.integer(3), query.text(4), {}};
        if (!query.is_null(7)) {
            auto text = TRY(open_text(vault_, closing_note_place(past.id), query.blob(7)));
            if (!is_blank(text))
                past.notes.push_back({"", StaffId(query.text(6)), query.integer(5), std::move(text)});
        }
        cases.push_back(std::move(past));
    }
    return cases;
}

Result<std::vector<PastCase>> CaseNotes::past_of(storage::Database& database,
                                                 PatientId const& patient) const {
    auto cases = TRY(closed_of(database, patient));
    for (auto& past : cases) {
        auto notes = TRY(of_case(database, past.id));
        for (auto& closing : past.notes)
            notes.push_back(std::move(closing));
        past.notes = std::move(notes);
    }
    return cases;
}

} // namespace portico::central
