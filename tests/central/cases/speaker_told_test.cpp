#include "central/plan/member_calls.h"
#include "tests/central/cases/speaker_bench.h"
#include "tests/support/eventually.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

/// Kim has a visit, one that is sensitive, and a visit whose correction the payer has marked as sensitive.
struct KimsClaims : FamilyBench {
    KimsClaims() {
        claim("kim", "visit");
        claim("kim", "secret", true);
        claim("kim", "first");
        claim("kim", "corrected", true, "first");
    }
};

struct Page {
    std::vector<std::string> ids;
    int total = 0;
};
Page page_of(SpokenCall& call) {
    auto const page = must(call.rep.ask<&case_claims>("case_claims_read", {call.id, "", 50}));
    Page found{{}, page.total_count};
    for (auto const& each : page.claims)
        found.ids.push_back(each.id.text());
    CHECK(page.look_again_count + page.in_progress_count + page.done_count <= page.total_count);
    return found;
}

} // namespace

TEST_CASE("sensitive services: a parent is told of none, in no list, no count and no detail") {
    KimsClaims bench;
    SpokenCall call(bench, "kim");
    call.proven_by("text_code");
    CHECK(page_of(call).total == 4); // Kim
    CHECK(call.eob_reason("secret").empty());
    REQUIRE(call.choose(call.parent("A. S.")).empty());
    call.proven_by("own_session");
    auto const page = page_of(call);
    CHECK(page.ids == std::vector<std::string>{"visit"});
    CHECK(page.total == 1);
    CHECK(call.eob_reason("visit").empty());
    // As one that is not there; so are all versions of it.
    CHECK(call.eob_reason("secret") == "eob_not_found");
    CHECK(call.eob_reason("corrected") == "eob_not_found");
    CHECK(call.eob_reason("first") == "eob_not_found");
    CHECK(call.eob_reason("none") == "eob_not_found");
    // What is kept for the member's own reads is not what a parent is given, nor the other way round.
    REQUIRE(call.choose("member").empty());
    call.proven_by("text_code");
    CHECK(page_of(call).total == 4);
    CHECK(call.eob_reason("secret").empty());
}

TEST_CASE("claims ahead: made while the caller proves who they are, and as much as who speaks may hear") {
    KimsClaims bench;
    SpokenCall call(bench, "kim");
    auto const shows_ways = [&] {
        return must(call.rep.ask<&verify_ways>("case_ways_read", {call.id})).ways.size();
    };
    CHECK(bench.plan->overviews_made() == 0);
    CHECK(shows_ways() == 5);
    CHECK(eventually([&] { return bench.plan->overviews_made() == 1; }));
    call.proven_by("text_code");
    CHECK(page_of(call).total == 4);
    CHECK(bench.plan->overviews_made() == 1);
    REQUIRE(call.choose(call.parent("A. S.")).empty());
    CHECK(shows_ways() == 5);
    CHECK(eventually([&] { return bench.plan->overviews_made() == 2; }));
    call.proven_by("text_code");
    CHECK(page_of(call).total == 1);
    CHECK(bench.plan->overviews_made() == 2);
}

TEST_CASE("claims ahead: of a protected record not before the glass is broken, and of nobody else's case") {
    KimsClaims bench;
    MemberRecord protected_kim;
    protected_kim.member = FamilyBench::person("kim", "2009-01-16", "617-555-0133");
    protected_kim.member_ids = {protected_kim.member.member_id};
    protected_kim.restricted = true;
    bench.keep(protected_kim, 2);
    SpokenCall call(bench, "kim");
    CHECK(call.rep.reason_of<&verify_ways>("case_ways_read", {call.id}) == "break_glass_needed");
    CaseDesk other(bench, "Casey Rep", {StaffRole::PhoneRep});
    CHECK(other.reason_of<&verify_ways>("case_ways_read", {call.id}) == "case_unknown");
    // What comes after them is made after them.
    bench.plan->prepare(PatientId("alex"), Telling::All);
    CHECK(eventually([&] { return bench.plan->overviews_made() != 0; }));
    CHECK(must(bench.plan->overview(PatientId("alex")))->claims.empty());
    CHECK(bench.plan->overviews_made() == 1);
}

TEST_CASE("sensitive services: a correction that keeps the claim's number and says nothing else is a version "
          "of it") {
    KimsClaims bench;
    bench.claim("kim", "kept", true, "", "CLM-7");
    bench.claim("kim", "again", false, "", "CLM-7");
    bench.claim("kim", "once-more", false, "again", "CLM-8");
    SpokenCall call(bench, "kim");
    REQUIRE(call.choose(call.parent("A. S.")).empty());
    call.proven_by("own_session");
    CHECK(page_of(call).ids == std::vector<std::string>{"visit"});
    CHECK(call.eob_reason("again") == "eob_not_found");
    CHECK(call.eob_reason("once-more") == "eob_not_found");
}

