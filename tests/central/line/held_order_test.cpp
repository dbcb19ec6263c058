#include "tests/central/line/held_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

// What a telephone system tells central is an interface of our own. No outside counterpart exists for it:
// these tests hold central to its description, and a real telephone system has not been connected.

TEST_CASE("held calls: calls and call-backs stand in one order, by how long each has waited") {
    HeldBench bench;
    auto const first = bench.kiosk.ask("617 555 0101");
    bench.pass(std::chrono::minutes(1));
    bench.telephone.rings("a");
    bench.pass(std::chrono::minutes(1));
    auto const third = bench.kiosk.ask("617 555 0102");
    bench.pass(std::chrono::minutes(1));
    bench.telephone.rings("b");
    CHECK(bench.telephone.tell_places() == "a:2 b:4");
    CHECK(bench.kiosk.stands(first) == "waiting 1");
    CHECK(bench.kiosk.stands(third) == "waiting 3");
    auto const line = bench.rep.line();
    CHECK(line.waiting == 4);
    CHECK(line.holding == 2);
    CHECK(line.telephone == "heard");
    CHECK(line.takes_calls);
    std::string kinds;
    for (auto const& each : line.items)
        kinds += each.kind + " ";
    CHECK(kinds == "call_back held_call call_back held_call ");
    // Taken in that order, and who comes after moves up.
    CHECK(bench.rep.next_id() == first);
    CHECK(bench.kiosk.stands(third) == "waiting 2");
    CHECK(bench.rep.say(first, "reached").empty());
    auto const held = bench.rep.next();
    CHECK(held.kind == "held_call");
    CHECK(bench.telephone.tell_places() == "a:to 201 b:2");
    CHECK(bench.kiosk.stands(third) == "waiting 1");
}

TEST_CASE("held calls: one that a rep takes is put through to the extension of the desk, without a case") {
    HeldBench bench;
    bench.telephone.rings("a");
    bench.telephone.tell();
    auto const taken = bench.rep.next();
    CHECK(taken.kind == "held_call");
    CHECK(taken.language == "es");
    CHECK(taken.case_id.empty());
    CHECK(taken.ticket.empty());
    CHECK(taken.to.empty());
    CHECK(bench.number("SELECT count(*) FROM case_file") == 0);
    CHECK(bench.rep.line().at_hand == taken.call_back);
    CHECK(bench.rep.line().last_held_state == "ringing");
    // Told as often as it is asked, also to who asks for the next one again.
    CHECK(bench.telephone.tell_places() == "a:to 201");
    CHECK(bench.telephone.tell_places() == "a:to 201");
    CHECK(bench.rep.next_id() == taken.call_back);
    bench.telephone.left("a");
    CHECK(bench.telephone.tell_places().empty());
    CHECK(bench.state_of("a") == "put_through");
    auto const line = bench.rep.line();
    CHECK(line.at_hand.empty());
    CHECK(line.last_held == taken.call_back);
    CHECK(line.last_held_state == "put_through");
    CHECK(bench.rep.say(taken.call_back, "given_back") == "call_back_ended");
    CHECK(bench.rep.next_id() == "line_empty");
}

TEST_CASE("held calls: a desk without an extension gets call-backs alone, in their order") {
    HeldBench bench;
    LineRep without(bench, "Cam Rep");
    bench.telephone.rings("a");
    bench.telephone.tell();
    CHECK(without.next_id() == "line_empty");
    CHECK_FALSE(without.line().takes_calls);
    bench.pass(std::chrono::minutes(1));
    auto const asked = bench.kiosk.ask("617 555 0101");
    CHECK(without.next_id() == asked);
    bench.telephone.tell(); // a minute of silence takes its calls out of the line
    CHECK(bench.rep.next().kind == "held_call");
}

TEST_CASE("held calls: one that is not put through within a minute goes back to its place, for a colleague") {
    HeldBench bench;
    bench.telephone.rings("a");
    bench.pass(std::chrono::seconds(1));
    auto const asked = bench.kiosk.ask("617 555 0101");
    bench.telephone.tell();
    auto const taken = bench.rep.next();
    bench.pass(std::chrono::seconds(30));
    CHECK(bench.telephone.tell_places() == "a:to 201");
    bench.pass(std::chrono::seconds(29));
    bench.telephone.tell();
    CHECK(bench.return_unconnected() == 0);
    bench.pass(std::chrono::seconds(1));
    CHECK(bench.return_unconnected() == 1);
    CHECK(bench.return_unconnected() == 0);
    CHECK(bench.telephone.tell_places() == "a:1");
    CHECK(bench.kiosk.stands(asked) == "waiting 2");
    CHECK(bench.rep.line().at_hand.empty());
    CHECK(bench.rep.line().last_held_state == "waiting");
    // Whose telephone may be the fault gets the next one first.
    CHECK(bench.rep.next_id() == asked);
    LineRep second(bench, "Cam Rep");
    give_extension(bench, second, "202");
    CHECK(second.next_id() == taken.call_back);
    CHECK(bench.telephone.tell_places() == "a:to 202");
    CHECK(bench.rep.line().last_held.empty());
}

