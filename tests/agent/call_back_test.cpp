#include "agent/screens/verify_ways.h"
#include "tests/agent/keyboard.h"
#include "tests/agent/ring_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;
using namespace std::chrono_literals;

namespace {

/// A caller on the line whose member is found.
struct OnLine : RingDesk {
    OnLine() {
        sign_in_to_cases({"see_work", "do_work", "open_case", "unlock_account"});
        rings("a");
        answer_call("a", "one");
        cases_are(listed_with("one", "identified"));
        answer(MemberRead{"one", masked("one", "open")});
    }
    static api::VerifyWays ways() {
        return {"one",
                {{"own_session", "", ""},
                 {"totp", "", ""},
                 {"text_code", "(***) ***-**12", "not_set_up"},
                 {"call_back", "(***) ***-**12", ""},
                 {"mail_code", "a***@e***", "not_set_up"}}};
    }
    VerifyDialog& dialog() { return std::get<VerifyDialog>(cases().dialog); }
    void choose(std::string const& way) {
        want(Do{Act::VerifyCaller});
        auto const request = number_of<FetchWays>();
        REQUIRE(request != 0);
        reply(WaysRead{"one", ways()}, request);
        auto const& all = dialog().ways.value->ways;
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i].way == way)
                want(ChooseInCase{CaseChoice::VerifyWay, i});
        REQUIRE(dialog().way == way);
        want(Continue{});
    }
    /// The telephone is told to dial; its call is not there yet.
    void call_back() {
        choose("call_back");
        auto const request = number_of<CallNumberOnFile>();
        REQUIRE(request != 0);
        reply(TicketMade{"one", api::DialTicket{"one", "a-ticket", "(***) ***-**12", 120}}, request);
    }
    void dialling() {
        call_back();
        PhoneCall made;
        made.id = "d";
        made.state = State::Dialling;
        made.ticket = "a-ticket";
        phone.calls.push_back(made);
        is_now("a", State::Held);
    }
    void list_says(char const* level, char const* code, char const* verified_way = "") {
        auto made = case_item("one", level);
        made.code = code;
        made.code_way = "call_back";
        made.verified_way = verified_way;
        happens(CentralTold{{.event = "case_changed", .ticket = {}}});
        reply(CasesRead{api::CaseList{{std::move(made)}}}, number_of<FetchCases>());
    }
};

std::string why_not(OnLine const& desk, std::string const& way) {
    return way_hindrance({way, "", ""}, desk.app.calls, "one");
}

} // namespace

TEST_CASE("call-back: the telephone is told a ticket, and its call is the case's beside the caller's own") {
    OnLine desk;
    desk.call_back();
    CHECK(desk.told() == "dial  a-ticket");
    CHECK(desk.at_hand()->calls_back());
    CHECK_FALSE(desk.at_hand()->code_is_keyed());
    CHECK_FALSE(desk.offers(Act::KeyCode)); // nothing is keyed to central but one key, by itself
    PhoneCall made;
    made.id = "d";
    made.state = State::Dialling;
    made.ticket = "a-ticket";
    desk.phone.calls.push_back(made);
    desk.is_now("a", State::Held);
    CHECK(desk.at("d")->case_id == "one");
    CHECK(desk.at("a")->case_id == "one");
    CHECK(desk.app.calls.of_case("one") == desk.at("d"));
    CHECK(desk.app.calls.chosen == "d");
    CHECK(desk.asked<FetchCandidates>() == nullptr); // whom it calls is known, and not to it
    CHECK(why_not(desk, "call_back") == "called_already");
    CHECK(why_not(desk, "text_code") == "no_call"); // nobody to key it has answered
    desk.is_now("d", State::Talking);
    CHECK(desk.asked<OpenCase>() == nullptr);
    CHECK(desk.at_hand()->item.case_id == "one");
    CHECK(why_not(desk, "text_code").empty());
    desk.list_says("verified", "right", "call_back");
    CHECK(desk.at_hand()->verified());
    CHECK(desk.cases().said.words.id() == std::string_view("call_back.right"));
}

TEST_CASE("call-back: what the telephone says proves nothing here") {
    OnLine desk;
    desk.dialling();
    desk.is_now("d", State::Talking);
    for (auto& each : desk.phone.calls)
        each.entry = "right";
    desk.tell();
    CHECK_FALSE(desk.at_hand()->verified());
    CHECK(desk.asked<FetchCases>() != nullptr); // the list says
}

