#include "agent/screens/verify_ways.h"
#include "tests/agent/keyboard.h"
#include "tests/agent/ring_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;
using namespace std::chrono_literals;

namespace {

/// A caller on the line whose member is found; the record has been read.
struct OnACall : RingDesk {
    explicit OnACall(char const* account = "open") {
        sign_in_to_cases({"see_work", "do_work", "open_case", "unlock_account"});
        rings("a");
        answer_call("a", "one");
        cases_are(listed_with("one", "identified"));
        answer(MemberRead{"one", masked("one", account)});
    }
    static api::VerifyWays ways(char const* text = "", char const* mail = "") {
        return {"one",
                {{"own_session", "", ""},
                 {"text_code", "(***) ***-**12", text},
                 {"mail_code", "a***@e***", mail}}};
    }
    VerifyDialog* dialog() { return std::get_if<VerifyDialog>(&cases().dialog); }
    void open(api::VerifyWays read = ways()) {
        want(Do{Act::VerifyCaller});
        auto const request = number_of<FetchWays>();
        REQUIRE(request != 0);
        reply(WaysRead{"one", std::move(read)}, request);
    }
    /// Asked for; ends before central answers.
    RequestNumber ask() {
        open();
        want(Continue{});
        return number_of<SendCode>();
    }
    void send(int expires_in_s = 300) {
        auto const request = ask();
        REQUIRE(request != 0);
        reply(CodeSent{"one", "a", api::CodeSent{"one", "(***) ***-**12", expires_in_s, 5}}, request);
    }
    void sent_and_keyed_in() {
        send();
        is_now("a", State::Keying);
    }
    void keyed(int digits, char const* entry = "") {
        for (auto& each : phone.calls) {
            each.keyed = digits;
            each.entry = entry;
        }
        tell();
    }
    static api::CaseItem item(char const* level, char const* code, int tries_left = 0, char const* way = "") {
        auto made = case_item("one", level);
        made.code = code;
        made.code_tries_left = tries_left;
        made.verified_way = way;
        return made;
    }
    void list_says(api::CaseItem made) {
        happens(CentralTold{{.event = "case_changed", .ticket = {}}});
        reply(CasesRead{api::CaseList{{std::move(made)}}}, number_of<FetchCases>());
    }
};

std::string why_not(OnACall const& desk, Act act) {
    auto const found = offered(desk.app, act);
    return !found ? "not offered" : std::string(found->off.id());
}

} // namespace

TEST_CASE("code: the ways are read before one is chosen, and a caller on the line is sent a text at once") {
    OnACall desk;
    desk.want(Do{Act::VerifyCaller});
    REQUIRE(desk.dialog() != nullptr);
    CHECK(desk.dialog()->offered().empty());
    auto const request = desk.number_of<FetchWays>();
    desk.want(Continue{});
    CHECK((desk.asked<SendCode>() == nullptr && desk.asked<Verify>() == nullptr));
    desk.reply(WaysRead{"one", OnACall::ways()}, request);
    CHECK(desk.dialog()->way == "text_code");
    desk.want(Continue{});
    REQUIRE(desk.asked<SendCode>() != nullptr);
    CHECK(desk.asked<SendCode>()->request.case_id == "one");
    CHECK(desk.asked<SendCode>()->request.way == "text_code");
    CHECK(desk.asked<SendCode>()->request.call == "a");
    CHECK(desk.dialog() == nullptr);
}

TEST_CASE("code: another way is chosen by its row, also the member's own session") {
    OnACall desk;
    desk.open();
    desk.want(ChooseInCase{CaseChoice::VerifyWay, 0});
    desk.want(Continue{});
    CHECK(desk.asked<Verify>() != nullptr);
    CHECK(desk.asked<SendCode>() == nullptr);
    OnACall other;
    other.open();
    other.want(ChooseInCase{CaseChoice::VerifyWay, 2});
    other.want(Continue{});
    REQUIRE(other.asked<SendCode>() != nullptr);
    CHECK(other.asked<SendCode>()->request.way == "mail_code");
}

