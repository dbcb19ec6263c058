#include "shared/domain/authority.h"
#include "tests/support/catch.h"

using namespace portico;

namespace {

Date day(char const* text) {
    return Date::parse(text).value();
}

Authority form(char const* from, char const* until) {
    Authority made;
    made.scopes = {AuthorityScope::Claims};
    if (*from != '\0')
        made.period.start = day(from);
    if (*until != '\0')
        made.period.end = day(until);
    return made;
}

} // namespace

TEST_CASE("authority: it is in force from its first day to its last, both included") {
    auto const made = form("2026-03-10", "2026-03-12");
    CHECK(authority_hindrance(made, day("2026-03-09")) == "not_yet");
    CHECK(authority_hindrance(made, day("2026-03-10")).empty());
    CHECK(authority_hindrance(made, day("2026-03-12")).empty());
    CHECK(authority_hindrance(made, day("2026-03-13")) == "ended");
    CHECK(authority_hindrance(form("", ""), day("2026-03-13")).empty());
    CHECK(authority_hindrance(form("2026-03-14", ""), day("2026-03-13")) == "not_yet");
    CHECK(authority_hindrance(form("", "2026-03-12"), day("2026-03-13")) == "ended");
}

TEST_CASE("authority: one that was taken back is over, whatever its days") {
    auto made = form("2026-03-10", "2026-03-12");
    made.revoked = true;
    CHECK(authority_hindrance(made, day("2026-03-11")) == "revoked");
    CHECK(authority_hindrance(made, day("2026-03-01")) == "revoked");
}

TEST_CASE("authority: a parent speaks until the day before the eighteenth birthday") {
    auto const parent = authority_of_parent(day("2008-03-12"));
    CHECK(authority_hindrance(parent, day("2026-03-11")).empty());
    CHECK(authority_hindrance(parent, day("2026-03-12")) == "of_age");
    // A leap day's child is of age on the first of March, and not before.
    auto const leap = authority_of_parent(day("2008-02-29"));
    CHECK(authority_hindrance(leap, day("2026-02-28")).empty());
    CHECK(authority_hindrance(leap, day("2026-03-01")) == "of_age");
}

TEST_CASE("authority: of a birth date that is not known to the day a parent's ends early, never late") {
    CHECK(authority_hindrance(authority_of_parent(day("2008-03")), day("2026-03-01")) == "of_age");
    CHECK(authority_hindrance(authority_of_parent(day("2008")), day("2026-01-01")) == "of_age");
    CHECK(authority_hindrance(authority_of_parent(Date()), day("2026-01-01")) == "of_age");
    CHECK(authority_hindrance(authority_of_parent(day("2030-01-01")), day("2026-01-01")) == "of_age");
}

TEST_CASE("authority: a parent is told nothing sensitive and does not touch the child's sign-in") {
    auto const parent = authority_of_parent(day("2015-03-12"));
    CHECK_FALSE(parent.tells_sensitive);
    CHECK(parent.covers(AuthorityScope::Claims));
    CHECK(parent.covers(AuthorityScope::Contact));
    CHECK(parent.covers(AuthorityScope::Cards));
    CHECK(parent.covers(AuthorityScope::DisputesAndMessages));
    CHECK_FALSE(parent.covers(AuthorityScope::Account));
}

TEST_CASE(
    "authority: each operation that needs a proof needs one scope, and what a terminal tells needs none") {
    CHECK(scope_of(OperationKind::ChangeContactDetails) == AuthorityScope::Contact);
    CHECK(scope_of(OperationKind::WithdrawRequest) == AuthorityScope::Contact);
    CHECK(scope_of(OperationKind::RequestMailedCard) == AuthorityScope::Cards);
    CHECK(scope_of(OperationKind::DisputeFinding) == AuthorityScope::DisputesAndMessages);
    CHECK(scope_of(OperationKind::RequestMailedEob) == AuthorityScope::Claims);
    for (auto const kind : {OperationKind::ReportDirectoryError, OperationKind::CardIssued,
                            OperationKind::WriteToMember, OperationKind::PromiseCallBack})
        CHECK_FALSE(scope_of(kind));
}

TEST_CASE("authority: kinds and scopes have one word each, which is read back") {
    for (auto const kind : authority_kinds)
        CHECK(authority_kind(name(kind)) == kind);
    for (auto const scope : authority_scopes)
        CHECK(authority_scope(name(scope)) == scope);
    CHECK_FALSE(authority_kind("neighbour"));
    CHECK_FALSE(authority_scope("everything"));
}
