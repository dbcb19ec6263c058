#include "shared/devices/virtual/virtual_telephone.h"
#include "tests/support/catch.h"
#include "tests/support/device_watch.h"

using namespace portico;
using namespace portico::test;
using namespace std::chrono_literals;
using State = PhoneCall::State;

namespace {

constexpr auto alex = "+15550100134";
constexpr auto sam = "+15550100177";

struct Desk {
    ManualClock clock{UtcTime{1'000'000s}};
    VirtualTelephone phone{clock};

    std::string ring(std::string const& from) {
        REQUIRE(phone.ring(from).has_value());
        return phone.view().calls.back().id;
    }
    std::string talk(std::string const& from) {
        auto const call = ring(from);
        REQUIRE(phone.answer(call).has_value());
        return call;
    }
    PhoneCall call(std::string const& id) const {
        for (auto const& one : phone.view().calls)
            if (one.id == id)
                return one;
        FAIL("the call is not in the list");
        return {};
    }
    State state(std::string const& id) const { return call(id).state; }
};

/// How each call ended that was told to have.
std::vector<std::string> ends(DeviceWatch<TelephoneView> const& watch) {
    std::vector<std::string> all;
    for (auto const& view : watch.all())
        for (auto const& call : view.calls)
            if (call.state == State::Ended)
                all.push_back(call.from + " " + call.end);
    return all;
}

} // namespace

TEST_CASE("virtual telephone: a call rings, is answered, held, gone on with and hung up") {
    Desk desk;
    DeviceWatch<TelephoneView> watch(desk.phone);
    REQUIRE(desk.phone.ring(alex, "members").has_value());
    auto const first = desk.phone.view().calls.front();
    CHECK(first.from == alex);
    CHECK(first.line == "members");
    CHECK(first.state == State::Ringing);
    CHECK(desk.phone.hold(first.id).has_value()); // does not fit, changes nothing
    CHECK(desk.state(first.id) == State::Ringing);
    CHECK(desk.phone.answer(first.id).has_value());
    CHECK(desk.state(first.id) == State::Talking);
    CHECK(desk.phone.hold(first.id).has_value());
    CHECK(desk.state(first.id) == State::Held);
    CHECK(desk.phone.resume(first.id).has_value());
    CHECK(desk.state(first.id) == State::Talking);
    CHECK(desk.phone.hang_up(first.id).has_value());
    CHECK(desk.phone.view().calls.empty());
    CHECK(ends(watch) == std::vector<std::string>{std::string(alex) + " desk"}); // told once
    CHECK(desk.phone.answer(first.id).has_value());                              // too late, no error
    CHECK(desk.phone.answer("0").error().reason == "call_unknown");
}

TEST_CASE("virtual telephone: of several calls one is talked to, in the order in which they came") {
    Desk desk;
    auto const first = desk.talk(alex);
    auto const second = desk.talk("");
    CHECK(desk.state(first) == State::Held);
    CHECK(desk.state(second) == State::Talking);
    CHECK(desk.phone.start_keying(second).has_value());
    desk.phone.key("12");
    CHECK(desk.phone.resume(first).has_value());
    CHECK(desk.state(second) == State::Held); // and what was keyed is dropped
    CHECK(desk.call(second).keyed == 0);
    CHECK(desk.phone.view().calls.front().id == first);
    CHECK(desk.phone.resume(second).has_value());
    CHECK(desk.phone.start_keying(second).has_value());
    CHECK(desk.call(second).keyed == 0);
    while (desk.phone.view().calls.size() < calls_max)
        desk.ring(sam);
    CHECK(desk.phone.ring(sam).error().reason == "telephone_busy");
}

