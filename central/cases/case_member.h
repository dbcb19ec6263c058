#pragma once

#include "central/authority/speakers.h"
#include "central/cases/case_book.h"
#include "central/http/call.h"
#include "central/plan/member_overview.h"
#include "central/plan/plan_records.h"

namespace portico::central {

/// Whom a case is about, as imported, and who speaks in it.
struct CaseMemberRecord {
    CaseFile file;
    MemberRecord record;
    std::optional<Speaker> speaker = {}; ///< who speaks for them; empty: the member, or who no longer may
    bool is_member_speaking() const { return file.authority.empty(); }
    /// Sensitive services are told to the member, and to who was given that by name.
    bool may_hear_sensitive() const {
        return is_member_speaking() || (speaker && speaker->authority.tells_sensitive);
    }
};

/// By an open case of the caller's own that is about somebody. Sets what the audit says of it. Errors:
/// NotFound "case_unknown"; Refused "own_matter" (also of who speaks, and of family).
Result<CaseMemberRecord> member_of_case(Call& call, storage::Database& database, std::string const& id);
/// As before. Errors: as before; Refused "break_glass_needed".
Result<CaseMemberRecord> opened_member_of_case(Call& call, storage::Database& database,
                                               std::string const& id);

/// As before, of a caller who has shown to be the member: nobody who speaks for one. Errors: as before;
/// Refused "verification_needed", "authority_scope".
Result<CaseMemberRecord> verified_member_of_case(Call& call, storage::Database& database,
                                                 std::string const& id);
/// As before, or to be one who may speak for the member about this, now. Errors: as before; those of
/// check_authority.
Result<CaseMemberRecord> verified_member_of_case(Call& call, storage::Database& database,
                                                 std::string const& id, AuthorityScope scope);
/// As the two before, by a proof that is not the weaker one. Errors: as before; Refused
/// "verification_stronger_needed".
Result<CaseMemberRecord> surely_verified_member_of_case(Call& call, storage::Database& database,
                                                        std::string const& id);
Result<CaseMemberRecord> surely_verified_member_of_case(Call& call, storage::Database& database,
                                                        std::string const& id, AuthorityScope scope);
/// Who speaks for the member of a case, as it stands now; nothing when it is the member, or nobody any more.
Result<std::optional<Speaker>> speaker_of_case(Call const& call, storage::Database& database,
                                               CaseFile const& file);
/// How much of the member's claims whoever speaks may hear.
inline Telling telling_of(CaseMemberRecord const& about) {
    return about.may_hear_sensitive() ? Telling::All : Telling::WithoutSensitive;
}
/// Whoever speaks in a case may speak now, in whatever. Errors: those of check_in_force.
Result<void> check_speaker(Call const& call, CaseMemberRecord const& about);

} // namespace portico::central
