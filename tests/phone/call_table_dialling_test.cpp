#include "tests/phone/table_desk.h"

using namespace portico;
using namespace portico::phone;
using namespace portico::phone::test;

namespace {

/// A desk that dials.
struct Dialling : Desk {
    static constexpr auto ticket = "a-ticket";
    static constexpr auto number = "+16175550112";

    std::string dial(std::string const& by = ticket) {
        table.obey({Do::Dial, {}, by});
        for (auto const& one : table.view().calls)
            if (one.ticket == by)
                return one.id;
        FAIL("the call is not in the list");
        return {};
    }
    void comes(std::string const& of = number, std::string const& by = ticket) {
        table.handle(NumberCame{by, Secret(of)});
    }
    void made(Kind kind, std::string const& sip_id, std::string const& why = {},
              std::string const& to = "sip:+16175550112@192.0.2.1") {
        SoftphoneEvent told;
        told.kind = kind;
        told.account = account;
        told.call = sip_id;
        told.to = to;
        told.why = why;
        table.handle(told);
    }
    Told reported() {
        Told all;
        for (auto const& each : table.take_reports())
            all.push_back(each.outcome);
        return all;
    }
    std::string talks() {
        auto id = dial();
        comes();
        made(Kind::Other, "o");
        made(Kind::Established, "o");
        table.take_commands();
        table.take_reports();
        return id;
    }
};

} // namespace

TEST_CASE("call table: a ticket becomes a number at central, a call, and a word of how it went") {
    Dialling desk;
    auto const other = desk.talk("a");
    auto const id = desk.dial();
    CHECK(desk.call(id).state == State::Dialling);
    auto const wanted = desk.table.take_wanted();
    REQUIRE(wanted.size() == 1);
    CHECK(wanted[0].ticket == "a-ticket");
    CHECK(desk.told().empty()); // who is talked to goes on until there is a number
    desk.dial();
    CHECK(desk.table.take_wanted().empty()); // an impatient rep
    desk.comes();
    CHECK(desk.call(other).state == State::Held);
    CHECK(desk.told() == Told{"hold  a", "dial +16175550112 "});
    desk.comes();
    CHECK(desk.told().empty());
    desk.made(Kind::Other, "o");
    desk.made(Kind::Established, "o");
    CHECK(desk.call(id).state == State::Talking);
    CHECK(desk.call(id).from.empty());
    CHECK(desk.reported() == Told{"answered"});
    desk.press("o", "234567890*#");
    CHECK(desk.reported().empty());
    desk.press("o", "1");
    desk.press("o", "11");
    CHECK(desk.reported() == Told{"confirmed"}); // once
    desk.table.handle(DialReported{"a-ticket", "confirmed", "right"});
    CHECK(desk.call(id).entry == "right");
    desk.event(Kind::Closed, "o", "Connection reset by peer");
    CHECK(desk.call(id).end == "caller");
    CHECK(desk.reported().empty());
    CHECK(desk.told() == Told{"hold  a"});
}

TEST_CASE(
    "call table: a 1 that a caller keys, or that is keyed on hold or before the answer, confirms nothing") {
    Dialling desk;
    auto const caller = desk.talk("a");
    desk.press("a", "1");
    CHECK(desk.reported().empty());
    auto const id = desk.dial();
    desk.comes();
    desk.made(Kind::Other, "o");
    desk.press("o", "1"); // early media
    CHECK(desk.reported().empty());
    desk.made(Kind::Established, "o");
    CHECK(desk.reported() == Told{"answered"});
    desk.table.obey({Do::Resume, caller, {}});
    CHECK(desk.call(id).state == State::Held);
    desk.press("o", "1");
    desk.press("a", "1");
    CHECK(desk.reported().empty());
    desk.table.obey({Do::Resume, id, {}});
    desk.press("a", "1");
    CHECK(desk.reported().empty());
    desk.press("o", "1");
    CHECK(desk.reported() == Told{"confirmed"});
}

TEST_CASE("call table: of one that is dialled it says what came of it, each way it can end") {
    for (auto const& [why, end, report] :
         {std::tuple("486 Busy Here", "not_answered", "not_answered"),
          std::tuple("480 Temporarily Unavailable", "not_answered", "not_answered"),
          std::tuple("603 Decline", "not_answered", "not_answered"),
          std::tuple("404 Not Found", "not_dialled", "failed"),
          std::tuple("Connection timed out", "not_dialled", "failed")}) {
        INFO(why);
        Dialling desk;
        auto const id = desk.dial();
        desk.comes();
        desk.made(Kind::Closed, "o", why); // the first that is told of it
        CHECK(desk.call(id).end == end);
        CHECK(desk.reported() == Told{report});
    }
    Dialling none;
    auto id = none.dial();
    none.comes("");
    CHECK(none.call(id).end == "not_dialled");
    CHECK(none.told().empty());
    CHECK(none.table.forget_ended());
    id = none.dial();
    none.comes();
    auto const commands = none.table.take_commands();
    REQUIRE(commands.size() == 1);
    none.table.handle(SoftphoneResponse{commands[0].token, "ua_connect failed: Invalid argument"});
    CHECK(none.call(id).end == "not_dialled");
}