TEST_CASE("virtual telephone: what is keyed is counted while it is asked for, and central's answer ends it") {
    Desk desk;
    auto const call = desk.talk(alex);
    desk.phone.key("123456"); // nobody has asked
    CHECK(desk.phone.central_answers("right").error().reason == "no_entry");
    CHECK(desk.phone.start_keying(call).has_value());
    CHECK(desk.state(call) == State::Keying);
    desk.phone.key("12");
    CHECK(desk.call(call).keyed == 2);
    desk.phone.key("*123#");
    CHECK(desk.call(call).keyed == 0);
    CHECK(desk.phone.central_answers("right").error().reason == "no_entry");
    desk.phone.key("1234569");
    CHECK(desk.call(call).keyed == 6);
    CHECK(desk.phone.central_answers("maybe").error().reason == "outcome_unknown");
    CHECK(desk.phone.central_answers("wrong").has_value());
    CHECK(desk.state(call) == State::Keying);
    CHECK(desk.call(call).entry == "wrong");
    CHECK(desk.call(call).keyed == 0);
    desk.phone.key("1");
    CHECK(desk.call(call).entry.empty());
    desk.phone.key("23456");
    CHECK(desk.phone.central_answers("right").has_value());
    CHECK(desk.state(call) == State::Talking);
    CHECK(desk.call(call).entry == "right");
    CHECK(desk.phone.start_keying(call).has_value());
    desk.phone.key("123456");
    CHECK(desk.phone.stop_keying(call).has_value());
    CHECK(desk.phone.central_answers("right").error().reason == "no_entry");
}

TEST_CASE("virtual telephone: callers give up, lines break, a call is handed on, the telephone goes") {
    Desk desk;
    DeviceWatch<TelephoneView> watch(desk.phone);
    desk.ring(alex);
    CHECK(desk.phone.caller_hangs_up(alex).has_value());
    auto const talked = desk.talk(alex);
    CHECK(desk.phone.transfer(talked, "555-0100").error().reason == "number_invalid");
    CHECK(desk.phone.transfer(talked, "+").error().reason == "number_invalid");
    CHECK(desk.phone.transfer(talked, "+15550100199").has_value());
    desk.talk(sam);
    desk.ring(alex);
    CHECK(desk.phone.caller_hangs_up(sam).has_value());
    CHECK(desk.phone.break_line("").has_value());
    CHECK(desk.phone.break_line("").error().reason == "no_call");
    desk.talk(sam);
    desk.phone.unplug();
    auto const told = ends(watch);
    std::vector<std::string> const expected{std::string(alex) + " missed", std::string(alex) + " transferred",
                                            std::string(sam) + " caller", std::string(alex) + " failed",
                                            std::string(sam) + " failed"};
    CHECK(told == expected);
    CHECK(std::get<TelephoneFault>(desk.phone.view().state).error.reason == "telephone_gone");
    CHECK(desk.phone.answer(talked).error().reason == "telephone_gone");
    CHECK(desk.phone.ring(alex).error().reason == "telephone_gone");
    desk.phone.plug();
    CHECK(std::get<TelephoneReady>(desk.phone.view().state).registered);
    desk.phone.unregister();
    CHECK_FALSE(std::get<TelephoneReady>(desk.phone.view().state).registered);
    CHECK(desk.phone.ring(alex).error().reason == "telephone_gone");
}

TEST_CASE("virtual telephone: it dials by a ticket, holds who is talked to, and shows no number") {
    Desk desk;
    auto const caller = desk.talk(alex);
    CHECK(desk.phone.dial("no ticket").error().reason == "ticket_invalid");
    REQUIRE(desk.phone.dial("a-ticket").has_value());
    REQUIRE(desk.phone.dial("a-ticket").has_value()); // an impatient rep
    REQUIRE(desk.phone.view().calls.size() == 2);
    auto const called = desk.phone.view().calls.back();
    CHECK(called.state == State::Dialling);
    CHECK(called.ticket == "a-ticket");
    CHECK(called.from.empty());
    CHECK(desk.state(caller) == State::Held);
    CHECK(desk.phone.called_keys_one("right").error().reason == "no_call"); // nobody has answered
    REQUIRE(desk.phone.called_answers().has_value());
    CHECK(desk.state(called.id) == State::Talking);
    REQUIRE(desk.phone.called_keys_one("right").has_value());
    CHECK(desk.call(called.id).entry == "right");
    CHECK(desk.phone.called_keys_one("yes").error().reason == "outcome_unknown");
    REQUIRE(desk.phone.hang_up(called.id).has_value());
    CHECK(desk.state(caller) == State::Held);
    DeviceWatch<TelephoneView> watch(desk.phone);
    REQUIRE(desk.phone.dial("another").has_value());
    REQUIRE(desk.phone.called_answers("not_answered").has_value());
    CHECK(ends(watch) == std::vector<std::string>{" not_answered"});
    desk.phone.unplug();
    CHECK(desk.phone.dial("third").error().reason == "telephone_gone");
}
