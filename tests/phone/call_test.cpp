#include "tests/phone/phone_bench.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"

#include <csignal>

using namespace portico;
using namespace portico::test;
using State = PhoneCall::State;

TEST_CASE("call: it rings with the caller's number, is answered, and the caller hangs up") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench;
    auto const caller = bench.add_caller("+15550100134");
    auto const id = bench.ring(*caller);
    CHECK(bench.call(id).from == "+15550100134");
    CHECK(bench.call(id).line == "members");
    CHECK(bench.desk().answer(id).has_value());
    CHECK(bench.wait_state(id, State::Talking));
    caller->hang_up();
    CHECK(bench.wait_end(id) == "caller");
    caller->expect_end();
    CHECK(bench.desk().hang_up(id).has_value()); // too late, and no error
    CHECK(bench.desk().hang_up("never-was").error().reason == "call_unknown");
}

TEST_CASE("call: the desk hangs up, declines, and misses one that gave up") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench;
    auto const first = bench.add_caller();
    auto const talked = bench.talk(*first);
    CHECK(bench.desk().hang_up(talked).has_value());
    CHECK(bench.wait_end(talked) == "desk");
    first->expect_end();
    auto const second = bench.add_caller();
    auto const declined = bench.ring(*second);
    CHECK(bench.desk().hang_up(declined).has_value());
    CHECK(bench.wait_end(declined) == "desk");
    second->expect_end();
    auto const third = bench.add_caller();
    auto const missed = bench.ring(*third);
    third->give_up();
    CHECK(bench.wait_end(missed) == "missed");
    third->expect_end();
}

TEST_CASE("call: one that nobody answers rings out") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench({.ring_s = 5});
    auto const caller = bench.add_caller();
    CHECK(bench.wait_end(bench.ring(*caller)) == "missed");
}

TEST_CASE("call: a hidden number is none") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench;
    auto const caller = bench.add_caller("anonymous");
    CHECK(bench.call(bench.ring(*caller)).from.empty());
}

TEST_CASE("call: of several each is answered, held, gone on with and ended for itself") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench;
    auto const alex = bench.add_caller("+15550100134");
    auto const sam = bench.add_caller("+15550100177");
    auto const kim = bench.add_caller("+15550100188");
    auto const first = bench.ring(*alex);
    auto const second = bench.ring(*sam);
    auto const third = bench.ring(*kim);
    // The middle one of three that ring, which the softphone of itself does not answer at once.
    CHECK(bench.desk().answer(second).has_value());
    REQUIRE(bench.wait_state(second, State::Talking));
    CHECK(bench.call(first).state == State::Ringing);
    CHECK(bench.call(third).state == State::Ringing);
    CHECK(bench.desk().answer(first).has_value());
    REQUIRE(bench.wait_state(first, State::Talking));
    CHECK(bench.call(second).state == State::Held);
    sam->expect_change(); // held: one asked for while another is under way would be no change of its own
    CHECK(bench.desk().answer(third).has_value());
    REQUIRE(bench.wait_state(third, State::Talking));
    CHECK(bench.desk().resume(second).has_value());
    REQUIRE(bench.wait_state(second, State::Talking));
    CHECK(bench.call(first).state == State::Held);
    CHECK(bench.call(third).state == State::Held);
    sam->expect_change(); // gone on with
    sam->hang_up();
    CHECK(bench.wait_end(second) == "caller");
    CHECK(bench.call(first).state == State::Held);
    CHECK(bench.desk().hang_up(first).has_value());
    CHECK(bench.wait_end(first) == "desk");
    CHECK(bench.call(third).state == State::Held);
    CHECK(bench.desk().resume(third).has_value());
    CHECK(bench.wait_state(third, State::Talking));
    CHECK(bench.desk().hang_up(third).has_value());
    CHECK(bench.wait_end(third) == "desk");
    for (auto const& caller : {alex.get(), sam.get(), kim.get()})
        caller->expect_end();
}

