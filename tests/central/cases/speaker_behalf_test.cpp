#include "tests/central/cases/speaker_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

/// A rep who writes down what is asked for in a case about Robin, in which Casey speaks.
struct Asked {
    FamilyBench bench;
    SpokenCall call{bench, "robin"};
    BehalfCall behalf{bench, call.rep, call.id};

    std::string speaks(std::vector<AuthorityScope> scopes, bool proves = true) {
        auto const authority = bench.enter(FamilyBench::form("robin", "casey", std::move(scopes)));
        REQUIRE(call.choose(authority).empty());
        if (proves)
            call.proven_by("text_code");
        later();
        return authority;
    }
    void later() { bench.clock.advance(std::chrono::seconds(1)); }
    std::size_t requests() { return must(bench.ledger->requests_of(PatientId("robin"))).requests.size(); }
};

} // namespace

TEST_CASE("on behalf by authority: what it covers is applied, marked and names the authority in the audit") {
    Asked is;
    auto const authority = is.speaks({AuthorityScope::Cards});
    CHECK(is.behalf.push(is.behalf.asks_card()) == "applied");
    CHECK(is.requests() == 1);
    auto const record = is.bench.audited().back();
    CHECK(record.subject == "robin");
    CHECK(std::count(record.fields.begin(), record.fields.end(), "authority:" + authority) == 1);
    CHECK(api::to_json(record).find("casey") == std::string::npos);
}

TEST_CASE("on behalf by authority: what it does not cover is refused, also when it arrives later") {
    Asked is;
    is.speaks({AuthorityScope::Claims, AuthorityScope::Account});
    auto const card = is.behalf.asks_card();
    is.later();
    SECTION("at once") {
        CHECK(is.behalf.push(card) == "authority_scope");
    }
    SECTION("when the member speaks, and is verified") {
        REQUIRE(is.call.choose("member").empty());
        is.call.proven_by("text_code");
        is.later();
        CHECK(is.behalf.push(card) == "authority_scope");
        // What the member asks for now is theirs.
        CHECK(is.behalf.push(is.behalf.asks_card()) == "applied");
    }
    SECTION("when an authority that covers it speaks") {
        is.speaks({AuthorityScope::Cards});
        CHECK(is.behalf.push(card) == "authority_scope");
    }
    SECTION("when the case is closed") {
        REQUIRE(is.call.rep.close(is.call.id).empty());
        CHECK(is.behalf.push(card) == "authority_scope");
    }
}

TEST_CASE(
    "on behalf by authority: a proof of the member is none of who speaks for them, nor the other way round") {
    Asked is;
    is.call.proven_by("text_code"); // Robin
    is.later();
    auto const of_member = is.behalf.asks_card();
    is.later();
    SECTION("the proof before") {
        is.speaks({AuthorityScope::Cards}, false);
        // Asked for by Robin before, and later on its way.
        CHECK(is.behalf.push(of_member) == "applied");
        CHECK(is.behalf.push(is.behalf.asks_card("stolen")) == "verification_needed");
    }
    SECTION("in the same moment") {
        auto const authority = is.bench.enter(FamilyBench::form("robin", "casey", {AuthorityScope::Cards}));
        is.call.proven_by("text_code");
        REQUIRE(is.call.choose(authority).empty());
        CHECK(is.behalf.push(is.behalf.asks_card()) == "verification_needed");
    }
    SECTION("back to the member") {
        is.speaks({AuthorityScope::Cards});
        REQUIRE(is.call.choose("member").empty());
        is.later();
        CHECK(is.behalf.push(is.behalf.asks_card()) == "verification_needed");
    }
}

TEST_CASE("on behalf by authority: it is in force when it is asked for, whatever it is when that arrives") {
    Asked is;
    auto const authority = is.speaks({AuthorityScope::Cards});
    auto const before = is.behalf.asks_card();
    is.later();
    is.bench.end(authority);
    is.later();
    auto const after = is.behalf.asks_card("stolen");
    CHECK(is.behalf.push(before) == "applied");
    CHECK(is.behalf.push(after) == "authority_revoked");
    CHECK(is.requests() == 1);
}

