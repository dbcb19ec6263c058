#include "central/cases/desk_words.h"
#include "tests/central/cases/speaker_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

std::vector<api::OpenCall> calls_at(MemberAtKiosk& member) {
    return must(member.ask<&get_desk_word>("desk_word_read", {})).calls;
}

} // namespace

TEST_CASE("speakers: the member is told of who cannot show to be allowed to speak for them") {
    FamilyBench bench;
    AuthorityRecord form = FamilyBench::form("robin", "");
    form.name = {"Pat", "Example"};
    form.birth_date = Date{1960, 1, 2};
    form.phone = "617-555-0199";
    auto const authority = bench.enter(form);
    bench.clock.advance(std::chrono::hours(24 * 30));
    SpokenCall call(bench, "robin");
    REQUIRE(call.choose(authority).empty());
    for (int round = 0; round < 3; ++round) {
        must(call.try_send());
        auto const code = bench.last_code();
        for (int i = 1; i <= 5; ++i)
            call.phone.key(CodeBench::other_than(code, i));
    }
    CHECK(bench.mailed == std::vector<std::string>{"robin speaker_frozen"});
    CHECK(call.send_reason() == "verification_frozen");
    // The member is as they were.
    REQUIRE(call.choose("member").empty());
    CHECK(call.send_reason().empty());
}

TEST_CASE("speakers: who speaks finds the desk's words in their own session, as long as they do") {
    FamilyBench bench;
    MemberAtKiosk parent(bench, bench.account("alex"), "kiosk-1");
    MemberAtKiosk child(bench, bench.account("kim"), "kiosk-2");
    MemberAtKiosk other(bench, bench.account("jo"), "kiosk-3");
    SpokenCall call(bench, "kim");
    CHECK(calls_at(parent).empty());
    REQUIRE(calls_at(child).size() == 1);
    REQUIRE(call.choose(call.parent("A. S.")).empty());
    REQUIRE(calls_at(parent).size() == 1);
    CHECK(calls_at(parent)[0].words == call.item().words);
    // Whom it is about sees that their account is being worked on.
    CHECK(calls_at(child).size() == 1);
    CHECK(calls_at(other).empty());
    REQUIRE(call.choose(call.parent("J. S.")).empty());
    CHECK(calls_at(parent).empty());
    CHECK(calls_at(other).size() == 1);
    REQUIRE(call.choose("member").empty());
    CHECK(calls_at(other).empty());
    REQUIRE(call.rep.close(call.id).empty());
    CHECK(calls_at(child).empty());
}