TEST_CASE("call: one is handed to another number, and one that cannot be has failed") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench;
    auto const alex = bench.add_caller();
    auto const moved = bench.talk(*alex);
    CHECK(bench.desk().transfer(moved, "+1;sip:x").error().reason == "number_invalid");
    CHECK(bench.desk().transfer(moved, "+15550100199").has_value());
    CHECK(bench.wait_end(moved) == "transferred");
    alex->expect_end();
    auto const sam = bench.add_caller();
    sam->call_and_refuse_transfers();
    REQUIRE(bench.wait([](TelephoneView const& view) { return view.calls.size() == 1; }));
    auto const stuck = bench.desk().view().calls.front().id;
    CHECK(bench.desk().answer(stuck).has_value());
    REQUIRE(bench.wait_state(stuck, State::Talking));
    CHECK(bench.desk().transfer(stuck, "1999").has_value());
    CHECK(bench.wait_end(stuck) == "failed");
    sam->expect_end();
}

TEST_CASE("call: when the softphone dies its calls have failed, and it is there again") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench;
    auto const caller = bench.add_caller();
    auto const id = bench.talk(*caller);
    auto const old = bench.softphone();
    REQUIRE(old > 0);
    REQUIRE(::kill(old, SIGKILL) == 0);
    CHECK(bench.wait_end(id) == "failed");
    CHECK(bench.wait(
        [](TelephoneView const& view) { return std::holds_alternative<TelephoneReady>(view.state); }));
    CHECK(bench.softphone() != old);
    auto const faults = [&] {
        return std::ranges::count_if(bench.told(), [](TelephoneView const& view) {
            auto const* fault = std::get_if<TelephoneFault>(&view.state);
            return fault != nullptr && fault->error.reason == "telephone_gone";
        });
    };
    CHECK(faults() >= 1);
    auto const again = bench.add_caller();
    bench.talk(*again);
}

TEST_CASE("call: when the helper dies so does the softphone, and the desk finds the next one") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench;
    auto const caller = bench.add_caller();
    auto const id = bench.talk(*caller);
    auto const softphone = bench.softphone();
    bench.helper().signal(SIGKILL);
    CHECK(bench.wait_end(id) == "failed");
    CHECK(bench.wait(
        [](TelephoneView const& view) { return std::holds_alternative<TelephoneFault>(view.state); }));
    CHECK(bench.desk().answer(id).error().reason == "telephone_gone");
    CHECK(eventually([&] { return ::kill(softphone, 0) != 0; }));
    bench.start();
    REQUIRE(bench.wait(
        [](TelephoneView const& view) { return std::holds_alternative<TelephoneReady>(view.state); }));
    auto const again = bench.add_caller();
    CHECK(bench.talk(*again) != id);
}

TEST_CASE("call: a helper that is asked to end takes leave of its callers") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench;
    auto const caller = bench.add_caller();
    auto const id = bench.talk(*caller);
    bench.helper().signal(SIGTERM);
    CHECK(bench.helper().wait() == 0);
    caller->expect_end(); // it was told
    CHECK(bench.wait_end(id) == "failed");
}

TEST_CASE("call: the telephone registers by its password, and says so when that is not taken") {
    if (!PhoneBench::can_run())
        return;
    for (auto const* password : {"opensesame", "closesesame"}) {
        PhoneBench bench({.register_by = password});
        bool const good = std::string(password) == "opensesame";
        CHECK(bench.registrar().wait() == 0); // it was asked, and has answered
        auto const is = [](TelephoneView const& view, bool registered) {
            auto const* ready = std::get_if<TelephoneReady>(&view.state);
            return ready != nullptr && ready->registered == registered;
        };
        CHECK(bench.wait([&](TelephoneView const& view) { return is(view, good); }));
        bool const ever =
            std::ranges::any_of(bench.told(), [&](TelephoneView const& view) { return is(view, true); });
        CHECK(ever == good);
    }
}
