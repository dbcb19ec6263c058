// The line of one_line_test.cpp, and what must not happen in it.

#include "tests/phone/line_office.h"
#include "tests/support/catch.h"
#include "tests/walk/looks.h"

#include <csignal>

using namespace portico::test;
using namespace std::chrono_literals;

namespace {

using Extensions = std::vector<std::string>;

bool rings_here(Driver& screen) {
    return holds(screen.words(), "Ringing: ");
}

/// A rep takes the next, and the telephone system hears of it only when it comes back.
void take_unheard(LineOffice& office, int calls) {
    office.take_next(office.desk(), calls, 0);
    office.telephones.die();
    office.wait_shows(office.desk(), "line.rings_soon");
}

/// Answers what rings at the first desk, and what stands at the telephone system's queue is dead by then.
void answer_untold(LineOffice& office, HeldSwitch::OnHold& one) {
    office.wait_rings(office.desk(), one);
    office.telephones.die();
    office.answer(office.desk(), one);
    CHECK(office.kept_state(one) == "ringing");
}

void check_put_through_once(LineOffice& office, HeldSwitch::OnHold& one) {
    office.wait("central knows", [&] { return office.kept_state(one) == "put_through"; });
    CHECK(one.rang_at == Extensions{"201"});
}

} // namespace

TEST_CASE("one line: who hangs up on hold, when taken or while it rings has left, and the next is taken") {
    if (!LineOffice::can_run())
        return;
    LineOffice office;
    auto& desk = office.desk();
    auto& on_hold = office.hold("+16175550101");
    auto& taken = office.hold("+16175550102");
    auto& ringing = office.hold("+16175550103");
    auto& patient = office.hold("+16175550104");
    on_hold.caller->hang_up();
    office.wait("who comes after moves up", [&] { return on_hold.is_over() && taken.place == 1; });
    CHECK(office.kept_state(on_hold) == "gone");

    // Before the telephone system has heard that a rep has taken it.
    take_unheard(office, 3);
    taken.caller->hang_up();
    office.wait("the caller has left", [&] { return taken.is_over(); });
    office.telephones.come_back();
    office.wait_shows(desk, "line.hung_up");
    CHECK(office.kept_state(taken) == "gone");
    CHECK(taken.rang_at.empty());

    office.take_next(desk, 2, 0);
    office.wait_rings(desk, ringing);
    ringing.caller->hang_up();
    office.wait("it rings no longer", [&] { return ringing.is_over() && !rings_here(desk); });
    office.wait_gone(desk, "line.rings_soon");
    office.wait_shows(desk, "line.hung_up");
    CHECK(office.kept_state(ringing) == "gone");
    CHECK(ringing.rang_at == Extensions{"201"});
    CHECK(office.count_of("case_file") == 0);

    office.take_next(desk, 1, 0);
    office.answer(desk, patient);
    check_put_through_once(office, patient);
    office.end_call(desk, patient);
    office.wait_line(desk, 0, 0);
    for (auto* one : {&on_hold, &taken, &ringing})
        one->caller->expect_end();
}

TEST_CASE("one line: what a desk does not answer within a minute is in its place again, and a colleague has "
          "it next") {
    if (!LineOffice::can_run())
        return;
    LineOffice office({.second_desk = true, .moves_clock = true});
    auto& desk = office.desk();
    auto& first = office.hold("+16175550101");
    auto& second = office.hold("+16175550102");
    office.take_next(desk, 2, 0);
    office.wait_rings(desk, first);
    office.wait("who comes after moves up", [&] { return second.place == 1; });
    office.pass(61s);
    office.wait("it is in its place", [&] { return first.place == 1 && second.place == 2; });
    CHECK_FALSE(first.is_put_through());
    CHECK(first.waits());
    office.wait_shows(desk, "line.not_put_through");
    office.wait("it rings no longer", [&] { return !rings_here(desk); });
    CHECK(office.kept_state(first) == "waiting");
    // Whose telephone may be the fault gets the next one, and a colleague this one.
    office.take_next(desk, 2, 0);
    office.answer(desk, second);
    office.take_next(office.second_desk(), 1, 0);
    office.answer(office.second_desk(), first);
    CHECK(first.rang_at == Extensions{"201", "202"});
    CHECK(second.rang_at == Extensions{"201"});
    CHECK(office.count_of("case_file") == 2);
    office.end_call(desk, second);
    office.end_call(office.second_desk(), first);
    CHECK(office.kept_state(first) == "put_through");
}

