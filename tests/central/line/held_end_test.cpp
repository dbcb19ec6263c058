#include "shared/api/json.h"
#include "tests/central/line/held_bench.h"
#include "tests/support/places.h"

#include <fstream>
#include <iterator>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

// As in held_order_test.cpp: no outside counterpart exists for this interface. What becomes of a call that
// was put through to a desk, by what the system says of it.

namespace {

/// One that a rep has taken, and that its system was told to put through.
struct Ringing : HeldBench {
    LineRep second{*this, "Cam Rep"};
    std::string id;

    Ringing() {
        give_extension(*this, second, "202");
        telephone.rings("a");
        telephone.tell();
        id = rep.next().call_back;
        CHECK(telephone.tell_places() == "a:to 201");
    }
};

/// What stands in docs/operations.md after `begin`, up to `end`.
std::string documented(std::string const& begin, std::string const& end) {
    std::ifstream file(source_dir() + "/docs/operations.md");
    std::string const page{std::istreambuf_iterator<char>(file), {}};
    auto const from = page.find(begin);
    REQUIRE(from != std::string::npos);
    auto const first = from + begin.size();
    auto const last = page.find(end, first);
    REQUIRE(last != std::string::npos);
    return page.substr(first, last - first);
}

} // namespace

TEST_CASE("held calls: the message and the answer that operators read of are those of the interface") {
    HeldBench bench;
    auto message = must(api::from_json<api::HeldCalls>(documented("/v1/line/calls --json '", "'"),
                                                       api::UnknownFields::Refuse));
    REQUIRE(message.calls.size() == 1);
    CHECK(message.hung_up.value().size() == 1);
    message.calls.front().since = to_rfc3339(bench.clock.now());
    CHECK(must(bench.telephone.try_send(message)).calls.size() == 1);
    auto const places = must(api::from_json<api::HeldCallPlaces>(
        documented("{\"calls\":", "\n\n").insert(0, "{\"calls\":"), api::UnknownFields::Refuse));
    CHECK(places.calls.front().call == message.calls.front().call);
    CHECK(places.again_within_s == TelephoneSystems::heard_within_s);
    CHECK(places.connect_within_s == WaitingLine::connect_within_s);
}

TEST_CASE("held calls: who hangs up while it rings at a desk was not put through, and the desk is told") {
    Ringing bench;
    bench.telephone.hung_up("a");
    bench.telephone.tell();
    CHECK(bench.state_of("a") == "gone");
    CHECK(bench.rep.line().last_held == bench.id);
    CHECK(bench.rep.line().last_held_state == "gone");
    CHECK(bench.rep.line().at_hand.empty());
    CHECK(bench.number("SELECT put_through_us FROM line_held_call") == 0);
    CHECK(bench.fields_of("held_calls_told") == std::vector<std::string>{"added:1", "put_through:0", "gone:0",
                                                                         "added:0", "put_through:0",
                                                                         "gone:1"});
    // Said again, until a message was taken, it is no news.
    auto const told = bench.fields_of("held_calls_told").size();
    bench.telephone.tell();
    CHECK(bench.fields_of("held_calls_told").size() == told);
    CHECK(bench.state_of("a") == "gone");
}

TEST_CASE("held calls: one of which a system says no more than that it left was put through, as before") {
    Ringing bench;
    bench.telephone.left("a");
    bench.telephone.tell();
    CHECK(bench.state_of("a") == "put_through");
}

TEST_CASE("held calls: who hangs up while it rings is measured as nobody who was served") {
    HeldBench bench;
    auto const one = [&](int number, bool hangs_up) {
        auto const call = "call-" + std::to_string(number);
        bench.telephone.rings(call);
        bench.telephone.tell();
        bench.pass(std::chrono::minutes(6));
        bench.telephone.tell();
        bench.rep.next();
        bench.telephone.tell();
        if (hangs_up)
            bench.telephone.hung_up(call);
        else
            bench.telephone.left(call);
        bench.telephone.tell();
    };
    for (int i = 0; i < 12; ++i)
        one(i, true);
    // Nobody has been served yet, whatever rang.
    bench.telephone.rings("waits");
    CHECK(bench.telephone.tell().calls.at(0).wait_max == 0);
    bench.telephone.hung_up("waits");
    for (int i = 12; i < 32; ++i)
        one(i, false);
    CHECK(bench.rep.line().kept_percent == 100);
    // Who waited for longer than was said and hung up as it rang at last is one whom that was not kept to.
    bench.telephone.rings("late");
    auto const most = bench.telephone.tell().calls.at(0).wait_max;
    REQUIRE(most > 0);
    bench.pass(std::chrono::minutes(most) + std::chrono::seconds(1));
    bench.telephone.tell();
    bench.rep.next();
    bench.telephone.tell();
    bench.telephone.hung_up("late");
    bench.telephone.tell();
    CHECK(bench.rep.line().kept_percent == 100 * 10 / 11);
}

