#pragma once

#include "central/authority/authority_book.h"
#include "central/plan/plan_moment.h"
#include "central/plan/plan_records.h"

#include <optional>
#include <string>
#include <vector>

namespace portico::central {

/// Somebody who may speak for a member, or could have once.
struct Speaker {
    std::string id; ///< of the authority on file; of a parent one that central works out
    Authority authority;
    PatientId representative; ///< empty: no member
    PersonName name;
    std::string phone; ///< of who is no member
    UtcTime entered;   ///< since when the number is on file

    /// Whose proofs count: the representative's own. Of who is no member a name that no patient has.
    PatientId prover() const;
};
/// The name by which proofs of who is no member count.
PatientId not_a_member(std::string const& authority);

/// Everybody at a moment, whose day is the plan's: what is on file, also what is not in force then, and the
/// parents of a minor: the subscriber whose child the member is by a coverage in force, and the spouse under
/// that subscriber, both of age. A record of a child that the plan has restricted names no parents: an
/// authority must be on file. Who subscribes for an adult is nobody here.
Result<std::vector<Speaker>> speakers_for(storage::Database& database, Vault const& vault, Clock const& clock,
                                          PatientId const& member, PlanMoment const& when);
/// The one of this id, in force or not; nothing for an id that is none for this member.
Result<std::optional<Speaker>> speaker_for(storage::Database& database, Vault const& vault,
                                           Clock const& clock, PatientId const& member, std::string const& id,
                                           PlanMoment const& when);

/// Refused "no_authority": nobody is there who could speak so; says what may be done instead.
Error no_authority();
/// Whether somebody could speak on the day of the moment for which they were read. Errors: "no_authority" for
/// nobody; Refused "authority_ended", "authority_not_yet", "authority_revoked", "authority_of_age".
Result<void> check_in_force(std::optional<Speaker> const& speaker, Date day);
/// And about that. Errors: as before; Refused "authority_scope".
Result<void> check_authority(std::optional<Speaker> const& speaker, std::optional<AuthorityScope> scope,
                             Date day);

} // namespace portico::central
