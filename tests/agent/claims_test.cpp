#include "agent/app/acts.h"
#include "tests/agent/keyboard.h"
#include "tests/agent/state_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;
using namespace std::chrono_literals;

namespace {

EobSummary claim(std::string id) {
    EobSummary made;
    made.claim_number = "CLM-" + id;
    made.id = EobId(std::move(id));
    return made;
}

api::ClaimsPage page(std::vector<std::string> const& ids, std::string next = {}) {
    api::ClaimsPage made;
    for (auto const& id : ids)
        made.claims.push_back(claim(id));
    made.next_cursor = std::move(next);
    made.total_count = 3;
    return made;
}

api::EobDetail detail(std::string id) {
    api::EobDetail made;
    made.eob.id = EobId(std::move(id));
    return made;
}

/// With the case of a caller at hand, and the record on the screen.
struct CallerWithClaims : Desk {
    explicit CallerWithClaims(char const* level = "verified") {
        sign_in_to_cases();
        want(PickCase{"old"});
        answer(MemberRead{"old", masked("old")});
        list_says(level);
    }
    void list_says(char const* level) {
        happens(CentralTold{{.event = "case_changed", .ticket = {}}});
        auto item = case_item("old", level);
        item.check = "confirmed";
        reply(CasesRead{api::CaseList{{case_item("new"), item}}}, number_of<FetchCases>());
    }
    ClaimsAtHand* claims() { return at_hand() == nullptr ? nullptr : at_hand()->claims.get(); }
    std::vector<std::string> shown() {
        std::vector<std::string> ids;
        if (claims() != nullptr)
            for (auto const& each : claims()->claims)
                ids.push_back(each.id.text());
        return ids;
    }
    /// Alt L; ends before central answers.
    RequestNumber ask() {
        want(Do{Act::ShowClaims});
        return number_of<FetchClaims>();
    }
    RequestNumber pick(std::string const& eob) {
        want(PickClaim{eob});
        return number_of<FetchEob>();
    }
};

using Ids = std::vector<std::string>;

/// With the claims shown, or the first of them open.
struct Shown : CallerWithClaims {
    explicit Shown(bool opened = false) {
        reply(ClaimsRead{"old", page({"c", "b"}, "older")}, ask());
        if (opened)
            reply(EobRead{"old", "c", detail("c")}, pick("c"));
    }
};

} // namespace

TEST_CASE("claims: they are offered when the caller is verified and the record can be read, and not before") {
    CHECK(can_do(CallerWithClaims().app, Act::ShowClaims));
    CallerWithClaims found("identified");
    CHECK_FALSE(offered(found.app, Act::ShowClaims));
    CHECK(found.ask() == 0);
    CHECK(found.claims() == nullptr);

    Desk nobody;
    nobody.sign_in_to_cases();
    nobody.want(PickCase{"new"});
    CHECK_FALSE(offered(nobody.app, Act::ShowClaims));

    // Verified, but the record did not come or is protected.
    for (auto const* const reason : {"central_unreachable", "break_glass_needed"}) {
        Desk unread;
        unread.sign_in_to_list({"see_work", "do_work", "open_case"});
        unread.want(Do{Act::ShowCases});
        unread.answer(CasesRead{api::CaseList{{Desk::case_item("old", "verified")}}});
        unread.want(PickCase{"old"});
        unread.answer(MemberRead{"old", failure(ErrorKind::Refused, reason)});
        CHECK_FALSE(offered(unread.app, Act::ShowClaims));
    }
}

TEST_CASE("claims: they are off while central is away or the case waits, and the way back is not") {
    CallerWithClaims desk;
    desk.happens(OnlineChanged{client::Online::No});
    CHECK(offered(desk.app, Act::ShowClaims)->off.id() == "work.needs_central");
    CHECK(desk.ask() == 0);
    desk.happens(OnlineChanged{client::Online::Yes});
    desk.at_hand()->doing.request = 99;
    CHECK(offered(desk.app, Act::ShowClaims)->off.id() == "work.in_hand");

    Shown shown;
    shown.happens(OnlineChanged{client::Online::No});
    CHECK(shown.shown() == Ids{"c", "b"});
    CHECK(offered(shown.app, Act::OlderClaims)->off.id() == "work.needs_central");
    CHECK(shown.pick("c") == 0);
    shown.want(Do{Act::ShowClaims});
    CHECK(shown.claims() == nullptr);
}

