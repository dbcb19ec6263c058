#include "agent/app/acts.h"
#include "tests/agent/state_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;
using namespace std::chrono_literals;

namespace {

/// With the case of a member at hand, and the masked record on the screen.
struct Found : Desk {
    Found() {
        sign_in_to_cases();
        want(PickCase{"old"});
        answer(MemberRead{"old", Desk::masked("old")});
    }
    void ask_in_full(std::size_t field = 3) {
        want(Do{Act::RevealField});
        want(ChooseInCase{CaseChoice::RevealedField, field});
        want(ChooseInCase{CaseChoice::RevealReason, 0});
        want(Continue{});
    }
    void reveal_phone() {
        ask_in_full();
        answer(FieldRevealed{"old", api::RevealedField{"phone", "(555) 555-0112"}});
    }
    std::string in_full() {
        auto const& shown = at_hand()->revealed;
        return shown.empty() ? "" : shown.front().value;
    }
};

} // namespace

TEST_CASE("member: the masked record is asked for when a case has its member, and once") {
    Desk desk;
    desk.sign_in_to_cases();
    desk.want(PickCase{"new"});
    CHECK(desk.asked<FetchMember>() == nullptr);
    desk.want(PickCase{"old"});
    REQUIRE(desk.asked<FetchMember>() != nullptr);
    CHECK(desk.asked<FetchMember>()->case_id == "old");
    CHECK_FALSE(offered(desk.app, Act::RevealField));
    desk.answer(MemberRead{"old", Desk::masked("old")});
    CHECK(desk.at_hand()->member.value);
    CHECK(can_do(desk.app, Act::RevealField));
    desk.want(Do{Act::Refresh});
    desk.answer(CasesRead{api::CaseList{{Desk::case_item("new"), Desk::case_item("old", "identified")}}});
    CHECK(desk.asked<FetchMember>() == nullptr);

    Desk found;
    found.ask_who_calls();
    found.answer(CallerIdentified{"new", api::CaseLevel{"new", "identified"}});
    CHECK(found.asked<FetchMember>() != nullptr);
}

TEST_CASE("member: what could not be read comes with the next list, but what is refused is not asked again") {
    bool const refused = GENERATE(false, true);
    Desk desk;
    desk.sign_in_to_cases();
    desk.want(PickCase{"old"});
    desk.answer(MemberRead{"old", refused ? failure(ErrorKind::Refused, "own_matter")
                                          : failure(ErrorKind::Unavailable, "central_unreachable")});
    desk.pass(30s);
    desk.answer(CasesRead{api::CaseList{{Desk::case_item("old", "identified")}}});
    CHECK((desk.asked<FetchMember>() == nullptr) == refused);
}

TEST_CASE("member: a late reply for another case shows nothing of it") {
    Found desk;
    desk.ask_in_full();
    auto const request = desk.app.last_request;
    desk.want(PickCase{"new"});
    desk.type_facts();
    desk.want(Continue{});
    for (auto const number : {request, desk.app.last_request}) {
        desk.happens(FieldRevealed{"old", api::RevealedField{"phone", "(555) 555-0112"}}, number,
                     desk.app.session.stamp);
        desk.happens(MemberRead{"old", Desk::masked("old")}, number, desk.app.session.stamp);
        CHECK(desk.at_hand()->revealed.empty());
        CHECK_FALSE(desk.at_hand()->member.value);
        CHECK(desk.at_hand()->doing.waiting());
    }
    // A record that names another case than the one that was asked for is no record.
    Desk other;
    other.sign_in_to_cases();
    other.want(PickCase{"old"});
    other.answer(MemberRead{"old", Desk::masked("new")});
    CHECK_FALSE(other.at_hand()->member.value);
}

TEST_CASE("member: a reason is chosen before a value is asked for") {
    Found desk;
    desk.want(Do{Act::RevealField});
    desk.want(Continue{});
    CHECK(desk.asked<Reveal>() == nullptr);
    desk.want(ChooseInCase{CaseChoice::RevealedField, 1});
    desk.want(Continue{});
    CHECK(desk.asked<Reveal>() == nullptr);
    desk.want(ChooseInCase{CaseChoice::RevealReason, 2});
    desk.want(Continue{});
    REQUIRE(desk.asked<Reveal>() != nullptr);
    CHECK(desk.asked<Reveal>()->request.case_id == "old");
    CHECK(desk.asked<Reveal>()->request.field == "birth_date");
    CHECK(desk.asked<Reveal>()->request.reason == "caller_corrects");
    desk.answer(FieldRevealed{"old", failure(ErrorKind::InvalidInput, "reveal_reason_unknown")});
    CHECK(std::holds_alternative<RevealDialog>(desk.cases().dialog));
}