TEST_CASE("held calls: where there is no colleague, what was not put through comes again after two minutes") {
    HeldBench bench;
    bench.telephone.rings("a");
    bench.telephone.tell();
    auto const taken = bench.rep.next();
    bench.pass(std::chrono::seconds(WaitingLine::connect_within_s));
    bench.telephone.tell();
    CHECK(bench.rep.next_id() == "line_empty");
    bench.pass(std::chrono::minutes(2));
    bench.telephone.tell();
    CHECK(bench.rep.next_id() == taken.call_back);
}

TEST_CASE("held calls: one that the system says was put through is not overdue, however late it says so") {
    HeldBench bench;
    bench.telephone.rings("a");
    bench.telephone.tell();
    bench.rep.next();
    bench.telephone.tell();
    bench.pass(std::chrono::seconds(WaitingLine::connect_within_s + 5));
    bench.telephone.left("a");
    bench.telephone.tell();
    CHECK(bench.state_of("a") == "put_through");
}

TEST_CASE("held calls: a caller who hangs up leaves the line, also one whom a rep has just taken") {
    HeldBench bench;
    bench.telephone.rings("a");
    bench.telephone.rings("b");
    bench.telephone.tell();
    bench.telephone.left("b");
    CHECK(bench.telephone.tell_places() == "a:1");
    CHECK(bench.state_of("b") == "gone");
    // The system was never told where to: it cannot have put this one through.
    auto const taken = bench.rep.next();
    bench.telephone.left("a");
    bench.telephone.tell();
    CHECK(bench.state_of("a") == "gone");
    CHECK(bench.rep.line().last_held == taken.call_back);
    CHECK(bench.rep.line().last_held_state == "gone");
    CHECK(bench.rep.line().waiting == 0);
}

TEST_CASE("held calls: a rep gives a call back to its place, once, and says nothing else of it") {
    HeldBench bench;
    LineRep second(bench, "Cam Rep");
    give_extension(bench, second, "202");
    bench.telephone.rings("a");
    bench.telephone.tell();
    auto const taken = bench.rep.next();
    CHECK(second.say(taken.call_back, "given_back") == "call_back_unknown");
    for (auto const* outcome : {"reached", "no_answer", "wrong_number"})
        CHECK(bench.rep.say(taken.call_back, outcome) == "outcome_unknown");
    CHECK(bench.rep.say(taken.call_back, "given_back").empty());
    CHECK(bench.rep.say(taken.call_back, "given_back").empty());
    CHECK(bench.telephone.tell_places() == "a:1");
    CHECK(bench.rep.next_id() == "line_empty");
    CHECK(second.next_id() == taken.call_back);
    CHECK(bench.rep.say(taken.call_back, "given_back") == "call_back_unknown");
}

TEST_CASE("held calls: a call that is told again after all comes back to its place, for a colleague") {
    HeldBench bench;
    bench.telephone.rings("a");
    auto const call = bench.telephone.holds().front();
    bench.pass(std::chrono::minutes(1));
    bench.telephone.rings("b");
    bench.telephone.tell();
    bench.rep.next();
    bench.telephone.tell();
    bench.telephone.left("a");
    bench.telephone.tell();
    CHECK(bench.state_of("a") == "put_through");
    // Nobody answered at the desk: the system has it back.
    bench.telephone.holds().push_back(call);
    CHECK(bench.telephone.tell_places() == "b:2 a:1");
    CHECK(bench.number("SELECT count(*) FROM line_held_call") == 2);
    CHECK(bench.rep.next().language == "es");
    CHECK(bench.telephone.tell_places() == "b:to 201 a:1");
}

TEST_CASE("held calls: a rep who sits down at another desk has the call there") {
    HeldBench bench;
    bench.telephone.rings("a");
    bench.telephone.tell();
    auto const taken = bench.rep.next();
    auto elsewhere = bench.rep.at_another_desk();
    bench.run("INSERT INTO terminal (id, name, program, state, code_expires_us, added_us, enrolled_us,"
              " revoked_us, valid_until_us, extension) VALUES ('" +
              elsewhere.caller().terminal.text() + "', 'Desk', 'agent', 'active', 0, 0, 1, 0, 0, '209')");
    CHECK(must(elsewhere.ask<&next_call_back>("call_back_taken", {})).call_back == taken.call_back);
    CHECK(bench.telephone.tell_places() == "a:to 209");
}
