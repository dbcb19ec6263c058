#include "agent/app/acts.h"
#include "tests/agent/state_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;

namespace {

api::CallBackTaken a_call(char const* id = "call-1", char const* case_id = "case-1") {
    api::CallBackTaken taken;
    taken.call_back = id;
    taken.case_id = case_id;
    taken.language = "es";
    taken.about = "account_locked";
    taken.to = "(***) ***-**12";
    return taken;
}

/// A rep who makes calls.
struct LineDesk : Desk {
    LineDesk() {
        insert_key();
        type_pin();
        answer(SignedIn{admission({"see_work", "do_work", "open_case"})});
        REQUIRE(screen() == "work");
    }
    /// The list as central has it, with or without a call-back at hand.
    void line(char const* at_hand, std::int64_t waiting = 2) {
        auto const request = app.line.line.request;
        api::WaitingLine read;
        read.waiting = waiting;
        read.at_hand = at_hand;
        happens(LineRead{read}, request, app.session.stamp);
    }
    void take() {
        want(Do{Act::NextCallBack});
        REQUIRE(asked<TakeNext>() != nullptr);
        got(a_call());
    }
    void got(Result<api::CallBackTaken> result) {
        happens(CallBackGot{std::move(result)}, app.line.doing.request, app.session.stamp);
    }
    void said(std::string const& outcome, Result<void> result = ok()) {
        happens(OutcomeSaid{outcome, std::move(result)}, app.line.doing.request, app.session.stamp);
    }
    std::string outcome() const {
        auto const* command = asked<SayOutcome>();
        return command == nullptr ? "" : command->request.call_back + " " + command->request.outcome;
    }
};

Error fails(ErrorKind kind, char const* reason) {
    return error(kind, reason);
}

} // namespace

TEST_CASE("line: the next call-back is taken from the queue by one key, and its case comes to hand") {
    LineDesk desk;
    CHECK(can_do(desk.app, Act::NextCallBack));
    CHECK_FALSE(offered(desk.app, Act::CallReached)); // nothing is taken
    desk.want(Do{Act::NextCallBack});
    CHECK(desk.screen() == "cases");
    REQUIRE(desk.asked<TakeNext>() != nullptr);
    CHECK_FALSE(can_do(desk.app, Act::NextCallBack)); // a second press while the first is under way
    desk.got(a_call());
    REQUIRE(desk.at_hand() != nullptr);
    CHECK(desk.at_hand()->item.case_id == "case-1");
    CHECK(desk.at_hand()->item.channel == "call_back");
    CHECK(desk.at_hand()->item.reason == "unlock");
    CHECK_FALSE(offered(desk.app, Act::NextCallBack)); // one at a time
    CHECK(can_do(desk.app, Act::CallReached));
}

TEST_CASE("line: how it went is said before the case is closed and before the next is taken") {
    LineDesk desk;
    desk.take();
    auto const close = offered(desk.app, Act::CloseCase);
    REQUIRE(close);
    CHECK_FALSE(close->off.empty());
    SECTION("reached: the case goes on") {
        desk.want(Do{Act::CallReached});
        CHECK(desk.outcome() == "call-1 reached");
        desk.said("reached");
        CHECK_FALSE(desk.app.line.taken);
        CHECK(desk.at_hand() != nullptr);
        CHECK(std::holds_alternative<NoDialog>(desk.cases().dialog));
        CHECK(can_do(desk.app, Act::NextCallBack));
    }
    SECTION("nobody answered: its end is offered") {
        desk.want(Do{Act::CallNotAnswered});
        CHECK(desk.outcome() == "call-1 no_answer");
        desk.said("no_answer");
        CHECK(std::holds_alternative<CloseCaseDialog>(desk.cases().dialog));
        CHECK(case_outcomes().at(desk.at_hand()->outcome) == "caller_left");
    }
    SECTION("a wrong number") {
        desk.want(Do{Act::CallWrongNumber});
        CHECK(desk.outcome() == "call-1 wrong_number");
        desk.said("wrong_number");
        CHECK(std::holds_alternative<CloseCaseDialog>(desk.cases().dialog));
    }
    SECTION("given back: handed on") {
        desk.want(Do{Act::GiveCallBack});
        CHECK(desk.outcome() == "call-1 given_back");
        desk.said("given_back");
        CHECK(case_outcomes().at(desk.at_hand()->outcome) == "handed_on");
    }
}

