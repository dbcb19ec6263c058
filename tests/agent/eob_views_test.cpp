// The views of the EOB that is read: what is asked of central for them, and which keys there are when.

#include "agent/app/acts.h"
#include "tests/agent/state_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;

namespace {

api::EobReview review(std::string const& eob, std::vector<std::string> const& versions) {
    api::EobReview made;
    made.eob = EobId(eob);
    made.version_count = static_cast<int>(versions.size());
    int number = 0;
    for (auto const& id : versions) {
        api::EobVersion version;
        version.number = ++number;
        version.eob.id = EobId(id);
        made.versions.push_back(std::move(version));
    }
    return made;
}

/// A verified caller, and one of their EOBs open.
struct Reader : Desk {
    explicit Reader(std::string const& language = "es") {
        sign_in_to_cases();
        want(PickCase{"old"});
        auto member = masked("old");
        member.language = language;
        answer(MemberRead{"old", member});
        happens(CentralTold{{.event = "case_changed", .ticket = {}}});
        auto item = case_item("old", "verified");
        item.check = "confirmed";
        reply(CasesRead{api::CaseList{{case_item("new"), item}}}, number_of<FetchCases>());
        want(Do{Act::ShowClaims});
        api::ClaimsPage page;
        page.claims.resize(1);
        page.claims[0].id = EobId("c");
        page.total_count = 1;
        reply(ClaimsRead{"old", page}, number_of<FetchClaims>());
        want(PickClaim{"c"});
        asked_eob = number_of<FetchEob>();
    }
    void eob_comes() {
        api::EobDetail detail;
        detail.eob.id = EobId("c");
        reply(EobRead{"old", "c", detail}, asked_eob);
        asked_review = number_of<FetchEobReview>();
    }
    ClaimsAtHand& claims() { return *at_hand()->claims; }
    RequestNumber asked_eob = 0;
    RequestNumber asked_review = 0;
};

} // namespace

TEST_CASE("EOB views: the versions are asked for when the EOB is here, and once") {
    Reader desk;
    CHECK(desk.asked<FetchEobReview>() == nullptr);
    CHECK_FALSE(offered(desk.app, Act::EobVersions));
    desk.eob_comes();
    REQUIRE(desk.asked_review != 0);
    CHECK(desk.asked<FetchEobReview>()->query.case_id == "old");
    CHECK(desk.asked<FetchEobReview>()->query.eob == "c");
    desk.reply(EobReviewRead{"old", "c", review("c", {"a", "b", "c"})}, desk.asked_review);
    REQUIRE(desk.claims().review.value);
    CHECK(desk.claims().newer == 2);
    for (auto const act : {Act::EobAsSystem, Act::EobVersions, Act::EobReadAloud})
        CHECK(can_do(desk.app, act));
    CHECK_FALSE(offered(desk.app, Act::OlderVersion));
}

TEST_CASE("EOB views: versions are stepped through as far as there are some") {
    Reader desk;
    desk.eob_comes();
    desk.reply(EobReviewRead{"old", "c", review("c", {"a", "b", "c"})}, desk.asked_review);
    desk.want(Do{Act::EobVersions});
    CHECK(desk.claims().view == EobView::Versions);
    CHECK(offered(desk.app, Act::NewerVersion)->off.id() == "eob_version.none_newer");
    desk.want(Do{Act::NewerVersion});
    CHECK(desk.claims().newer == 2);
    desk.want(Do{Act::OlderVersion});
    CHECK(desk.claims().newer == 1);
    CHECK(offered(desk.app, Act::OlderVersion)->off.id() == "eob_version.none_older");
    desk.want(Do{Act::OlderVersion});
    CHECK(desk.claims().newer == 1);
    desk.want(Do{Act::NewerVersion});
    CHECK(desk.claims().newer == 2);
}