TEST_CASE("one line: what a rep declines is in its place again at once, and a colleague has it next") {
    if (!LineOffice::can_run())
        return;
    LineOffice office({.second_desk = true});
    auto& desk = office.desk();
    auto& one = office.hold("+16175550101");
    auto& other = office.hold("+16175550102");
    office.take_next(desk, 2, 0);
    office.wait_rings(desk, one);
    office.wait("who comes after moves up", [&] { return other.place == 1; });
    desk.key("Ctrl+J");
    office.wait("it is in its place", [&] { return one.place == 1 && other.place == 2; });
    CHECK(one.waits());
    CHECK_FALSE(one.is_put_through());
    office.wait("it rings no longer", [&] { return !rings_here(desk); });
    office.wait_shows(desk, "line.not_put_through");
    CHECK(office.kept_state(one) == "waiting");
    CHECK(office.count_of("case_file") == 0);
    office.take_next(office.second_desk(), 2, 0);
    office.answer(office.second_desk(), one);
    CHECK(one.rang_at == Extensions{"201", "202"});
    office.end_call(office.second_desk(), one);
    // The one who declined it has who comes after.
    office.take_next(desk, 1, 0);
    office.answer(desk, other);
    office.end_call(desk, other);
    CHECK(other.rang_at == Extensions{"201"});
    CHECK(office.kept_state(one) == "put_through");
}

TEST_CASE("one line: a desk lets it ring for the whole minute, by everybody's own clock", "[full]") {
    if (!LineOffice::can_run())
        return;
    LineOffice office({.second_desk = true});
    auto& desk = office.desk();
    auto& one = office.hold("+16175550101");
    office.take_next(desk, 1, 0);
    office.wait_rings(desk, one);
    office.wait(
        "it is in its place", [&] { return one.place == 1 && !one.is_put_through(); }, 180s);
    office.wait("it rings no longer", [&] { return !rings_here(desk); });
    office.wait_shows(desk, "line.not_put_through");
    CHECK(one.waits());
    office.take_next(office.second_desk(), 1, 0);
    office.answer(office.second_desk(), one);
    CHECK(one.rang_at == Extensions{"201", "202"});
    office.end_call(office.second_desk(), one);
}

TEST_CASE("one line: a call to a desk whose telephone is dead is held on, and comes to a colleague",
          "[full]") {
    if (!LineOffice::can_run())
        return;
    LineOffice office({.second_desk = true});
    auto& one = office.hold("+16175550101");
    office.wait_line(office.desk(), 1, 0);
    office.telephone.helper().signal(SIGKILL);
    office.telephone.helper().wait();
    office.wait_shows(office.desk(), "call.telephone_gone");
    office.take_next(office.desk(), 1, 0);
    office.wait("it is put through there", [&] { return one.is_put_through(); });
    CHECK(one.rang_at.empty());
    // The telephone system says at once that nobody is there.
    office.wait("it is in its place", [&] { return one.place == 1 && !one.is_put_through(); });
    CHECK(one.waits());
    office.wait_shows(office.desk(), "line.not_put_through");
    office.take_next(office.second_desk(), 1, 0);
    office.answer(office.second_desk(), one);
    CHECK(one.rang_at == Extensions{"202"});
    office.end_call(office.second_desk(), one);
}

TEST_CASE("one line: the telephone system falls silent and comes back, and nobody is lost or rung twice") {
    if (!LineOffice::can_run())
        return;
    LineOffice office({.moves_clock = true});
    auto& desk = office.desk();
    auto& first = office.hold("+16175550101");
    auto& second = office.hold("+16175550102");
    auto& third = office.hold("+16175550103");
    // Dead since a rep has taken one: who waits is out of the line, and call-backs go on.
    take_unheard(office, 3);
    office.pass(31s);
    office.ask_for_call_back("6175550142");
    CHECK(office.kiosk().shows("call_back_place.next"));
    office.wait_shows(desk, "line.telephone_silent");
    office.wait_line(desk, 0, 1);
    CHECK(first.rang_at.empty());
    office.telephones.come_back();
    office.wait_rings(desk, first);
    office.wait_gone(desk, "line.telephone_silent");
    office.wait("the others are in their places", [&] { return second.place == 1 && third.place == 2; });
    office.wait_words(office.kiosk(), "You are number 3 in line");
    // Dead and back while it rings: it is the same call still.
    office.telephones.die();
    office.telephones.come_back();
    CHECK(office.telephones.tell());
    office.answer(desk, first);
    check_put_through_once(office, first);
    office.end_call(desk, first);
    // Dead when it is answered.
    office.take_next(desk, 2, 1);
    answer_untold(office, second);
    office.telephones.come_back();
    check_put_through_once(office, second);
    office.end_call(desk, second);
    office.wait("the third is next", [&] { return third.place == 1; });
    office.wait_line(desk, 1, 1);
    CHECK(third.rang_at.empty());
    CHECK(office.count_of("line_held_call") == 3);
    office.bench.central({"audit", "verify"});
}

