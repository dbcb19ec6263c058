#pragma once

#include "central/store/vault.h"
#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/domain/authority.h"
#include "shared/domain/member.h"
#include "shared/storage/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::central {

/// An authority on file: a form, a deed or a court's paper that the plan's back office has looked at.
struct AuthorityRecord {
    std::string id; ///< UUIDv7
    PatientId patient;
    Authority terms;          ///< without what has ended it
    std::string document;     ///< where the paper is found: the plan's own reference
    PatientId representative; ///< who speaks, when they are a member too; else the next three say who
    PersonName name;
    Date birth_date;
    std::string phone; ///< the one number by which they show who they are; empty: none
    std::int64_t entered_us = 0;
    std::int64_t ended_us = 0; ///< 0: not taken back
    /// The terms as they stood at a moment, taken back by then or not.
    Authority at(UtcTime when) const;
};

/// The rows of authorities on file: entered and ended, never changed otherwise. A new number is a new
/// authority, whose number counts as changed lately. Writes run inside the caller's write transaction. Errors
/// beside those named: those of the store; Corrupt for a row that somebody has moved or altered.
class AuthorityBook {
public:
    static constexpr std::int64_t of_member_max = 20;
    static constexpr std::size_t document_characters_max = 100;

    AuthorityBook(Vault const& vault, Clock const& clock) : vault_(vault), clock_(clock) {}

    /// The new one's id; `id`, `entered_us` and `ended_us` of what is given do not matter. Errors:
    /// InvalidInput "authority_kind_invalid" (a parent's is told by the plan's data),
    /// "authority_scopes_missing", "authority_period_invalid", "authority_document_invalid",
    /// "representative_invalid" (neither a member nor a person with name and birth date, or both; a number
    /// that nobody may be called at), "member_not_found"; Refused "not_for_oneself"; TooMany
    /// "authorities_many".
    Result<std::string> add(storage::Database& database, AuthorityRecord record) const;
    /// From now on. Ending one again changes nothing. Errors: NotFound "authority_unknown".
    Result<AuthorityRecord> end(storage::Database& database, std::string const& id) const;
    /// All for a member, the oldest first.
    Result<std::vector<AuthorityRecord>> of_member(storage::Database& database,
                                                   PatientId const& patient) const;

private:
    Result<std::optional<AuthorityRecord>> find(storage::Database& database, std::string const& id) const;
    Result<void> check(storage::Database& database, AuthorityRecord const& record) const;

    Vault const& vault_;
    Clock const& clock_;
};

} // namespace portico::central