TEST_CASE("code: a way that is not possible is not taken, and another is suggested") {
    OnACall desk;
    desk.open(OnACall::ways("changed_lately", "not_set_up"));
    CHECK(desk.dialog()->way == "own_session");
    for (std::size_t row : {1, 2}) {
        desk.want(ChooseInCase{CaseChoice::VerifyWay, row});
        desk.want(Continue{});
        CHECK(desk.asked<SendCode>() == nullptr);
        CHECK(desk.dialog() != nullptr);
    }
}

TEST_CASE("code: it takes a call of this case at a telephone with keys, and the desk says which is missing") {
    OnACall desk;
    auto const text = OnACall::ways().ways[1];
    CHECK(way_hindrance(text, desk.app.calls, "one").empty());
    CHECK(way_hindrance(text, desk.app.calls, "old") == "no_call");
    desk.at("a")->handed_over = true;
    CHECK(way_hindrance(text, desk.app.calls, "one") == "other_telephone");
    desk.at("a")->handed_over = false;
    desk.phone.state = TelephoneReady{.registered = true, .keypad = false};
    desk.tell();
    CHECK(way_hindrance(text, desk.app.calls, "one") == "no_keypad");
    // What central says comes first; in their own session nothing of a telephone is needed.
    CHECK(way_hindrance({"text_code", "", "frozen"}, desk.app.calls, "one") == "frozen");
    CHECK(way_hindrance({"own_session", "", ""}, desk.app.calls, "old").empty());
    desk.open();
    CHECK(desk.dialog()->way == "own_session");
    desk.is_now("a", State::Ended, "caller");
    CHECK(way_hindrance(text, desk.app.calls, "one") == "no_call");
}

TEST_CASE("code: where the ways cannot be read, the member's own session is left") {
    OnACall desk;
    desk.want(Do{Act::VerifyCaller});
    desk.reply(WaysRead{"one", failure(ErrorKind::NotFound, "route_unknown")}, desk.number_of<FetchWays>());
    REQUIRE(desk.dialog() != nullptr);
    CHECK(desk.dialog()->way == "own_session");
    desk.want(Continue{});
    CHECK(desk.asked<Verify>() != nullptr);
}

TEST_CASE("code: the caller keys once it is sent, and not before") {
    OnACall desk;
    auto const request = desk.ask();
    CHECK(desk.told().empty());
    SECTION("sent") {
        desk.reply(CodeSent{"one", "a", api::CodeSent{"one", "(***) ***-**12", 300, 5}}, request);
        CHECK(desk.told() == "start keying a");
        CHECK(desk.at_hand()->item.code == "waiting");
        CHECK(desk.at_hand()->item.code_tries_left == 5);
        CHECK(desk.at_hand()->code.seconds_left == 300);
    }
    SECTION("refused") {
        desk.reply(CodeSent{"one", "a", failure(ErrorKind::TooMany, "codes_hour_full")}, request);
        CHECK(desk.told().empty());
        CHECK(desk.at_hand()->doing.failure);
        CHECK_FALSE(desk.at_hand()->code_waits());
    }
    SECTION("the caller has hung up meanwhile") {
        desk.is_now("a", State::Ended, "caller");
        desk.reply(CodeSent{"one", "a", api::CodeSent{"one", "(***) ***-**12", 300, 5}}, request);
        CHECK(desk.told().empty());
    }
    SECTION("the rep is with another caller") {
        desk.rings("b", "+16175550177");
        desk.answer_call("b", "two");
        desk.reply(CodeSent{"one", "a", api::CodeSent{"one", "(***) ***-**12", 300, 5}}, request);
        CHECK(desk.told().empty());
        CHECK(desk.at_hand()->item.code.empty());
        CHECK(desk.at_hand()->code.to.empty());
    }
}

