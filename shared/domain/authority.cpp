#include "shared/domain/authority.h"

#include <algorithm>

namespace portico {

char const* name(AuthorityKind kind) {
    static constexpr std::array<char const*, authority_kinds.size()> names{
        "parent_of_minor", "authorized_representative", "power_of_attorney", "legal_guardian"};
    return names.at(static_cast<std::size_t>(kind));
}

std::optional<AuthorityKind> authority_kind(std::string_view word) {
    auto const found = std::find_if(authority_kinds.begin(), authority_kinds.end(),
                                    [&](AuthorityKind kind) { return word == name(kind); });
    return found == authority_kinds.end() ? std::nullopt : std::optional(*found);
}

char const* name(AuthorityScope scope) {
    static constexpr std::array<char const*, authority_scopes.size()> names{
        "claims", "contact", "cards", "disputes_and_messages", "account"};
    return names.at(static_cast<std::size_t>(scope));
}

std::optional<AuthorityScope> authority_scope(std::string_view word) {
    auto const found = std::find_if(authority_scopes.begin(), authority_scopes.end(),
                                    [&](AuthorityScope scope) { return word == name(scope); });
    return found == authority_scopes.end() ? std::nullopt : std::optional(*found);
}

bool Authority::covers(AuthorityScope scope) const {
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

std::string_view authority_hindrance(Authority const& authority, Date day) {
    if (authority.revoked)
        return "revoked";
    if (!authority.period.start.is_empty() && day < authority.period.start)
        return "not_yet";
    if (!authority.period.end.is_empty() && authority.period.end < day)
        return "ended";
    if (authority.kind != AuthorityKind::ParentOfMinor)
        return "";
    // A day that is missing counts as the first of its month, and so ends it early rather than late.
    auto const& birth = authority.member_birth;
    return birth.is_empty() || day < birth || age_on(birth, day) >= age_of_majority ? "of_age" : "";
}

Authority authority_of_parent(Date child_birth) {
    Authority parent;
    parent.kind = AuthorityKind::ParentOfMinor;
    parent.scopes = {AuthorityScope::Claims, AuthorityScope::Contact, AuthorityScope::Cards,
                     AuthorityScope::DisputesAndMessages};
    parent.member_birth = child_birth;
    return parent;
}

std::optional<AuthorityScope> scope_of(OperationKind kind) {
    switch (kind) {
    case OperationKind::ChangeContactDetails:
    case OperationKind::WithdrawRequest: // of a change that waits
        return AuthorityScope::Contact;
    case OperationKind::RequestMailedCard:
        return AuthorityScope::Cards;
    case OperationKind::DisputeFinding:
        return AuthorityScope::DisputesAndMessages;
    case OperationKind::RequestMailedEob:
        return AuthorityScope::Claims;
    case OperationKind::ReportDirectoryError:
    case OperationKind::CardIssued:
    case OperationKind::WriteToMember:
    case OperationKind::PromiseCallBack:
        break;
    }
    return std::nullopt;
}

} // namespace portico
