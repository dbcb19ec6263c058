#pragma once

#include "central/cases/case_book.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::central {

struct CaseNoteRow {
    std::string id; ///< empty: the note with which the case was closed
    StaffId staff;
    std::int64_t at_us = 0;
    std::string text;
};

/// A closed case, with all that was noted of it.
struct PastCase {
    std::string id;
    std::string reason;
    std::string channel;
    std::int64_t opened_us = 0;
    std::string outcome;
    std::vector<CaseNoteRow> notes; ///< the closing one last, if there was any text
};

/// What is noted of cases: sealed, added to and never changed. Writes run inside the caller's write
/// transaction. Errors beside those named: those of the store.
class CaseNotes {
public:
    static constexpr std::int64_t notes_max = 50;
    static constexpr int past_cases_max = 20;

    CaseNotes(Vault const& vault, Clock const& clock) : vault_(vault), clock_(clock) {}

    /// Errors: InvalidInput "note_id_invalid", "note_empty", "note_long", "note_invalid".
    static Result<void> check(std::string const& id, std::string_view text);
    /// True when it stands already, in the same words. Errors: Conflict "note_id_reused".
    Result<bool> is_added(storage::Database& database, StaffId const& staff, std::string const& case_id,
                          CaseNoteRow const& note) const;
    /// Errors: TooMany "notes_many".
    Result<void> add(storage::Database& database, std::string const& case_id, CaseNoteRow const& note) const;
    /// The oldest first.
    Result<std::vector<CaseNoteRow>> of_case(storage::Database& database, std::string const& case_id) const;
    /// Closed ones about a member, the newest first.
    Result<std::vector<PastCase>> past_of(storage::Database& database, PatientId const& patient) const;

private:
    Result<std::vector<PastCase>> closed_of(storage::Database& database, PatientId const& patient) const;

    Vault const& vault_;
    Clock const& clock_;
};

/// Where the note with which a case is closed is sealed.
std::string closing_note_place(std::string_view case_id);

} // namespace portico::central