TEST_CASE(
    "sensitive services: what the member answered of a finding is told where the finding is, and not else") {
    KimsClaims bench;
    bench.claim_twice("kim", "twice");
    PlanDataHooks hooks;
    hooks.answered_findings = [](PatientId const&, EobId const&) {
        return Result<std::vector<std::string>>(
            std::vector<std::string>{"deductible_over_maximum", "duplicate_line"});
    };
    bench.plan->set_hooks(std::move(hooks));
    SpokenCall call(bench, "kim");
    auto const answered = [&] {
        auto const read = must(call.rep.ask<&case_eob>("case_eob_read", {call.id, "twice"}));
        return must(api::from_json<api::EobDetail>(read.json, api::UnknownFields::Refuse)).answered_findings;
    };
    call.proven_by("text_code");
    CHECK(answered() == std::vector<std::string>{"deductible_over_maximum", "duplicate_line"});
    REQUIRE(call.choose(call.parent("A. S.")).empty());
    call.proven_by("text_code");
    CHECK(answered() == std::vector<std::string>{"duplicate_line"});
}

TEST_CASE("sensitive services: a form tells them when it says so, and not because it covers claims") {
    KimsClaims bench;
    auto form =
        FamilyBench::form("kim", "robin", {AuthorityScope::Claims, AuthorityScope::DisputesAndMessages});
    auto const plain = bench.enter(form);
    form.terms.tells_sensitive = true;
    auto const wide = bench.enter(form);
    SpokenCall call(bench, "kim");
    REQUIRE(call.choose(plain).empty());
    call.proven_by("text_code");
    CHECK(page_of(call).total == 1);
    // Notes may be about anything.
    CHECK(call.earlier_reason() == "authority_scope");
    REQUIRE(call.choose(wide).empty());
    call.proven_by("text_code");
    CHECK(page_of(call).total == 4);
    CHECK(call.eob_reason("secret").empty());
    CHECK(call.earlier_reason().empty());
}

TEST_CASE("sensitive services: what was asked for about them is in no list of who speaks for the member") {
    KimsClaims bench;
    // Kim asks for a copy of each, at a kiosk.
    auto const token = bench.sign_in("kim");
    for (auto const* eob : {"kim-eob-visit", "kim-eob-secret"}) {
        bench.claim("kim", eob, std::string(eob) == "kim-eob-secret");
        auto made = bench.operation(token);
        made.request_mailed_eob = api::RequestMailedEob{eob};
        REQUIRE(bench.push(made) == "applied");
    }
    SpokenCall call(bench, "kim");
    auto const asked = [&] {
        return must(call.rep.ask<&case_requests>("case_requests_read", {call.id})).requests.size();
    };
    call.proven_by("text_code");
    CHECK(asked() == 2);
    REQUIRE(call.choose(call.parent("A. S.")).empty());
    call.proven_by("text_code");
    // FewMembers gives each claim the same number, which none of the plan's has: nothing is told in doubt.
    CHECK(asked() == 0);
    bench.claim("kim", "1"); // has that number
    CHECK(asked() == 2);
}

TEST_CASE(
    "sensitive services: who subscribes is told nothing of a dependant's claims, and pays into one account") {
    KimsClaims bench;
    bench.claim("alex", "own");
    // As at a kiosk, in a session of their own: the list, its counts and what is worked out of it.
    auto const page = must(claims_of(*bench.plan, PatientId("alex"), {}, Telling::All));
    CHECK(page.total_count == 1);
    REQUIRE(page.claims.size() == 1);
    CHECK(page.claims[0].id == EobId("own"));
    CHECK(page.claims[0].patient == PatientId("alex"));
    for (auto const* eob : {"visit", "secret", "first", "corrected"})
        CHECK(bench.plan->eob(PatientId("alex"), EobId(eob)).error().reason == "eob_not_found");
    auto const about = must(bench.plan->overview(PatientId("alex")));
    for (auto const& claim : about->claims)
        for (auto const& finding : claim.findings)
            CHECK(finding.eob == EobId("own"));
    // Through a case about themselves, too.
    SpokenCall call(bench, "alex");
    call.proven_by("text_code");
    CHECK(page_of(call).ids == std::vector<std::string>{"own"});
    CHECK(call.eob_reason("secret") == "eob_not_found");
}