TEST_CASE("claims: they are asked for once, and come as central sorts them") {
    CallerWithClaims desk;
    auto const request = desk.ask();
    REQUIRE(desk.count<FetchClaims>() == 1);
    CHECK(desk.asked<FetchClaims>()->query.case_id == "old");
    CHECK(desk.asked<FetchClaims>()->query.cursor.empty());
    CHECK(desk.asked<FetchClaims>()->query.limit == 50);
    desk.list_says("verified");
    CHECK(desk.asked<FetchClaims>() == nullptr);
    CHECK_FALSE(desk.claims()->read);
    desk.reply(ClaimsRead{"old", page({"c", "b"})}, request);
    CHECK(desk.claims()->read);
    CHECK(desk.shown() == Ids{"c", "b"});
    CHECK(desk.claims()->total_count == 3);
    CHECK_FALSE(desk.claims()->page.value);
    CHECK_FALSE(offered(desk.app, Act::OlderClaims));
    desk.list_says("verified");
    CHECK(desk.asked<FetchClaims>() == nullptr);
    CHECK(desk.shown() == Ids{"c", "b"});
    // A value in full stands in the record, which is not shown now.
    CHECK_FALSE(offered(desk.app, Act::RevealField));
    desk.want(Do{Act::ShowClaims});
    CHECK(desk.claims() == nullptr);
    CHECK(desk.asked<ForgetDrawn>() != nullptr);
    CHECK(can_do(desk.app, Act::RevealField));
}

TEST_CASE("claims: the older page is asked for by its cursor and stands below") {
    Shown desk;
    desk.want(Do{Act::OlderClaims});
    auto const request = desk.number_of<FetchClaims>();
    REQUIRE(request != 0);
    CHECK(desk.asked<FetchClaims>()->query.cursor == "older");
    CHECK(offered(desk.app, Act::OlderClaims)->off.id() == "work.in_hand");
    desk.want(Do{Act::OlderClaims});
    CHECK(desk.asked<FetchClaims>() == nullptr);
    CHECK(desk.shown() == Ids{"c", "b"});
    desk.reply(ClaimsRead{"old", page({"a"})}, request);
    CHECK(desk.shown() == Ids{"c", "b", "a"});
    CHECK_FALSE(offered(desk.app, Act::OlderClaims));
    // Said twice, it counts once.
    desk.reply(ClaimsRead{"old", page({"a"})}, request);
    CHECK(desk.shown() == Ids{"c", "b", "a"});
}

TEST_CASE("claims: an EOB is opened from its row, and Esc leads to the list and then to the record") {
    Shown desk;
    CHECK(desk.pick("unknown") == 0);
    auto const request = desk.pick("b");
    REQUIRE(desk.asked<FetchEob>() != nullptr);
    CHECK(desk.asked<FetchEob>()->query.case_id == "old");
    CHECK(desk.asked<FetchEob>()->query.eob == "b");
    CHECK_FALSE(offered(desk.app, Act::OlderClaims));
    CHECK(desk.pick("c") == 0); // its row is not shown
    desk.reply(EobRead{"old", "b", detail("b")}, request);
    REQUIRE(desk.claims()->eob.value);
    CHECK(desk.claims()->eob.value->eob.id.text() == "b");
    // Of what stands over it first.
    desk.want(OpenPalette{});
    desk.want(Close{});
    CHECK(desk.claims()->eob.value);
    desk.want(Close{});
    CHECK(desk.at_hand()->lists_claims());
    CHECK_FALSE(desk.claims()->eob.value);
    CHECK(desk.shown() == Ids{"c", "b"});
    CHECK(desk.asked<ForgetDrawn>() != nullptr);
    desk.want(Close{});
    CHECK(desk.claims() == nullptr);
    REQUIRE(desk.at_hand() != nullptr);
    CHECK(desk.at_hand()->member.value);
    desk.want(Close{});
    CHECK(desk.at_hand() != nullptr);
}