TEST_CASE("one line: central is killed between taken and put through, and when it is answered") {
    if (!LineOffice::can_run())
        return;
    LineOffice office;
    auto& desk = office.desk();
    auto& first = office.hold("+16175550101");
    auto& second = office.hold("+16175550102");
    take_unheard(office, 2);
    office.bench.kill_central();
    office.telephones.come_back();
    office.wait("central is missed", [&] { return office.telephones.untold() > 0; });
    office.wait_shows(desk, "desk.offline");
    CHECK(first.rang_at.empty());
    CHECK(first.waits());
    office.bench.start_central();
    office.wait_rings(desk, first);
    office.wait_gone(desk, "desk.offline");
    // Now when it is answered, and the telephone system has not said so yet.
    answer_untold(office, first);
    office.bench.kill_central();
    office.telephones.come_back();
    CHECK_FALSE(office.telephones.tell());
    office.bench.start_central();
    office.wait_gone(desk, "desk.offline");
    check_put_through_once(office, first);
    CHECK(office.count_of("case_file") == 1);
    office.end_call(desk, first);
    office.take_next(desk, 1, 0);
    office.answer(desk, second);
    check_put_through_once(office, second);
    office.end_call(desk, second);
    CHECK(office.count_of("line_held_call") == 2);
    office.bench.central({"audit", "verify"});
}

TEST_CASE("one line: answers of central that are lost on the way, at each step of a call, do no harm",
          "[full]") {
    if (!LineOffice::can_run())
        return;
    LineOffice office;
    auto& desk = office.desk();
    auto& switch_of_plan = office.telephones;
    // Central has the call in its line, and the telephone system does not hear of it.
    switch_of_plan.die();
    auto& one = switch_of_plan.call_from("+16175550101");
    office.wait("it is held", [&] { return one.waits(); });
    office.lines.lose_next_reply();
    switch_of_plan.come_back();
    CHECK_FALSE(switch_of_plan.tell());
    CHECK(office.lines.take_lost());
    CHECK(office.kept_state(one) == "waiting");
    office.wait("it is told again", [&] { return one.place == 1; });
    // A rep has taken it, and does not hear of it; nor does the telephone system, at first.
    switch_of_plan.tell();
    office.wait_line(desk, 1, 0);
    switch_of_plan.die();
    office.desk_lines.lose_next_reply("POST /v1/line/next");
    desk.key("Alt+J");
    office.wait("central has done it", [&] { return office.kept_state(one) == "ringing"; });
    CHECK(office.desk_lines.take_lost());
    office.lines.lose_next_reply();
    switch_of_plan.come_back();
    CHECK_FALSE(switch_of_plan.tell());
    CHECK(office.lines.take_lost());
    CHECK_FALSE(one.is_put_through());
    // It is told again, and rings once.
    answer_untold(office, one);
    office.lines.lose_next_reply();
    switch_of_plan.come_back();
    CHECK_FALSE(switch_of_plan.tell());
    CHECK(office.lines.take_lost());
    check_put_through_once(office, one);
    CHECK(switch_of_plan.untold() == 3);
    office.end_call(desk, one);
    office.wait_line(desk, 0, 0);
    // And the other way: each message arrives twice, at the same moment.
    office.lines.set_doubling(true);
    auto& other = office.hold("+16175550102");
    office.take_next(desk, 1, 0);
    office.answer(desk, other);
    check_put_through_once(office, other);
    office.end_call(desk, other);
    CHECK(office.count_of("line_held_call") == 2);
    CHECK(office.count_of("case_file") == 2);
    office.bench.central({"audit", "verify"});
}
