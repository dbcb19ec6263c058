#pragma once

#include "shared/domain/date.h"
#include "shared/domain/operation.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Who may speak for a member, and in what. Source: 45 CFR 164.502(g) (personal representatives), 164.514(h)
/// (identity and authority are verified, both), M.G.L. c. 176O s. 27 (sensitive services).
namespace portico {

enum class AuthorityKind : std::uint8_t {
    ParentOfMinor, ///< the subscriber or their spouse; told by the plan's own data, never entered
    AuthorizedRepresentative,
    PowerOfAttorney,
    LegalGuardian,
};
inline constexpr std::array authority_kinds{AuthorityKind::ParentOfMinor,
                                            AuthorityKind::AuthorizedRepresentative,
                                            AuthorityKind::PowerOfAttorney, AuthorityKind::LegalGuardian};

/// What somebody may ask and be told of in a member's place. What is in none of them, nobody asks for
/// another.
enum class AuthorityScope : std::uint8_t {
    Claims,              ///< claims, EOBs and copies of them
    Contact,             ///< what is on file to reach the member by, and changes of it
    Cards,               ///< ID cards by mail
    DisputesAndMessages, ///< answers to findings, what was asked for and said before
    Account,             ///< the member's sign-in: an unlock, always with a second person's yes
};
inline constexpr std::array authority_scopes{AuthorityScope::Claims, AuthorityScope::Contact,
                                             AuthorityScope::Cards, AuthorityScope::DisputesAndMessages,
                                             AuthorityScope::Account};

/// "parent_of_minor".
char const* name(AuthorityKind kind);
std::optional<AuthorityKind> authority_kind(std::string_view word);
/// "disputes_and_messages".
char const* name(AuthorityScope scope);
std::optional<AuthorityScope> authority_scope(std::string_view word);

/// M.G.L. c. 231 s. 85P.
inline constexpr int age_of_majority = 18;

/// What an authority says, but for whose it is.
struct Authority {
    AuthorityKind kind = AuthorityKind::AuthorizedRepresentative;
    std::vector<AuthorityScope> scopes;
    /// The form says that sensitive services may be told; of a parent never.
    bool tells_sensitive = false;
    Period period;        ///< days, both ends included; an empty end is open
    bool revoked = false; ///< until then
    Date member_birth;    ///< of a parent's child
    bool covers(AuthorityScope scope) const;
};

/// What keeps it from being in force on a day: "revoked", "not_yet", "ended", "of_age" (the child is grown
/// up, or their birth date is not known to the day); empty: nothing.
std::string_view authority_hindrance(Authority const& authority, Date day);

/// What a parent may: all but what is about the child's own sign-in.
Authority authority_of_parent(Date child_birth);

/// In what somebody must have authority to ask for an operation in a member's place; nothing: it is not asked
/// so.
std::optional<AuthorityScope> scope_of(OperationKind kind);

} // namespace portico
