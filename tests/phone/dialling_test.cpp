#include "tests/phone/phone_bench.h"
#include "tests/phone/tapped_socket.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/process_memory.h"

#include <fstream>
#include <iterator>

using namespace portico;
using namespace portico::test;
using State = PhoneCall::State;

namespace {

constexpr auto number = "+16175550112";
constexpr std::size_t small_program_bytes = 500'000;

using Words = std::vector<std::string>;

bool is_told(PhoneBench& bench, Words const& outcomes) {
    return eventually([&] { return bench.central().outcomes() == outcomes; });
}

bool wait_entry(PhoneBench& bench, std::string const& call, std::string const& entry) {
    return bench.wait([&](TelephoneView const& view) {
        auto const found = std::ranges::find(view.calls, call, &PhoneCall::id);
        return found != view.calls.end() && found->entry == entry;
    });
}

} // namespace

TEST_CASE("dialling: who answers and keys 1 is told to central, and the desk is shown no number") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench({.called = "keys"});
    bench.central().set_number(number);
    auto const id = bench.dial();
    CHECK(bench.desk().dial("a-ticket").has_value()); // an impatient rep
    REQUIRE(bench.wait_state(id, State::Talking));
    REQUIRE(wait_entry(bench, id, "right"));
    CHECK(is_told(bench, {"answered", "confirmed"}));
    for (auto const& each : bench.central().dialled()) {
        CHECK(each.ticket == "a-ticket");
        CHECK(each.call == id);
    }
    CHECK(bench.central().asked_for() == Words{"a-ticket"});
    CHECK(bench.desk().hang_up(id).has_value());
    CHECK(bench.wait_end(id) == "desk");
    CHECK(bench.called().wait() == 0);
    for (auto const& view : bench.told())
        for (auto const& one : view.calls) {
            CHECK(one.from.empty());
            CHECK(one.ticket == "a-ticket");
        }
}

TEST_CASE("dialling: a machine that answers and speaks confirms nothing, nor does another key") {
    if (!PhoneBench::can_run())
        return;
    for (auto const* how : {"machine", "keys2"}) {
        PhoneBench bench({.called = how});
        bench.central().set_number(number);
        auto const id = bench.dial();
        REQUIRE(bench.wait_ever([&](TelephoneView const& view) { // for the seconds that it speaks
            auto const found = std::ranges::find(view.calls, id, &PhoneCall::id);
            return found != view.calls.end() && found->state == State::Talking;
        }));
        CHECK(bench.wait_end(id) == "caller"); // it hangs up when it has spoken
        CHECK(bench.called().wait() == 0);
        CHECK(is_told(bench, {"answered"}));
        for (auto const& view : bench.told())
            for (auto const& one : view.calls)
                CHECK(one.entry.empty());
    }
}

TEST_CASE("dialling: one who is busy or never answers was not there") {
    if (!PhoneBench::can_run())
        return;
    for (auto const* how : {"busy", "never"}) {
        PhoneBench bench({.ring_s = 5, .called = how});
        bench.central().set_number(number);
        CHECK(bench.wait_end(bench.dial()) == "not_answered");
        CHECK(is_told(bench, {"not_answered"}));
        CHECK(bench.called().wait() == 0); // it was given up, and not left ringing
    }
}

TEST_CASE("dialling: the desk hangs up while it rings, and the caller who was talked to is on hold") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench({.called = "never"});
    auto const caller = bench.add_caller();
    auto const talked_to = bench.talk(*caller);
    bench.central().set_number(number);
    auto const id = bench.dial();
    REQUIRE(bench.wait_state(talked_to, State::Held));
    CHECK(bench.call(id).state == State::Dialling);
    CHECK(bench.desk().hang_up(id).has_value());
    CHECK(bench.wait_end(id) == "desk");
    CHECK(is_told(bench, {"not_answered"}));
    CHECK(bench.desk().resume(talked_to).has_value());
    REQUIRE(bench.wait_state(talked_to, State::Talking));
    CHECK(bench.desk().hang_up(talked_to).has_value());
    CHECK(bench.wait_end(talked_to) == "desk");
    caller->expect_end();
}