TEST_CASE("code: the desk shows how many digits came, and nothing in its state could hold which") {
    OnACall desk;
    desk.sent_and_keyed_in();
    desk.keyed(4);
    Keyboard keys(desk);
    std::string all;
    for (auto const& node : keys.stage->frame().nodes)
        all += node.label + "\n" + node.value + "\n";
    INFO(all);
    CHECK(all.find("4 of 6 digits have come") != std::string::npos);
    CHECK(all.find("5 minutes left") != std::string::npos);
    CHECK(all.find("5 tries left") != std::string::npos);
    CHECK(all.find("You do not hear the caller") != std::string::npos);
}

TEST_CASE("code: right is said once, the record is read again, and the caller is heard") {
    OnACall desk;
    desk.sent_and_keyed_in();
    desk.list_says(OnACall::item("verified", "right", 0, "text_code"));
    CHECK(desk.at_hand()->verified());
    CHECK(desk.told() == "stop keying a");
    CHECK(desk.cases().said.words.id() == "code.right");
    CHECK(desk.count<FetchMember>() == 1);
    CHECK(desk.at_hand()->code.until == MonoTime{});
    desk.is_now("a", State::Talking);
    desk.want(Do{Act::Refresh});
    desk.answer(CasesRead{api::CaseList{{OnACall::item("verified", "right", 0, "text_code")}}});
    CHECK(desk.cases().said.words.empty());
}

TEST_CASE("code: a wrong one may be keyed again, until none is left") {
    OnACall desk;
    desk.sent_and_keyed_in();
    desk.list_says(OnACall::item("identified", "wrong", 4));
    CHECK(desk.at_hand()->code_waits());
    CHECK(desk.at_hand()->item.code_tries_left == 4);
    CHECK(desk.told().empty());
    desk.list_says(OnACall::item("identified", "ended"));
    CHECK_FALSE(desk.at_hand()->code_waits());
    CHECK(desk.told() == "stop keying a");
    CHECK(desk.at_hand()->code.until == MonoTime{});
    CHECK(why_not(desk, Act::KeyCode) == "not offered");
    CHECK(why_not(desk, Act::VerifyCaller).empty());
}

TEST_CASE("code: the rep stops the keying and lets the caller key again, and sends another") {
    OnACall desk;
    desk.sent_and_keyed_in();
    desk.want(Do{Act::KeyCode});
    CHECK(desk.told() == "stop keying a");
    desk.is_now("a", State::Talking);
    CHECK(desk.at_hand()->code_waits());
    desk.want(Do{Act::KeyCode});
    CHECK(desk.told() == "start keying a");
    desk.is_now("a", State::Held);
    CHECK(why_not(desk, Act::KeyCode) == "call.resume_first");
    desk.is_now("a", State::Keying);
    desk.open();
    desk.want(Continue{});
    CHECK(desk.asked<SendCode>() != nullptr);
    // The one before counts for nothing from now on.
    CHECK(desk.told() == "stop keying a");
}

TEST_CASE("code: a caller who hangs up while they key leaves a code that nobody can key, and a way on") {
    OnACall desk;
    desk.sent_and_keyed_in();
    desk.keyed(3);
    desk.is_now("a", State::Ended, "caller");
    CHECK(desk.at("a")->call.keyed == 0);
    CHECK(why_not(desk, Act::KeyCode) == "not offered");
    CHECK(why_not(desk, Act::VerifyCaller).empty());
    CHECK(desk.at_hand()->code_waits());
}

TEST_CASE("code: the seconds are counted, and a code that ran out stops the keying") {
    OnACall desk;
    desk.send(3);
    desk.is_now("a", State::Keying);
    REQUIRE(next_deadline(desk.app));
    CHECK(*next_deadline(desk.app) == desk.now.mono + 1s);
    desk.pass(1s);
    CHECK(desk.at_hand()->code.seconds_left == 2);
    desk.pass(2s);
    CHECK(desk.told() == "stop keying a");
    CHECK(desk.at_hand()->item.code == "expired");
    REQUIRE(desk.asked<FetchCases>() != nullptr);
    desk.reply(CasesRead{api::CaseList{{OnACall::item("verified", "right", 0, "text_code")}}},
               desk.number_of<FetchCases>());
    CHECK(desk.at_hand()->verified());
}

