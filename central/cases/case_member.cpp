#include "central/cases/case_member.h"

#include "central/cases/case_of_call.h"
#include "central/cases/protected_record.h"
#include "central/plan/personal_reads.h"
#include "central/services.h"

namespace portico::central {

namespace {

/// Closed, handed on, or about nobody: there is nothing to read through it, and no word about it.
Result<CaseFile> readable(Call const& call, storage::Database& database, std::string const& id) {
    auto file = case_book(call).own(database, case_worker(call), id);
    bool const known = file.has_error() && file.error().kind == ErrorKind::Conflict;
    if (known || (file.has_value() && file.value().patient.empty()))
        return case_unknown();
    return file;
}

} // namespace

Result<CaseMemberRecord> member_of_case(Call& call, storage::Database& database, std::string const& id) {
    auto const& vault = call.services.vault;
    auto file = TRY(readable(call, database, id));
    audit_case(call, file);
    if (file.patient == TRY(own_patient_of(database, vault, call.services.clock, file.owner)))
        return own_matter();
    auto record = TRY(read_member(database, vault, plan_key(vault, "member", file.patient.text())));
    if (!record)
        return case_unknown();
    return CaseMemberRecord{std::move(file), std::move(*record)};
}

Result<CaseMemberRecord> opened_member_of_case(Call& call, storage::Database& database,
                                               std::string const& id) {
    auto about = TRY(member_of_case(call, database, id));
    if (TRY(is_protected(database, about.record)) && !TRY(glass_is_broken(database, about.file)))
        return error(ErrorKind::Refused, "break_glass_needed",
                     "this record is protected: say why it must be opened; the privacy officer will read it");
    return about;
}

Result<CaseMemberRecord> verified_member_of_case(Call& call, storage::Database& database,
                                                 std::string const& id) {
    auto about = TRY(opened_member_of_case(call, database, id));
    if (about.file.verified_us == 0)
        return error(ErrorKind::Refused, "verification_needed",
                     "verify the caller first: facts find a member and prove nothing");
    return about;
}

Result<CaseMemberRecord> surely_verified_member_of_case(Call& call, storage::Database& database,
                                                        std::string const& id) {
    auto about = TRY(verified_member_of_case(call, database, id));
    if (about.file.is_verified_weakly())
        return error(ErrorKind::Refused, "verification_stronger_needed",
                     "a mailed code is not enough for this: verify the caller by text or in their session");
    return about;
}

} // namespace portico::central
