#include "agent/app/acts.h"
#include "tests/agent/state_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;
using namespace std::chrono_literals;

namespace {

/// With the case of a member at hand, whose record has been read.
struct CallerToVerify : Desk {
    explicit CallerToVerify(char const* account = "open") {
        sign_in_to_cases({"see_work", "do_work", "open_case", "unlock_account"});
        want(PickCase{"old"});
        answer(MemberRead{"old", masked("old", account)});
    }
    static api::CaseItem item(char const* level, char const* check) {
        auto made = case_item("old", level);
        made.check = check;
        if (made.level == "verified")
            made.verified_way = "own_session";
        return made;
    }
    /// Chooses to ask in a session of the member's; ends before central answers.
    RequestNumber ask() {
        want(Do{Act::VerifyCaller});
        if (asked<FetchWays>() == nullptr)
            return 0;
        reply(WaysRead{"old", api::VerifyWays{"old", {{"own_session", "", ""}}}}, number_of<FetchWays>());
        want(Continue{});
        return number_of<Verify>();
    }
    void ask_and_read_out(int expires_in_s = 180) {
        auto const request = ask();
        REQUIRE(request != 0);
        reply(CallerAsked{"old", api::CallCheckAsked{"old", "47", expires_in_s}}, request);
    }
    std::string number() { return at_hand()->number.digits; }
    /// Central tells of a change, and the list says this of the case at hand.
    void list_says(char const* level, char const* check) {
        happens(CentralTold{{.event = "case_changed", .ticket = {}}});
        auto const request = number_of<FetchCases>();
        REQUIRE(request != 0);
        reply(CasesRead{api::CaseList{{case_item("new"), item(level, check)}}}, request);
    }
};

} // namespace

TEST_CASE(
    "verify: it is offered for a case that is found and not proven, and whose glass is whole or broken") {
    Desk desk;
    desk.sign_in_to_cases();
    CHECK_FALSE(offered(desk.app, Act::VerifyCaller));
    desk.want(PickCase{"new"});
    CHECK_FALSE(offered(desk.app, Act::VerifyCaller));
    desk.want(Do{Act::VerifyCaller});
    CHECK(desk.asked<FetchWays>() == nullptr);
    desk.want(PickCase{"old"});
    CHECK(can_do(desk.app, Act::VerifyCaller));
    desk.answer(MemberRead{"old", failure(ErrorKind::Refused, "break_glass_needed")});
    CHECK_FALSE(offered(desk.app, Act::VerifyCaller));

    CallerToVerify caller;
    CHECK(can_do(caller.app, Act::VerifyCaller));
    caller.list_says("verified", "confirmed");
    CHECK_FALSE(offered(caller.app, Act::VerifyCaller));
    caller.want(Do{Act::VerifyCaller});
    CHECK(caller.asked<FetchWays>() == nullptr);
}

TEST_CASE("verify: without central the key does nothing and says why") {
    CallerToVerify desk;
    desk.happens(OnlineChanged{client::Online::No});
    auto const act = offered(desk.app, Act::VerifyCaller);
    REQUIRE(act);
    CHECK(act->held);
    CHECK(act->off.id() == "work.needs_central");
    CHECK(desk.ask() == 0);
}

TEST_CASE("verify: the member is asked in a session of their own, once, and the number is read out") {
    CallerToVerify desk;
    auto const request = desk.ask();
    REQUIRE(desk.asked<Verify>() != nullptr);
    CHECK(desk.asked<Verify>()->request.case_id == "old");
    CHECK(desk.asked<Verify>()->request.way == "own_session");
    CHECK(desk.ask() == 0);
    desk.reply(CallerAsked{"old", api::CallCheckAsked{"old", "47", 180}}, request);
    CHECK(desk.number() == "47");
    CHECK(desk.at_hand()->item.check == "waiting");
    CHECK(desk.at_hand()->number.seconds_left == 180);
    CHECK(desk.asked<FetchCases>() != nullptr);
}

TEST_CASE("verify: a list that was on its way when the number came says nothing of it") {
    CallerToVerify desk;
    desk.want(Do{Act::Refresh});
    auto const older = desk.number_of<FetchCases>();
    desk.ask_and_read_out();
    desk.reply(CasesRead{api::CaseList{{desk.item("identified", "expired")}}}, older);
    CHECK(desk.number() == "47");
    CHECK(desk.at_hand()->item.check == "waiting");
}