TEST_CASE("line: the end that is offered for one case is not that of another which is opened meanwhile") {
    LineDesk desk;
    desk.happens(WorkRead{Desk::list({Desk::item("b", "finding_disputed", "staff-0001")})},
                 desk.work().list.request, desk.app.session.stamp);
    desk.take();
    desk.want(Do{Act::CallNotAnswered});
    desk.want(Do{Act::ShowWork}); // central has not answered yet
    desk.said("no_answer");
    desk.want(Pick{"b"});
    desk.want(Do{Act::OpenWorkCase});
    desk.happens(WorkCaseGot{"b", api::WorkCaseOpened{"case-9", "dispute", "work"}},
                 desk.work().doing.request, desk.app.session.stamp);
    REQUIRE(desk.screen() == "cases");
    REQUIRE(desk.at_hand()->item.case_id == "case-9");
    CHECK(std::holds_alternative<NoDialog>(desk.cases().dialog));
    desk.want(Continue{});
    CHECK(desk.asked<CloseCase>() == nullptr);
}

TEST_CASE("line: a lost answer leaves the call with the rep, and the same can be said again") {
    LineDesk desk;
    desk.take();
    desk.want(Do{Act::CallReached});
    desk.said("reached", fails(ErrorKind::Unavailable, "central_unreachable"));
    REQUIRE(desk.app.line.taken);
    CHECK(desk.app.line.doing.failure);
    desk.line("call-1");
    CHECK(desk.app.line.taken);
    desk.want(Do{Act::CallReached});
    CHECK(desk.outcome() == "call-1 reached");
    desk.said("reached");
    CHECK_FALSE(desk.app.line.taken);
}

TEST_CASE("line: what central has of how a call went is not said to be in the line again") {
    LineDesk desk;
    desk.take();
    desk.want(Do{Act::CallReached});
    desk.said("reached", fails(ErrorKind::TimedOut, "central_timed_out")); // the answer was lost
    desk.line("");
    CHECK_FALSE(desk.app.line.taken);
    CHECK_FALSE(desk.app.line.went_back);
    CHECK(desk.cases().said.words.id() == "line.done_reached");
    // What was not heard, and went back by itself later, did go back.
    LineDesk other;
    other.take();
    other.want(Do{Act::CallReached});
    other.said("reached", fails(ErrorKind::Unavailable, "central_unreachable"));
    other.line("call-1");
    other.happens(CentralTold{{.event = "work_changed", .ticket = ""}});
    other.line("");
    CHECK(other.app.line.went_back);
}

TEST_CASE("line: an answer of the next one that was lost is found in the list, and gone on with") {
    LineDesk desk;
    desk.want(Do{Act::NextCallBack});
    desk.got(fails(ErrorKind::TimedOut, "central_timed_out"));
    CHECK_FALSE(desk.app.line.taken);
    desk.line("call-1");
    CHECK(desk.app.line.has_unknown());
    CHECK(offered(desk.app, Act::NextCallBack)->label.id() == "act.go_on_call_back");
    desk.take();
    CHECK(desk.app.line.taken);
}

TEST_CASE("line: what went back by itself is no longer the rep's, and the desk says so") {
    LineDesk desk;
    desk.take();
    desk.line("");
    CHECK_FALSE(desk.app.line.taken);
    CHECK(desk.app.line.went_back);
    desk.want(Do{Act::NextCallBack});
    CHECK_FALSE(desk.app.line.went_back);
    desk.got(a_call());
    // Nor is what a colleague has by now.
    desk.want(Do{Act::CallReached});
    desk.said("reached", fails(ErrorKind::NotFound, "call_back_unknown"));
    CHECK_FALSE(desk.app.line.taken);
    CHECK(desk.app.line.went_back);
}

TEST_CASE("line: a list that was asked for before the call was taken takes nothing away") {
    LineDesk desk;
    auto const request = desk.app.line.line.request;
    desk.take();
    desk.happens(LineRead{api::WaitingLine{}}, request, desk.app.session.stamp);
    CHECK(desk.app.line.taken);
}