TEST_CASE("claims: nothing of them stays at a lock, at the queue, after the case and after the session") {
    bool const opened = GENERATE(false, true);
    Shown desk(opened);
    SECTION("lock") {
        desk.want(Do{Act::LockNow});
        CHECK(desk.claims() == nullptr);
        CHECK(desk.asked<CoverAndForget>() != nullptr);
    }
    SECTION("lock by itself") {
        desk.pass(lock_after_s);
        CHECK(desk.screen() == std::string(Locked::name));
        CHECK(desk.claims() == nullptr);
    }
    SECTION("queue") {
        desk.want(Do{Act::ShowWork});
        CHECK(desk.claims() == nullptr);
        CHECK(desk.asked<ForgetDrawn>() != nullptr);
        desk.want(Do{Act::ShowCases});
        CHECK(desk.at_hand()->member.value);
        CHECK(desk.claims() == nullptr);
    }
    SECTION("case left") {
        desk.want(Do{Act::LeaveCase});
        CHECK(desk.at_hand() == nullptr);
        CHECK(desk.asked<ForgetDrawn>() != nullptr);
    }
    SECTION("another case") {
        desk.want(PickCase{"new"});
        CHECK(desk.claims() == nullptr);
        desk.want(PickCase{"old"});
        CHECK(desk.claims() == nullptr);
    }
    SECTION("session") {
        desk.want(Do{Act::SignOut});
        CHECK(desk.app.cases() == nullptr);
    }
}

TEST_CASE("claims: a late reply for another case, another EOB or an older request shows nothing") {
    SECTION("claims, asked for anew") {
        CallerWithClaims desk;
        auto const first = desk.ask();
        desk.want(Do{Act::ShowClaims});
        desk.reply(ClaimsRead{"old", page({"c"})}, first);
        CHECK(desk.claims() == nullptr);
        auto const second = desk.ask();
        desk.reply(ClaimsRead{"old", page({"c"})}, first);
        CHECK(desk.shown().empty());
        CHECK(desk.claims()->page.waiting());
        desk.reply(ClaimsRead{"new", page({"c"})}, second);
        CHECK(desk.shown().empty());
        desk.want(Do{Act::LockNow});
        desk.reply(ClaimsRead{"old", page({"c"})}, second);
        CHECK(desk.claims() == nullptr);
    }
    SECTION("the EOB") {
        Shown desk;
        auto const first = desk.pick("c");
        desk.want(Close{});
        desk.reply(EobRead{"old", "c", detail("c")}, first);
        CHECK_FALSE(desk.claims()->eob.value);
        auto const second = desk.pick("b");
        desk.reply(EobRead{"old", "c", detail("c")}, first);
        desk.reply(EobRead{"old", "c", detail("c")}, second);
        desk.reply(EobRead{"new", "b", detail("b")}, second);
        CHECK_FALSE(desk.claims()->eob.value);
        CHECK(desk.claims()->eob.waiting());
        // Central answered with another one than was asked.
        desk.reply(EobRead{"old", "b", detail("c")}, second);
        CHECK_FALSE(desk.claims()->eob.value);
        REQUIRE(desk.claims()->eob.failure);
        CHECK(desk.claims()->eob.failure->reason == "reply_unreadable");
    }
    SECTION("the same EOB, asked for anew") {
        Shown desk;
        auto const first = desk.pick("c");
        desk.want(Close{});
        desk.pick("c");
        desk.reply(EobRead{"old", "c", detail("c")}, first);
        CHECK_FALSE(desk.claims()->eob.value);
    }
}