TEST_CASE("verify: when the member confirms it is said, and the number goes") {
    CallerToVerify desk;
    desk.ask_and_read_out();
    desk.list_says("verified", "confirmed");
    CHECK(desk.at_hand()->verified());
    CHECK(desk.number().empty());
    CHECK(desk.cases().said.words.id() == "verify.confirmed");
    CHECK(desk.cases().said.good);
    CHECK(desk.asked<ForgetDrawn>() != nullptr);
    // The account may have been locked since; it is read once.
    CHECK(desk.count<FetchMember>() == 1);
    // It is said once.
    desk.want(Do{Act::Refresh});
    desk.answer(CasesRead{api::CaseList{{desk.item("verified", "confirmed")}}});
    CHECK(desk.cases().said.words.empty());
}

TEST_CASE("verify: a wrong, denied or late answer ends the number, and the member can be asked again") {
    auto const* const check = GENERATE("wrong", "denied", "expired");
    CallerToVerify desk;
    desk.ask_and_read_out();
    desk.list_says("identified", check);
    CHECK(desk.number().empty());
    CHECK_FALSE(desk.at_hand()->verified());
    CHECK(desk.cases().said.words.empty());
    CHECK(desk.asked<ForgetDrawn>() != nullptr);
    auto const again = offered(desk.app, Act::VerifyCaller);
    REQUIRE(again);
    CHECK(again->label.id() == "act.verify_again");
    auto const request = desk.ask();
    desk.reply(CallerAsked{"old", api::CallCheckAsked{"old", "83", 180}}, request);
    CHECK(desk.number() == "83");
}

TEST_CASE("verify: while the member is asked, the list keeps the number, and asking again gives another") {
    CallerToVerify desk;
    desk.ask_and_read_out();
    desk.list_says("identified", "waiting");
    CHECK(desk.number() == "47");
    auto const request = desk.ask();
    // The one before may count for nothing by now.
    CHECK(desk.number().empty());
    desk.reply(CallerAsked{"old", failure(ErrorKind::Unavailable, "central_unreachable")}, request);
    CHECK(desk.number().empty());
    CHECK(desk.at_hand()->doing.failure);
    CHECK(desk.asked<FetchCases>() != nullptr);
}

TEST_CASE("verify: the seconds are counted, and the number goes when there are none") {
    CallerToVerify desk;
    desk.ask_and_read_out(3);
    REQUIRE(next_deadline(desk.app));
    CHECK(*next_deadline(desk.app) == desk.now.mono + 1s);
    desk.pass(1s);
    CHECK(desk.at_hand()->number.seconds_left == 2);
    CHECK(*next_deadline(desk.app) == desk.now.mono + 1s);
    desk.pass(1s);
    CHECK(desk.number() == "47");
    desk.pass(1s);
    CHECK(desk.number().empty());
    CHECK(desk.at_hand()->item.check == "expired");
    CHECK(desk.asked<ForgetDrawn>() != nullptr);
    // It may have been answered in the last moment.
    REQUIRE(desk.asked<FetchCases>() != nullptr);
    desk.reply(CasesRead{api::CaseList{{desk.item("verified", "confirmed")}}}, desk.number_of<FetchCases>());
    CHECK(desk.at_hand()->verified());
}

TEST_CASE("verify: the number goes with a lock, the case and the session") {
    CallerToVerify desk;
    desk.ask_and_read_out();
    auto* const kept = desk.at_hand();
    SECTION("lock") {
        desk.want(Do{Act::LockNow});
        CHECK(kept->number.digits.empty());
        CHECK(desk.asked<CoverAndForget>() != nullptr);
        desk.type_pin();
        desk.answer(Unlocked{ok()});
        CHECK(desk.number().empty());
        CHECK(desk.at_hand()->item.check == "waiting");
    }
    SECTION("lock, from the queue") {
        desk.want(Do{Act::ShowWork});
        CHECK(kept->number.digits == "47");
        desk.want(Do{Act::LockNow});
        CHECK(desk.number().empty());
    }
    SECTION("left") {
        desk.want(Do{Act::LeaveCase});
        CHECK(desk.asked<ForgetDrawn>() != nullptr);
        desk.want(PickCase{"old"});
        CHECK(desk.number().empty());
    }
    SECTION("another case") {
        desk.want(PickCase{"new"});
        CHECK(desk.number().empty());
        desk.pass(200s);
        CHECK(desk.at_hand()->item.check.empty());
    }
    SECTION("session") {
        desk.want(Do{Act::SignOut});
        CHECK(desk.app.cases() == nullptr);
        CHECK(desk.asked<CoverAndForget>() != nullptr);
    }
}