TEST_CASE("on behalf by authority: one that ended at midnight asks for nothing after it") {
    Asked is;
    auto form = FamilyBench::form("robin", "casey", {AuthorityScope::Cards});
    form.terms.period.end = Date{2027, 1, 15};
    auto const authority = is.bench.enter(form);
    is.bench.clock.advance(std::chrono::hours(15) + std::chrono::minutes(50));
    is.behalf.token = is.behalf.sign_in(is.call.rep);
    REQUIRE(is.call.choose(authority).empty());
    is.call.proven_by("text_code");
    is.later();
    auto const before = is.behalf.asks_card();
    is.bench.clock.advance(std::chrono::minutes(10));
    CHECK(is.behalf.push(before) == "applied");
    CHECK(is.behalf.push(is.behalf.asks_card("stolen")) == "authority_ended");
}

TEST_CASE("on behalf by authority: what only goes to the member needs no authority, as it needs no proof") {
    Asked is;
    is.speaks({AuthorityScope::Claims}, false);
    CHECK(is.behalf.push(is.behalf.writes("We sent the form again.")) == "applied");
    CHECK(is.behalf.push(is.behalf.promises(is.behalf.day(1))) == "applied");
}

TEST_CASE("on behalf by authority: an EOB that is not told is not there to dispute or to have mailed") {
    Asked is;
    is.bench.claim("robin", "robin-eob", true);
    is.speaks({AuthorityScope::Claims, AuthorityScope::DisputesAndMessages});
    CHECK(is.behalf.push(is.behalf.asks_dispute("robin-eob")) == "eob_not_found");
    CHECK(is.behalf.push(is.behalf.asks_copy("robin-eob")) == "eob_not_found");
    CHECK(is.requests() == 0);
    auto form =
        FamilyBench::form("robin", "casey", {AuthorityScope::Claims, AuthorityScope::DisputesAndMessages});
    form.terms.tells_sensitive = true;
    REQUIRE(is.call.choose(is.bench.enter(form)).empty());
    is.call.proven_by("text_code");
    is.later();
    CHECK(is.behalf.push(is.behalf.asks_dispute("robin-eob")) == "applied");
}

TEST_CASE("on behalf by authority: a finding that stands by what is not told is not there to answer") {
    Asked is;
    // To the member it is one, as FewMembers has it; of this EOB by itself there is none.
    is.bench.claim("robin", "robin-eob");
    is.speaks({AuthorityScope::DisputesAndMessages});
    CHECK(is.behalf.push(is.behalf.asks_dispute("robin-eob")) == "finding_unknown");
    CHECK(is.requests() == 0);
}

TEST_CASE("on behalf by authority: a finding that is told may be answered") {
    Asked is;
    is.bench.claim_twice("robin", "robin-eob");
    is.speaks({AuthorityScope::DisputesAndMessages});
    CHECK(is.behalf.push(is.behalf.asks_dispute("robin-eob")) == "applied");
}

TEST_CASE("on behalf by authority: a parent asks for a minor, and no more from the eighteenth birthday on") {
    FamilyBench bench;
    SpokenCall call(bench, "kim");
    bench.clock.advance(std::chrono::hours(15) + std::chrono::minutes(50));
    BehalfCall behalf(bench, call.rep, call.id);
    REQUIRE(call.choose(call.parent("A. S.")).empty());
    call.proven_by("text_code");
    bench.clock.advance(std::chrono::seconds(1));
    CHECK(behalf.push(behalf.asks_card()) == "applied");
    bench.clock.advance(std::chrono::minutes(10));
    CHECK(behalf.push(behalf.asks_card("stolen")) == "authority_of_age");
}