TEST_CASE("EOB views: one version alone has nothing to step through, the oldest is shown with the next") {
    Reader alone;
    alone.eob_comes();
    alone.reply(EobReviewRead{"old", "c", review("c", {"c"})}, alone.asked_review);
    alone.want(Do{Act::EobVersions});
    CHECK(alone.claims().newer == 0);
    CHECK_FALSE(offered(alone.app, Act::OlderVersion));
    Reader oldest;
    oldest.eob_comes();
    oldest.reply(EobReviewRead{"old", "c", review("c", {"c", "d"})}, oldest.asked_review);
    CHECK(oldest.claims().newer == 1);
}

TEST_CASE("EOB views: Esc leads out of a view, then to the list, and nothing of it stays") {
    Reader desk;
    desk.eob_comes();
    desk.reply(EobReviewRead{"old", "c", review("c", {"b", "c"})}, desk.asked_review);
    desk.want(Do{Act::EobAsSystem});
    desk.want(Do{Act::EobReadAloud});
    CHECK(desk.claims().view == EobView::ReadAloud);
    desk.want(Close{});
    CHECK(desk.claims().view == EobView::AsMember);
    CHECK(desk.claims().reads_eob());
    desk.want(Do{Act::EobVersions});
    desk.want(Do{Act::EobVersions}); // its own key leads back too
    CHECK(desk.claims().view == EobView::AsMember);
    desk.want(Close{});
    CHECK(desk.at_hand()->lists_claims());
    CHECK_FALSE(desk.claims().review.value);
    CHECK(desk.claims().newer == 0);
    CHECK_FALSE(offered(desk.app, Act::EobVersions));
}

TEST_CASE("EOB views: a late, a foreign or a refused answer shows nothing") {
    Reader desk;
    desk.eob_comes();
    SECTION("of another EOB or case") {
        desk.reply(EobReviewRead{"old", "b", review("b", {"b"})}, desk.asked_review);
        desk.reply(EobReviewRead{"new", "c", review("c", {"c"})}, desk.asked_review);
        CHECK_FALSE(desk.claims().review.value);
        desk.reply(EobReviewRead{"old", "c", review("b", {"b"})}, desk.asked_review);
        CHECK_FALSE(desk.claims().review.value);
        CHECK(desk.claims().review.failure->reason == "reply_unreadable");
    }
    SECTION("after the EOB was left") {
        desk.want(Close{});
        desk.reply(EobReviewRead{"old", "c", review("c", {"c"})}, desk.asked_review);
        CHECK_FALSE(desk.claims().review.value);
    }
    SECTION("without a proof all claims go") {
        desk.reply(EobReviewRead{"old", "c", failure(ErrorKind::Refused, "verification_needed")},
                   desk.asked_review);
        CHECK(desk.at_hand()->claims == nullptr);
        CHECK(desk.cases().said.words.id() == "case_problem.verification_needed");
    }
    SECTION("at a lock") {
        desk.want(Do{Act::LockNow});
        CHECK(desk.at_hand()->claims == nullptr);
    }
}

TEST_CASE("EOB views: the member's language is offered where it is another and Portico has it") {
    auto const offers = [](char const* language) {
        Reader desk(language);
        desk.eob_comes();
        desk.want(Do{Act::EobReadAloud});
        return offered(desk.app, Act::OtherLanguage).has_value();
    };
    CHECK(offers("es"));
    CHECK(offers("ar"));
    CHECK_FALSE(offers("en-US"));
    CHECK_FALSE(offers(""));
    CHECK_FALSE(offers("km")); // has only some of the texts: English, as the desk has it
    CHECK_FALSE(offers("xx"));
    Reader desk;
    desk.eob_comes();
    CHECK_FALSE(offered(desk.app, Act::OtherLanguage));
    desk.want(Do{Act::EobReadAloud});
    desk.want(Do{Act::OtherLanguage});
    CHECK(desk.claims().in_members_language);
    desk.want(Do{Act::OtherLanguage});
    CHECK_FALSE(desk.claims().in_members_language);
}