TEST_CASE("verify: a number that comes under a lock, or for another case, is not kept") {
    CallerToVerify desk;
    auto const request = desk.ask();
    SECTION("locked") {
        desk.want(Do{Act::LockNow});
        desk.reply(CallerAsked{"old", api::CallCheckAsked{"old", "47", 180}}, request);
        CHECK(desk.number().empty());
        CHECK(desk.at_hand()->item.check == "waiting");
    }
    SECTION("another case") {
        desk.want(PickCase{"new"});
        desk.type_facts();
        desk.want(Continue{});
        for (auto const number : {request, desk.app.last_request}) {
            desk.reply(CallerAsked{"old", api::CallCheckAsked{"old", "47", 180}}, number);
            CHECK(desk.number().empty());
            CHECK(desk.at_hand()->item.check.empty());
            CHECK(desk.at_hand()->doing.waiting());
        }
    }
    SECTION("the reply names another case than was asked for") {
        desk.reply(CallerAsked{"old", api::CallCheckAsked{"new", "47", 180}}, request);
        CHECK(desk.number().empty());
        CHECK(desk.at_hand()->doing.failure);
    }
}

TEST_CASE("verify: a case that is not at hand changes nothing of the one that is") {
    CallerToVerify desk;
    desk.want(PickCase{"new"});
    desk.type_facts();
    desk.list_says("verified", "confirmed");
    CHECK(desk.at_hand()->item.case_id == "new");
    CHECK_FALSE(desk.at_hand()->identified());
    CHECK(desk.at_hand()->facts.family == "Sample");
    CHECK(desk.cases().said.words.empty());
    CHECK(desk.asked<FetchMember>() == nullptr);
}

TEST_CASE("verify: a case aside or under a lock is as central says when it is seen again") {
    CallerToVerify desk;
    desk.ask_and_read_out();
    SECTION("at the queue") {
        desk.want(Do{Act::ShowWork});
        CHECK(desk.number() == "47");
        desk.list_says("verified", "confirmed");
        desk.want(Do{Act::ShowCases});
        CHECK(desk.asked<FetchCases>() != nullptr);
    }
    SECTION("locked") {
        desk.want(Do{Act::LockNow});
        desk.list_says("verified", "confirmed");
        desk.type_pin();
        desk.answer(Unlocked{ok()});
    }
    CHECK(desk.at_hand()->verified());
    CHECK(desk.number().empty());
    CHECK(desk.cases().said.words.id() == "verify.confirmed");
}

TEST_CASE("verify: what central refuses is told and leaves nothing to read out") {
    CallerToVerify desk;
    auto const request = desk.ask();
    auto const* const reason =
        GENERATE("verification_frozen", "check_elsewhere", "account_missing", "account_disabled",
                 "verified_already", "break_glass_needed", "own_matter");
    desk.reply(CallerAsked{"old", failure(ErrorKind::Refused, reason)}, request);
    REQUIRE(desk.at_hand()->doing.failure);
    CHECK(desk.number().empty());
    CHECK(desk.at_hand()->item.check.empty());
    // What is so instead is asked for where central knows it.
    CHECK((desk.asked<FetchCases>() != nullptr) == (std::string(reason) == "verified_already"));
    CHECK((desk.asked<FetchMember>() != nullptr) == (std::string(reason) == "break_glass_needed"));
}

TEST_CASE("verify: a proof that has run out is no proof, and can be asked for again") {
    CallerToVerify desk;
    desk.list_says("verified", "confirmed");
    desk.list_says("identified", "confirmed");
    CHECK_FALSE(desk.at_hand()->verified());
    CHECK(can_do(desk.app, Act::VerifyCaller));
}
