#include "central/cases/work_cases.h"

namespace portico::central {

std::optional<WorkAbout> about_of(QueueEntry const& entry) {
    auto const* matter = find_work_matter(entry.kind);
    if (matter == nullptr)
        return std::nullopt;
    // A FHIR id has no blanks.
    auto const end = entry.detail.find_first_of(" \n");
    auto const rest = end == std::string::npos ? std::string() : entry.detail.substr(end + 1);
    WorkAbout about{matter, PatientId(entry.detail.substr(0, end)), "", ""};
    if (about.patient.empty())
        return std::nullopt;
    (matter->names_eob ? about.eob : about.words) = rest;
    return about;
}

Result<std::string> WorkCases::entry_of(storage::Database& database, std::string const& case_id) {
    auto query = TRY(database.prepare("SELECT entry FROM case_work WHERE case_id = $1"));
    query.bind(1, case_id);
    return TRY(query.step()) ? query.text(0) : std::string();
}

Result<std::string> WorkCases::open_of(storage::Database& database, StaffId const& staff,
                                       std::string const& entry) {
    auto query = TRY(
        database.prepare("SELECT case_id FROM case_work JOIN case_file ON case_file.id = case_work.case_id"
                         " WHERE entry = $1 AND owner = $2 AND closed_us = 0 ORDER BY case_id LIMIT 1"));
    query.bind(1, entry).bind(2, staff.text());
    return TRY(query.step()) ? query.text(0) : std::string();
}

Result<void> WorkCases::add(storage::Database& database, std::string const& case_id,
                            std::string const& entry) {
    auto insert = TRY(database.prepare("INSERT INTO case_work (case_id, entry) VALUES ($1, $2)"));
    return insert.bind(1, case_id).bind(2, entry).run();
}

} // namespace portico::central