TEST_CASE("dialling: without a number nobody is called: a ticket that is worth nothing, central away, no "
          "telephone") {
    if (!PhoneBench::can_run())
        return;
    {
        PhoneBench bench({.called = "keys"});
        CHECK(bench.wait_end(bench.dial("worthless")) == "not_dialled");
        bench.central().set_number(number);
        bench.central().set_away(true);
        CHECK(bench.wait_end(bench.dial("away")) == "not_dialled");
        CHECK(bench.desk().dial("no ticket").error().reason == "ticket_invalid");
        bench.central().set_away(false);
        auto const id = bench.dial("good"); // and it can the next moment
        CHECK(bench.wait_state(id, State::Talking));
    }
    PhoneBench bare({.enrolled = false, .called = "keys"});
    CHECK(bare.wait_end(bare.dial()) == "not_dialled");
}

TEST_CASE("dialling: that 1 was keyed is told again while central is away, and a refusal is shown") {
    if (!PhoneBench::can_run())
        return;
    {
        PhoneBench bench({.called = "keys"});
        bench.central().set_number(number);
        bench.central().go_away_after("answered"); // the 1 is keyed a second later, whatever we are at
        auto const id = bench.dial();
        REQUIRE(bench.wait_state(id, State::Talking));
        REQUIRE(wait_entry(bench, id, "central_unreachable"));
        CHECK(bench.central().outcomes() == Words{"answered"});
        bench.central().set_away(false);
        CHECK(wait_entry(bench, id, "right"));
        CHECK(is_told(bench, {"answered", "confirmed"}));
    }
    PhoneBench bench({.called = "keys"});
    bench.central().set_number(number);
    bench.central().refuse_dialled("confirmed");
    auto const id = bench.dial();
    CHECK(wait_entry(bench, id, "code_gone"));
    CHECK(is_told(bench, {"answered", "confirmed"}));
}

TEST_CASE(
    "dialling: a telephone that was taken out of service says so, of a number and of a 1 that was keyed") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench({.called = "keys"});
    bench.central().set_number(number);
    bench.central().withdraw_after("answered");
    auto const id = bench.dial();
    REQUIRE(bench.wait_state(id, State::Talking));
    CHECK(wait_entry(bench, id, "out_of_service"));
    CHECK(is_told(bench, {"answered", "confirmed"}));
    auto const next = bench.dial("another");
    // It is told to have ended, and in the next moment not told of any more.
    CHECK(bench.wait_ever([&](TelephoneView const& view) {
        return std::ranges::any_of(view.calls, [&](PhoneCall const& one) {
            return one.id == next && one.end == "not_dialled" && one.entry == "out_of_service";
        });
    }));
}

TEST_CASE("dialling: the number is in no memory of the desk, not on its socket and in no file, and gone from "
          "the helper") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench({.called = "keys"});
    bench.central().set_number(number);
    bench.close_desk();
    TappedSocket const tap(bench.folder() / "tap.sock", bench.socket());
    Process const desk({program("telephone_desk"), tap.path().string(), "dial"}, bench.folder() / "desk.log",
                       {{"ASAN_OPTIONS", "detect_leaks=0"}});
    desk.wait_for_line("right");
    CHECK(is_told(bench, {"answered", "confirmed"}));
    auto const has = [](pid_t one, std::string const& word) {
        return !found_in_memory(one, {word}, small_program_bytes).empty();
    };
    std::string const digits = "6175550112";
    CHECK(has(desk.pid(), "a-ticket"));    // so that it would be found
    CHECK(has(bench.softphone(), digits)); // which must have it
    CHECK_FALSE(has(desk.pid(), digits));
    CHECK_FALSE(has(bench.helper().pid(), digits));
    CHECK(tap.said().find("\"ticket\":\"a-ticket\"") != std::string::npos);
    CHECK(tap.said().find(digits) == std::string::npos);
    CHECK(found_in_files((bench.folder() / "run").string(), {digits}).empty());
    std::ifstream log(bench.folder() / "phone.log");
    REQUIRE(log);
    CHECK(std::string(std::istreambuf_iterator<char>(log), {}).find(digits) == std::string::npos);
}