TEST_CASE("line: nobody due is said, and is no failure") {
    LineDesk desk;
    desk.want(Do{Act::NextCallBack});
    desk.got(fails(ErrorKind::NotFound, "line_empty"));
    CHECK(desk.app.line.empty);
    CHECK(can_do(desk.app, Act::NextCallBack));
}

TEST_CASE("line: it is read at sign-in, on a change and every half minute, by who opens cases alone") {
    LineDesk desk;
    CHECK(desk.app.line.line.waiting());
    desk.line("");
    desk.happens(CentralTold{{.event = "work_changed", .ticket = ""}});
    CHECK(desk.asked<FetchLine>() != nullptr);
    desk.line("");
    desk.pass(refresh_every_s);
    CHECK(desk.asked<FetchLine>() != nullptr);
    desk.app.session.rights = {"see_work"};
    desk.happens(CentralTold{{.event = "work_changed", .ticket = ""}});
    CHECK(desk.asked<FetchLine>() == nullptr);
    CHECK_FALSE(offered(desk.app, Act::NextCallBack));
}

TEST_CASE("line: nothing of a call stays with the next who signs in, and a late reply is dropped") {
    LineDesk desk;
    desk.take();
    desk.want(Do{Act::CallReached});
    auto const request = desk.app.line.doing.request;
    auto const stamp = desk.app.session.stamp;
    desk.want(Do{Act::SignOut});
    CHECK_FALSE(desk.app.line.taken);
    CHECK_FALSE(desk.app.line.line.value);
    desk.happens(OutcomeSaid{"reached", ok()}, request, stamp);
    CHECK_FALSE(desk.app.line.doing.waiting());
}

TEST_CASE("line: without central nothing is offered, and what is at hand stays") {
    LineDesk desk;
    desk.take();
    desk.happens(OnlineChanged{client::Online::No});
    CHECK_FALSE(can_do(desk.app, Act::CallReached));
    CHECK(offered(desk.app, Act::CallReached)->held);
    CHECK(desk.app.line.taken);
    CHECK(desk.at_hand() != nullptr);
}

TEST_CASE("line: who is in the middle of something keeps what they see when the next one comes") {
    LineDesk desk;
    desk.want(Do{Act::NextCallBack});
    desk.want(Do{Act::OpenCase});
    REQUIRE(std::holds_alternative<OpenCaseDialog>(desk.cases().dialog));
    desk.got(a_call());
    CHECK(std::holds_alternative<OpenCaseDialog>(desk.cases().dialog));
    CHECK(desk.at_hand() == nullptr);
    CHECK(desk.app.line.taken);
    // Its case is not at hand: how it went is said there, and the same key leads to it.
    CHECK_FALSE(offered(desk.app, Act::CallReached));
    desk.want(Close{});
    desk.want(Do{Act::NextCallBack});
    CHECK(desk.asked<TakeNext>() == nullptr);
    REQUIRE(desk.at_hand() != nullptr);
    CHECK(desk.at_hand()->item.case_id == "case-1");
    CHECK(can_do(desk.app, Act::CallReached));
    // From the queue as well.
    desk.want(Do{Act::ShowWork});
    desk.want(Do{Act::NextCallBack});
    CHECK(desk.screen() == "cases");
    CHECK(desk.asked<TakeNext>() == nullptr);
}

namespace {

api::CallBackTaken a_held_call() {
    api::CallBackTaken taken;
    taken.call_back = "held-1";
    taken.language = "es";
    taken.kind = "held_call";
    return taken;
}

/// The line as central has it, of a desk that gets calls; what became of the one that was taken.
api::WaitingLine with_calls(char const* at_hand, char const* became) {
    api::WaitingLine line;
    line.waiting = 3;
    line.holding = 2;
    line.telephone = "heard";
    line.takes_calls = true;
    line.at_hand = at_hand;
    line.last_held = *became == '\0' ? "" : "held-1";
    line.last_held_state = became;
    return line;
}

void read_line(LineDesk& desk, api::WaitingLine line) {
    if (!desk.app.line.line.waiting())
        desk.pass(refresh_every_s);
    desk.happens(LineRead{std::move(line)}, desk.app.line.line.request, desk.app.session.stamp);
}

void take_held(LineDesk& desk) {
    read_line(desk, with_calls("", ""));
    desk.want(Do{Act::NextCallBack});
    REQUIRE(desk.asked<TakeNext>() != nullptr);
    desk.got(a_held_call());
}

} // namespace