TEST_CASE("call-back: nobody answered, and the caller's own call is the one of the case again") {
    OnLine desk;
    desk.dialling();
    desk.is_now("d", State::Ended, "not_answered");
    desk.list_says("identified", "unanswered");
    CHECK_FALSE(desk.at_hand()->code_waits());
    CHECK(desk.app.calls.of_case("one") == desk.at("a"));
    CHECK(why_not(desk, "call_back").empty());
    desk.pass(21s);
    CHECK(desk.at("d") == nullptr);
    CHECK(desk.at("a") != nullptr);
}

TEST_CASE("call-back: one that could not be dialled at all ends as it begins") {
    OnLine desk;
    desk.call_back();
    PhoneCall made;
    made.id = "d";
    made.state = State::Ended;
    made.end = "not_dialled";
    made.ticket = "a-ticket";
    desk.phone.calls.push_back(made);
    desk.tell();
    desk.phone.calls.pop_back();
    desk.tell();
    REQUIRE(desk.at("d") != nullptr);
    CHECK_FALSE(desk.at("d")->live());
    CHECK(desk.app.calls.of_case("one") == desk.at("a"));
}

TEST_CASE("call-back: a call by a ticket that this desk did not ask for is no case's") {
    OnLine desk;
    PhoneCall made;
    made.id = "d";
    made.state = State::Dialling;
    made.ticket = "another-ticket";
    desk.phone.calls.push_back(made);
    desk.tell();
    CHECK(desk.at("d")->case_id.empty());
    CHECK(desk.app.calls.chosen == "a");
}

TEST_CASE("call-back: who has turned to another caller rings nobody, and a refusal is said") {
    OnLine desk;
    desk.choose("call_back");
    auto const request = desk.number_of<CallNumberOnFile>();
    desk.reply(TicketMade{"one", error(ErrorKind::Refused, "code_not_possible")}, request);
    CHECK(desk.at_hand()->doing.failure->reason == "code_not_possible");
    CHECK(desk.asked<WorkTelephone>() == nullptr);
    desk.choose("call_back");
    auto const second = desk.number_of<CallNumberOnFile>();
    desk.want(Do{Act::LeaveCase});
    desk.reply(TicketMade{"one", api::DialTicket{"one", "a-ticket", "", 120}}, second);
    CHECK(desk.asked<WorkTelephone>() == nullptr);
    CHECK(desk.app.calls.expected.empty());
}

TEST_CASE("call-back: a telephone that cannot call is said before, and one that did not take it after") {
    OnLine desk;
    desk.phone.state = TelephoneReady{.registered = false, .keypad = true};
    desk.tell();
    CHECK(why_not(desk, "call_back") == "no_telephone");
    desk.phone.state = TelephoneReady{.registered = true, .keypad = false};
    desk.tell();
    CHECK(why_not(desk, "call_back") == "no_telephone");
    desk.phone.state = TelephoneReady{.registered = true, .keypad = true};
    desk.tell();
    CHECK(why_not(desk, "call_back").empty());
    desk.call_back();
    desk.happens(TelephoneFailed{"", error(ErrorKind::Unavailable, "telephone_gone")});
    CHECK(desk.cases().said.words.id() == std::string_view("call_back.not_begun"));
}

TEST_CASE("call-back: a case that is closed lets go of both calls") {
    OnLine desk;
    desk.dialling();
    desk.is_now("d", State::Talking);
    desk.cases_are({});
    CHECK(desk.at("a")->case_id.empty());
    CHECK(desk.at("d")->case_id.empty());
}

TEST_CASE("call-back: the code of the code app is asked for as any code, and keyed in this call") {
    OnLine desk;
    desk.choose("totp");
    auto const* asked = desk.asked<SendCode>();
    REQUIRE(asked != nullptr);
    CHECK(asked->request.way == "totp");
    CHECK(asked->request.call == "a");
    desk.reply(CodeSent{"one", "a", api::CodeSent{"one", "", 300, 5}}, desk.number_of<SendCode>());
    CHECK(desk.told() == "start keying a");
    CHECK(desk.at_hand()->item.code_way == "totp");
    CHECK(desk.at_hand()->code_is_keyed());
}
