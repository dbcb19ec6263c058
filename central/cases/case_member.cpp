#include "central/cases/case_member.h"

#include "central/cases/case_of_call.h"
#include "central/cases/own_members.h"
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

Result<void> check_scope(Call const& call, CaseMemberRecord const& about,
                         std::optional<AuthorityScope> scope) {
    if (about.is_member_speaking())
        return ok();
    return check_authority(about.speaker, scope, plan_now(call).day);
}

Result<CaseMemberRecord> verified(Call& call, storage::Database& database, std::string const& id,
                                  std::optional<AuthorityScope> scope) {
    auto about = TRY(opened_member_of_case(call, database, id));
    // Before the proof: an authority that is over makes proving pointless.
    TRY(check_scope(call, about, scope));
    if (about.file.verified_us == 0)
        return error(ErrorKind::Refused, "verification_needed",
                     "verify the caller first: facts find a member and prove nothing");
    return about;
}

Result<CaseMemberRecord> surely_verified(Call& call, storage::Database& database, std::string const& id,
                                         std::optional<AuthorityScope> scope) {
    auto about = TRY(verified(call, database, id, scope));
    if (about.file.is_verified_weakly())
        return error(ErrorKind::Refused, "verification_stronger_needed",
                     "a mailed code is not enough for this: verify the caller by text or in their session");
    return about;
}

} // namespace

Result<std::optional<Speaker>> speaker_of_case(Call const& call, storage::Database& database,
                                               CaseFile const& file) {
    if (file.authority.empty())
        return std::optional<Speaker>();
    auto const& services = call.services;
    return speaker_for(database, services.vault, services.clock, file.patient, file.authority,
                       plan_now(call));
}

Result<void> check_speaker(Call const& call, CaseMemberRecord const& about) {
    return about.is_member_speaking() ? Result<void>(ok())
                                      : check_in_force(about.speaker, plan_now(call).day);
}

Result<CaseMemberRecord> member_of_case(Call& call, storage::Database& database, std::string const& id) {
    auto const& vault = call.services.vault;
    auto file = TRY(readable(call, database, id));
    audit_case(call, file);
    auto const own = TRY(OwnMembers::of(database, vault, call.services.clock, file.owner));
    if (own.has(file.patient) || own.has(file.prover))
        return own_matter();
    auto record = TRY(read_member(database, vault, plan_key(vault, "member", file.patient.text())));
    if (!record)
        return case_unknown();
    auto speaker = TRY(speaker_of_case(call, database, file));
    return CaseMemberRecord{std::move(file), std::move(*record), std::move(speaker)};
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
    return verified(call, database, id, std::nullopt);
}

Result<CaseMemberRecord> verified_member_of_case(Call& call, storage::Database& database,
                                                 std::string const& id, AuthorityScope scope) {
    return verified(call, database, id, scope);
}

Result<CaseMemberRecord> surely_verified_member_of_case(Call& call, storage::Database& database,
                                                        std::string const& id) {
    return surely_verified(call, database, id, std::nullopt);
}

Result<CaseMemberRecord> surely_verified_member_of_case(Call& call, storage::Database& database,
                                                        std::string const& id, AuthorityScope scope) {
    return surely_verified(call, database, id, scope);
}

} // namespace portico::central
