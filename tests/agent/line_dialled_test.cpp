#include "tests/agent/ring_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;

namespace {

/// A rep whose desk dials who waits for a call.
struct DialDesk : RingDesk {
    DialDesk() { sign_in_to_cases(); }

    void line_says(char const* at_hand) {
        api::WaitingLine read;
        read.waiting = 1;
        read.at_hand = at_hand;
        happens(LineRead{read}, app.line.line.request, app.session.stamp);
    }
    void take(char const* ticket) {
        want(Do{Act::NextCallBack});
        auto const request = number_of<TakeNext>();
        REQUIRE(request != 0);
        api::CallBackTaken taken;
        taken.call_back = "call-1";
        taken.case_id = "case-1";
        taken.language = "en";
        taken.about = "claim";
        taken.ticket = ticket;
        taken.kind = "call_back";
        reply(CallBackGot{taken}, request);
    }
    /// The telephone has a call by this ticket.
    void stands(char const* ticket, State state = State::Talking) {
        PhoneCall made;
        made.id = "d";
        made.ticket = ticket;
        made.state = state;
        phone.calls.push_back(made);
        tell();
    }
    void sign_out_and_in() {
        want(Do{Act::SignOut});
        sign_in_to_cases();
    }
};

} // namespace

TEST_CASE("line: who is taken is dialled once, and the call is that of its case") {
    DialDesk desk;
    desk.line_says("");
    desk.take("ticket-1");
    CHECK(desk.told() == "dial  ticket-1");
    desk.stands("ticket-1");
    CHECK(desk.at("d")->case_id == "case-1");
}

TEST_CASE("line: who is talked to since before a sign-out is not rung again by who goes on with them") {
    DialDesk desk;
    desk.line_says("");
    desk.take("ticket-1");
    auto const state = GENERATE(State::Talking, State::Dialling, State::Held);
    desk.stands("ticket-1", state);
    desk.sign_out_and_in();
    CHECK(desk.asked<OpenCase>() == nullptr); // it has its case
    // Before the line says whose call it may be, nobody is taken.
    CHECK_FALSE(can_do(desk.app, Act::NextCallBack));
    desk.line_says("call-1");
    CHECK(can_do(desk.app, Act::NextCallBack));
    desk.take("ticket-2");
    CHECK(desk.told().empty());
    CHECK(desk.at("d")->case_id == "case-1");
    CHECK(desk.app.calls.chosen == "d");
    CHECK(can_do(desk.app, Act::CallReached));
}

TEST_CASE("line: after a start of the program, too, and who hung up meanwhile is rung again") {
    DialDesk desk;
    desk.stands("ticket-of-before");
    desk.line_says("call-1");
    SECTION("the call stands") {
        desk.take("ticket-2");
        CHECK(desk.told().empty());
        CHECK(desk.at("d")->case_id == "case-1");
    }
    SECTION("it has ended") {
        desk.is_now("d", State::Ended, "caller");
        desk.take("ticket-2");
        CHECK(desk.told() == "dial  ticket-2");
    }
}

TEST_CASE("line: the call of somebody who worked here before is not taken for that of who is called next") {
    DialDesk desk;
    desk.stands("ticket-of-before");
    desk.line_says("");
    desk.take("ticket-1");
    CHECK(desk.told() == "dial  ticket-1");
    CHECK(desk.at("d")->case_id.empty());
    CHECK(desk.asked<OpenCase>() == nullptr);
    // Whoever is on it is a case when the rep says so.
    desk.app.calls.chosen = "d";
    CHECK(desk.offers(Act::AnswerCall));
}