TEST_CASE("code: by mail alone it opens no claims, says so, and a stronger proof can be given") {
    OnACall desk("locked");
    desk.sent_and_keyed_in();
    desk.list_says(OnACall::item("verified", "right", 0, "mail_code"));
    desk.reply(MemberRead{"one", Desk::masked("one", "locked")}, desk.number_of<FetchMember>());
    CHECK(desk.at_hand()->verified_by_mail());
    CHECK(why_not(desk, Act::ShowClaims) == "claims.not_by_mail");
    desk.want(Do{Act::ShowClaims});
    CHECK(desk.asked<FetchClaims>() == nullptr);
    // An unlock is asked for: central wants a second yes for it.
    CHECK(why_not(desk, Act::UnlockAccount).empty());
    CHECK(why_not(desk, Act::VerifyCaller).empty());
    desk.send();
    CHECK(desk.told() == "start keying a");
    CHECK(desk.at_hand()->code_waits());
    desk.is_now("a", State::Keying);
    desk.list_says(OnACall::item("verified", "right", 0, "text_code"));
    CHECK(desk.at_hand()->proven());
    CHECK(desk.cases().said.words.id() == "code.right");
    CHECK(desk.told() == "stop keying a");
    OnACall other;
    other.sent_and_keyed_in();
    other.list_says(OnACall::item("verified", "right", 0, "text_code"));
    CHECK(why_not(other, Act::ShowClaims).empty());
    CHECK(why_not(other, Act::VerifyCaller) == "not offered");
}

TEST_CASE("code: a late reply about the ways, or one that names another case, is dropped") {
    OnACall desk;
    desk.want(Do{Act::VerifyCaller});
    auto const request = desk.number_of<FetchWays>();
    desk.want(Close{});
    desk.want(Do{Act::VerifyCaller});
    desk.reply(WaysRead{"one", OnACall::ways()}, request);
    CHECK_FALSE(desk.dialog()->ways.value);
    auto of_another = OnACall::ways();
    of_another.case_id = "old";
    desk.reply(WaysRead{"one", of_another}, desk.dialog()->ways.request);
    CHECK_FALSE(desk.dialog()->ways.value);
    CHECK(desk.dialog()->ways.failure);
}

TEST_CASE("code: twelve keys are enough from the code that is keyed to the unlock, whatever the reason") {
    auto const reason = static_cast<int>(GENERATE(range(0, 4)));
    OnACall desk("locked");
    desk.sent_and_keyed_in();
    desk.keyed(6);
    desk.list_says(OnACall::item("verified", "right", 0, "text_code"));
    desk.reply(MemberRead{"one", Desk::masked("one", "locked")}, desk.number_of<FetchMember>());
    desk.is_now("a", State::Talking);
    Keyboard keys(desk);
    keys.press(ui::alt('U'));
    REQUIRE(desk.asked<FetchLock>() != nullptr);
    desk.reply(LockRead{"one", api::CaseLock{.case_id = "one",
                                             .account = "locked",
                                             .wrong_sign_ins = {{"2026-03-12T00:00:00Z", "pin", "Lobby"}},
                                             .second_yes = ""}},
               desk.number_of<FetchLock>());
    keys.show();
    for (int i = 0; i <= reason; ++i)
        keys.press(ui::Key::Down);
    keys.press(ui::Key::Select);
    keys.press(ui::alt('O'));
    REQUIRE(desk.asked<UnlockAccount>() != nullptr);
    CHECK(desk.asked<UnlockAccount>()->request.reason == unlock_reasons()[static_cast<std::size_t>(reason)]);
    CHECK(keys.pressed <= 12);
}