TEST_CASE("claims: without a proof they go, and the case says so") {
    auto const proof_over = failure(ErrorKind::Refused, "verification_needed");
    SECTION("the claims are refused") {
        CallerWithClaims desk;
        desk.reply(ClaimsRead{"old", proof_over}, desk.ask());
        CHECK(desk.claims() == nullptr);
        CHECK(desk.cases().said.words.id() == "case_problem.verification_needed");
        CHECK(desk.asked<FetchCases>() != nullptr);
    }
    SECTION("an older page") {
        Shown desk;
        desk.want(Do{Act::OlderClaims});
        desk.reply(ClaimsRead{"old", proof_over}, desk.number_of<FetchClaims>());
        CHECK(desk.claims() == nullptr);
        CHECK(desk.asked<ForgetDrawn>() != nullptr);
    }
    SECTION("an EOB") {
        Shown desk;
        desk.reply(EobRead{"old", "c", proof_over}, desk.pick("c"));
        CHECK(desk.claims() == nullptr);
        CHECK(desk.cases().said.words.id() == "case_problem.verification_needed");
        CHECK(desk.asked<FetchCases>() != nullptr);
    }
    SECTION("the list says so") {
        Shown desk(true);
        desk.list_says("identified");
        CHECK(desk.claims() == nullptr);
        CHECK(desk.asked<ForgetDrawn>() != nullptr);
        CHECK_FALSE(offered(desk.app, Act::ShowClaims));
    }
    SECTION("the record is protected now") {
        Shown desk;
        desk.reply(EobRead{"old", "c", failure(ErrorKind::Refused, "break_glass_needed")}, desk.pick("c"));
        CHECK(desk.claims() == nullptr);
        CHECK(desk.asked<FetchMember>() != nullptr);
    }
}

TEST_CASE("claims: what failed stays said, what may come by itself is asked for with the next list") {
    auto const away = failure(ErrorKind::Unavailable, "central_unreachable");
    CallerWithClaims desk;
    desk.reply(ClaimsRead{"old", away}, desk.ask());
    REQUIRE(desk.claims() != nullptr);
    CHECK(desk.claims()->page.failure->reason == "central_unreachable");
    REQUIRE(desk.asked<FetchCases>() != nullptr);
    desk.list_says("verified");
    auto const again = desk.number_of<FetchClaims>();
    REQUIRE(again != 0);
    desk.reply(ClaimsRead{"old", page({"c", "b"})}, again);
    CHECK(desk.shown() == Ids{"c", "b"});

    desk.reply(EobRead{"old", "c", away}, desk.pick("c"));
    desk.list_says("verified");
    CHECK(desk.number_of<FetchEob>() != 0);
    desk.reply(EobRead{"old", "c", failure(ErrorKind::NotFound, "eob_not_found")},
               desk.number_of<FetchEob>());
    CHECK(desk.claims()->eob.failure->reason == "eob_not_found");
    desk.list_says("verified");
    CHECK(desk.asked<FetchEob>() == nullptr);
    desk.want(Close{});
    CHECK_FALSE(desk.claims()->eob.failure);

    // Closed elsewhere: the list says so.
    desk.reply(EobRead{"old", "b", failure(ErrorKind::NotFound, "case_unknown")}, desk.pick("b"));
    REQUIRE(desk.asked<FetchCases>() != nullptr);
    desk.answer(CasesRead{api::CaseList{{Desk::case_item("new")}}});
    CHECK(desk.at_hand() == nullptr);
    CHECK(desk.cases().said.words.id() == "cases.gone");
}

TEST_CASE("claims: keys alone lead from the record to an EOB, to older claims and back") {
    CallerWithClaims desk;
    Keyboard keys(desk);
    keys.press(ui::alt('L'));
    REQUIRE(desk.asked<FetchClaims>() != nullptr);
    desk.reply(ClaimsRead{"old", page({"c", "b"}, "older")}, desk.number_of<FetchClaims>());
    keys.show();
    keys.press(ui::alt('O'));
    REQUIRE(desk.asked<FetchClaims>() != nullptr);
    desk.reply(ClaimsRead{"old", page({"a"})}, desk.number_of<FetchClaims>());
    keys.show();
    for (int i = 0; i < 20 && desk.at_hand()->lists_claims(); ++i) {
        keys.press(ui::Key::Down);
        keys.press(ui::Key::Select);
        if (desk.claims() == nullptr || !std::holds_alternative<NoDialog>(desk.cases().dialog))
            break;
    }
    REQUIRE(desk.claims() != nullptr);
    CHECK(desk.claims()->opened == "c");
    keys.press(ui::Key::Escape);
    REQUIRE(desk.claims() != nullptr);
    CHECK(desk.at_hand()->lists_claims());
    keys.press(ui::Key::Escape);
    CHECK(desk.claims() == nullptr);
    keys.press(ui::alt('L'));
    CHECK(desk.claims() != nullptr);
    keys.press(ui::alt('L'));
    CHECK(desk.claims() == nullptr);
}