TEST_CASE("held calls: that a caller had hung up may be said a moment late, and not when a talk is over") {
    Ringing bench;
    bench.telephone.left("a");
    bench.telephone.tell();
    REQUIRE(bench.state_of("a") == "put_through");
    SECTION("a moment") {
        bench.pass(std::chrono::seconds(59));
        bench.telephone.hung_up("a");
        bench.telephone.tell();
        CHECK(bench.state_of("a") == "gone");
        CHECK(bench.rep.line().last_held_state == "gone");
    }
    SECTION("by a system that says it at the end of each talk") {
        bench.pass(std::chrono::minutes(1));
        bench.telephone.hung_up("a");
        bench.telephone.tell();
        CHECK(bench.state_of("a") == "put_through");
    }
    SECTION("of another system's call") {
        TelephoneSystem other(bench, "switch-2");
        other.hung_up("a");
        other.tell();
        CHECK(bench.state_of("a") == "put_through");
    }
}

TEST_CASE(
    "held calls: a message that says that a caller hung up and is lost is said again, and harms nothing") {
    Ringing bench;
    auto const before = bench.telephone.message();
    bench.telephone.hung_up("a");
    static_cast<void>(bench.telephone.message()); // lost on its way
    // Late, and older than what is known by then.
    bench.telephone.tell();
    CHECK(bench.telephone.send_reason(before) == "calls_outdated");
    CHECK(bench.state_of("a") == "gone");
    // What nobody here knows is no error.
    bench.telephone.hung_up("never-told");
    CHECK(bench.telephone.tell_places().empty());
    // Told as held after all, it is in the line.
    CHECK(bench.telephone.send_reason(
              {bench.telephone.sequence() + 1, {{"a", to_rfc3339(bench.clock.now()), "", ""}}, {}}) == "");
    CHECK(bench.rep.line().holding == 1);
}

TEST_CASE("held calls: one that a desk turns away is in its place at once, and a colleague has it next") {
    Ringing bench;
    bench.pass(std::chrono::seconds(1));
    auto const asked = bench.kiosk.ask("617 555 0101");
    bench.telephone.refused("a", "201");
    CHECK(bench.telephone.tell_places() == "a:1");
    CHECK(bench.state_of("a") == "waiting");
    CHECK(bench.kiosk.stands(asked) == "waiting 2");
    CHECK(bench.rep.line().at_hand.empty());
    CHECK(bench.rep.line().last_held_state == "waiting");
    CHECK(bench.fields_of("held_call_returned") == std::vector<std::string>{"held_call:" + bench.id});
    // Whoever has turned it away has who waits after it.
    CHECK(bench.rep.next_id() == asked);
    CHECK(bench.second.next_id() == bench.id);
    // That word is of the try before: it rings at the colleague's.
    CHECK(bench.telephone.tell_places() == "a:to 202");
    CHECK(bench.telephone.tell_places() == "a:to 202");
    CHECK(bench.fields_of("held_call_returned").size() == 1);
}

TEST_CASE("held calls: a word of an extension where central has not said to put it through changes nothing") {
    Ringing bench;
    bench.telephone.refused("a", "202");
    CHECK(bench.telephone.tell_places() == "a:to 201");
    // Nor one that comes before the system was told where to.
    CHECK(bench.rep.say(bench.id, "given_back").empty());
    REQUIRE(bench.second.next_id() == bench.id);
    CHECK(bench.telephone.tell_places() == "a:to 202");
    CHECK(bench.state_of("a") == "ringing");
    CHECK(bench.telephone.tell_places() == "a:1"); // now it is of this try
}

TEST_CASE("held calls: what is no word of how a call ended is refused with the whole message") {
    HeldBench bench;
    auto const now = to_rfc3339(bench.clock.now());
    auto const refused = [&](api::HeldCalls const& message) { return bench.telephone.send_reason(message); };
    CHECK(refused({7, {{"a", now, "", ""}}, std::vector<std::string>{"a"}}) == "call_id_twice");
    CHECK(refused({7, {}, std::vector<std::string>{"a", "b", "a"}}) == "call_id_twice");
    CHECK(refused({7, {}, std::vector<std::string>{""}}) == "call_id_invalid");
    CHECK(refused({7, {}, std::vector<std::string>{"a b"}}) == "call_id_invalid");
    CHECK(refused({7, {{"a", now, "", "", "2 01"}}, {}}) == "extension_invalid");
    CHECK(refused({7, {{"a", now, "", "", std::string(16, '1')}}, {}}) == "extension_invalid");
    std::vector<std::string> many;
    for (int i = 0; i < 501; ++i)
        many.push_back("call-" + std::to_string(i));
    CHECK(refused({7, {}, many}) == "calls_many");
    CHECK(bench.number("SELECT count(*) FROM line_held_call") == 0);
    many.pop_back();
    CHECK(refused({7, {{"a", now, "", "", ""}}, many}).empty());
    CHECK(bench.rep.line().holding == 1);
}