TEST_CASE("line: a held call that is taken rings here in a moment, and is no case before it is answered") {
    LineDesk desk;
    read_line(desk, with_calls("", ""));
    CHECK(offered(desk.app, Act::NextCallBack)->label.id() == "act.next_in_line");
    take_held(desk);
    CHECK(desk.app.line.rings_soon());
    CHECK(desk.at_hand() == nullptr);
    CHECK(desk.asked<WorkTelephone>() == nullptr);
    CHECK(desk.screen() == "cases");
    // Nobody takes a second one meanwhile, nor says how a call-back went.
    CHECK_FALSE(can_do(desk.app, Act::NextCallBack));
    CHECK(offered(desk.app, Act::NextCallBack)->off.id() == "line.rings_soon");
    CHECK_FALSE(offered(desk.app, Act::CallReached));
    read_line(desk, with_calls("held-1", "ringing"));
    CHECK(desk.app.line.rings_soon());
    read_line(desk, with_calls("", "put_through"));
    CHECK_FALSE(desk.app.line.taken);
    CHECK_FALSE(desk.app.line.not_put_through);
    CHECK_FALSE(desk.app.line.hung_up);
    CHECK_FALSE(desk.app.line.went_back);
    CHECK(can_do(desk.app, Act::NextCallBack));
}

TEST_CASE("line: a held call that went back to its place, or whose caller hung up, is said as that") {
    LineDesk desk;
    take_held(desk);
    SECTION("not put through in time") {
        read_line(desk, with_calls("", "waiting"));
        CHECK(desk.app.line.not_put_through);
        CHECK_FALSE(desk.app.line.hung_up);
    }
    SECTION("a colleague has it by now") {
        read_line(desk, with_calls("", ""));
        CHECK(desk.app.line.not_put_through);
    }
    SECTION("hung up") {
        read_line(desk, with_calls("", "gone"));
        CHECK(desk.app.line.hung_up);
        CHECK_FALSE(desk.app.line.not_put_through);
    }
    CHECK_FALSE(desk.app.line.taken);
    CHECK_FALSE(desk.app.line.went_back);
    desk.want(Do{Act::NextCallBack});
    CHECK_FALSE(desk.app.line.not_put_through);
    CHECK_FALSE(desk.app.line.hung_up);
}

TEST_CASE("line: a held call is given back to its place by one key, and not from the queue") {
    LineDesk desk;
    take_held(desk);
    CHECK(offered(desk.app, Act::GiveCallBack)->label.id() == "act.give_held_call");
    desk.want(Do{Act::ShowWork});
    CHECK_FALSE(offered(desk.app, Act::GiveCallBack)); // the key is the queue's own there
    desk.want(Do{Act::ShowCases});
    desk.want(Do{Act::GiveCallBack});
    CHECK(desk.outcome() == "held-1 given_back");
    SECTION("and is the desk's no more") {
        desk.said("given_back");
        CHECK_FALSE(desk.app.line.taken);
        CHECK(std::holds_alternative<NoDialog>(desk.cases().dialog));
    }
    SECTION("or it was put through meanwhile") {
        desk.said("given_back", fails(ErrorKind::Conflict, "call_back_ended"));
        CHECK_FALSE(desk.app.line.taken);
        CHECK_FALSE(desk.app.line.went_back);
    }
}

TEST_CASE("line: an answer of a held call that was lost is asked for again, and it is no call-back") {
    LineDesk desk;
    desk.want(Do{Act::NextCallBack});
    desk.got(fails(ErrorKind::TimedOut, "central_timed_out"));
    read_line(desk, with_calls("held-1", "ringing"));
    CHECK(desk.app.line.has_unknown());
    CHECK(offered(desk.app, Act::NextCallBack)->label.id() == "act.next_in_line");
    desk.want(Do{Act::NextCallBack});
    desk.got(a_held_call());
    CHECK(desk.app.line.rings_soon());
}