TEST_CASE(
    "call table: without a number as the telephone is out of service, the call that was wanted says so") {
    Dialling desk;
    auto const id = desk.dial();
    desk.table.handle(NumberCame{Dialling::ticket, {}, true});
    CHECK(desk.call(id).end == "not_dialled");
    CHECK(desk.call(id).entry == "out_of_service");
    auto const next = desk.dial("another");
    desk.table.handle(NumberCame{"another", {}});
    CHECK(desk.call(next).end == "not_dialled");
    CHECK(desk.call(next).entry.empty());
}

TEST_CASE("call table: nobody answers, or the softphone begins nothing: it is given up in time") {
    Dialling desk;
    auto id = desk.dial();
    CHECK_FALSE(desk.table.next_tick()); // central has its own time
    desk.comes();
    desk.made(Kind::Other, "o");
    desk.told();
    desk.clock.advance(60s - 1ms);
    desk.table.tick();
    CHECK(desk.call(id).state == State::Dialling);
    desk.clock.advance(1ms);
    CHECK(*desk.table.next_tick() <= desk.clock.monotonic());
    desk.table.tick();
    CHECK(desk.told() == Told{"hangup  o"});
    CHECK(desk.call(id).end == "not_answered");
    CHECK(desk.reported() == Told{"not_answered"});
    desk.made(Kind::Closed, "o", "487 Request Terminated");
    CHECK(desk.told().empty());
    desk.table.forget_ended();
    id = desk.dial();
    desk.comes();
    desk.told();
    desk.clock.advance(10s);
    desk.table.tick();
    CHECK(desk.call(id).end == "not_dialled");
    desk.made(Kind::Established, "late");
    CHECK(desk.told() == Told{"hangup  late"}); // and rings nobody on
}

TEST_CASE("call table: one that is hung up before it has begun does not come into being later") {
    Dialling desk;
    auto const id = desk.dial();
    desk.table.obey({Do::HangUp, id, {}});
    CHECK(desk.call(id).end == "desk");
    CHECK(desk.reported() == Told{"not_answered"});
    desk.comes();
    CHECK(desk.told().empty());
    desk.table.forget_ended();
    auto const second = desk.dial();
    desk.comes();
    desk.table.obey({Do::HangUp, second, {}});
    desk.table.forget_ended();
    desk.told();
    desk.made(Kind::Other, "o");
    CHECK(desk.told() == Told{"hangup  o"});
    CHECK(desk.table.view().calls.empty());
}

TEST_CASE("call table: a call that the softphone makes to another number is nobody's, and is hung up") {
    Dialling desk;
    auto const id = desk.dial();
    desk.comes();
    desk.told();
    desk.made(Kind::Established, "x", {}, "sip:+19005550112@192.0.2.1");
    CHECK(desk.told() == Told{"hangup  x"});
    CHECK(desk.call(id).state == State::Dialling);
    CHECK(desk.reported().empty());
    desk.made(Kind::Established, "o");
    CHECK(desk.call(id).state == State::Talking);
}

TEST_CASE(
    "call table: one is dialled at a time, in the room there is, and central knows it by its first id") {
    Dialling desk;
    auto const first = desk.dial();
    auto const second = desk.dial("another");
    CHECK(desk.call(second).end == "not_dialled");
    desk.comes();
    desk.made(Kind::Other, "o");
    desk.table.take_reports();
    desk.table.desk_left();
    desk.made(Kind::Established, "o");
    auto const reports = desk.table.take_reports();
    REQUIRE(reports.size() == 1);
    CHECK(reports[0].call == first);
    CHECK(desk.table.view().calls.front().id != first);
    desk.table.forget_ended();
    for (std::size_t i = 1; i < calls_max; ++i)
        desk.ring("r" + std::to_string(i));
    CHECK(desk.call(desk.dial("one too many")).end == "not_dialled");
    // Nobody is left waiting by a softphone that dies.
    desk.table.take_reports();
    Dialling dies;
    dies.dial();
    dies.table.stopped();
    CHECK(dies.reported() == Told{"failed"});
}