TEST_CASE("member: a value in full is hidden again after a minute, by the clock alone") {
    Found desk;
    desk.reveal_phone();
    CHECK(desk.in_full() == "(555) 555-0112");
    CHECK(std::holds_alternative<NoDialog>(desk.cases().dialog));
    auto const shown_at = desk.now.mono;
    desk.pass(59s);
    CHECK(desk.in_full() == "(555) 555-0112");
    REQUIRE(next_deadline(desk.app));
    CHECK(*next_deadline(desk.app) <= shown_at + 60s);
    desk.pass(1s);
    CHECK(desk.in_full().empty());
    CHECK(desk.asked<ForgetDrawn>() != nullptr);
    // Each for itself, and the newest once.
    desk.reveal_phone();
    desk.pass(30s);
    desk.reveal_phone();
    desk.pass(31s);
    CHECK(desk.at_hand()->revealed.size() == 1);
}

TEST_CASE("member: a value in full goes at a lock, with a look at the queue, and with the case") {
    Found desk;
    desk.reveal_phone();
    SECTION("locked") {
        desk.want(Do{Act::LockNow});
        CHECK(desk.in_full().empty());
        desk.type_pin();
        desk.answer(Unlocked{ok()});
        CHECK(desk.in_full().empty());
        CHECK(desk.at_hand()->member.value);
    }
    SECTION("queue") {
        desk.want(Do{Act::ShowWork});
        CHECK(desk.in_full().empty());
        CHECK(desk.asked<ForgetDrawn>() != nullptr);
    }
    SECTION("left") {
        desk.want(Do{Act::LeaveCase});
        desk.want(PickCase{"old"});
        CHECK(desk.in_full().empty());
        CHECK_FALSE(desk.at_hand()->member.value);
    }
}

TEST_CASE("member: a value that arrives under a lock is not kept for whoever comes back") {
    Found desk;
    desk.ask_in_full();
    auto const request = desk.app.last_request;
    desk.want(Do{Act::LockNow});
    desk.happens(FieldRevealed{"old", api::RevealedField{"phone", "(555) 555-0112"}}, request,
                 desk.app.session.stamp);
    CHECK(desk.at_hand()->revealed.empty());
    CHECK_FALSE(desk.at_hand()->doing.waiting());
}

TEST_CASE("member: a protected record is opened with a sentence, which stays until it is taken") {
    Desk desk;
    desk.sign_in_to_cases();
    desk.want(PickCase{"old"});
    CHECK_FALSE(offered(desk.app, Act::BreakGlass));
    desk.answer(MemberRead{"old", failure(ErrorKind::Refused, "break_glass_needed")});
    REQUIRE(can_do(desk.app, Act::BreakGlass));
    desk.want(Do{Act::BreakGlass});
    desk.want(Typed{Field::GlassReason, "123456789"});
    desk.want(Continue{});
    CHECK(desk.asked<BreakGlass>() == nullptr);
    desk.want(Typed{Field::GlassReason, "Caller reports an emergency."});
    desk.want(Continue{});
    REQUIRE(desk.asked<BreakGlass>() != nullptr);
    CHECK(desk.asked<BreakGlass>()->request.reason == "Caller reports an emergency.");
    desk.answer(GlassBroken{"old", failure(ErrorKind::InvalidInput, "glass_reason_invalid")});
    CHECK(desk.at_hand()->glass_reason == "Caller reports an emergency.");
    CHECK(std::holds_alternative<GlassDialog>(desk.cases().dialog));
    desk.want(Continue{});
    desk.answer(GlassBroken{"old", ok()});
    CHECK(std::holds_alternative<NoDialog>(desk.cases().dialog));
    CHECK(desk.at_hand()->glass_reason.empty());
    REQUIRE(desk.asked<FetchMember>() != nullptr);
    desk.answer(MemberRead{"old", Desk::masked("old")});
    CHECK(desk.at_hand()->member.value);
    CHECK_FALSE(offered(desk.app, Act::BreakGlass));
}
