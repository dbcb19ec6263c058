// One queue for phone calls and call-backs, from end to end: the plan's telephone system holds the callers,
// central puts them in order with those who asked for a call at a kiosk, and a rep takes the next. Every
// program is a real one; the telephone system is a switch of our own (held_switch.h says what of it is real).

#include "tests/phone/line_office.h"
#include "tests/support/catch.h"
#include "tests/walk/looks.h"

using namespace portico::test;

TEST_CASE("one line: callers on hold and call-backs stand in one order, and the key for the next takes them "
          "in it") {
    if (!LineOffice::can_run())
        return;
    LineOffice office({.called = "machine"});
    auto& desk = office.desk();
    auto& kiosk = office.kiosk();
    // Who called, who asked for a call, who called, in this order.
    auto& first = office.hold("+16175550101", "es");
    CHECK(first.place == 1);
    office.ask_for_call_back("6175550142");
    CHECK(holds(kiosk.words(), "You are number 2 in line"));
    auto& last = office.hold("+16175550103");
    CHECK(last.place == 3);
    CHECK(first.place == 1);
    office.wait_line(desk, 2, 1);

    // The first is put through to this desk, rings there, and is a case when it is answered.
    office.take_next(desk, 2, 1);
    office.wait_shows(desk, "line.rings_soon");
    office.wait_rings(desk, first);
    CHECK(first.rang_at == std::vector<std::string>{"201"});
    CHECK(holds(desk.words(), "(617) 555-0101"));
    CHECK(office.count_of("case_file") == 0);
    CHECK(office.kept_state(first) == "ringing");
    office.wait("who comes after moves up", [&] { return last.place == 2; });
    office.wait_shows(kiosk, "call_back_place.next");
    office.answer(desk, first);
    CHECK(office.count_of("case_file") == 1);
    office.wait("central knows", [&] { return office.kept_state(first) == "put_through"; });
    office.end_call(desk, first);
    office.wait_line(desk, 1, 1);

    // Then the call-back: this desk's telephone dials it, and the kiosk says so.
    office.take_next(desk, 1, 1);
    office.wait_shows(desk, "line.call_now");
    office.wait_shows(kiosk, "call_back_place.calling");
    office.wait("the last one is next", [&] { return last.place == 1; });
    CHECK(office.telephone.called().wait() == 0);
    desk.key("Alt+Q");
    office.wait_gone(desk, "line.call_now");
    office.wait_shows(kiosk, "call_back_place.reached");
    office.close_case(desk);

    // Then who called last; this time the rep hangs up, and the caller's call has ended.
    office.take_next(desk, 1, 0);
    office.answer(desk, last);
    office.wait("central knows", [&] { return office.kept_state(last) == "put_through"; });
    desk.key("F10");
    office.wait("the caller's call has ended", [&] { return last.is_over(); });
    last.caller->expect_end();
    office.close_case(desk);
    office.wait_line(desk, 0, 0);

    // Each once, and nothing beside.
    CHECK(first.rang_at == std::vector<std::string>{"201"});
    CHECK(last.rang_at == std::vector<std::string>{"201"});
    CHECK(office.count_of("line_held_call") == 2);
    CHECK(office.count_of("line_call_back WHERE state = 'reached'") == 1);
    CHECK(office.count_of("case_file") == 3);
    CHECK(office.telephones.untold() == 0);
    desk.key("Alt+J");
    office.wait_shows(desk, "line.none_due");
    office.bench.central({"audit", "verify"});
}

TEST_CASE("one line: of two reps who want the next at once each gets another caller, at their own desk") {
    if (!LineOffice::can_run())
        return;
    LineOffice office({.second_desk = true});
    auto& first = office.hold("+16175550101");
    auto& second = office.hold("+16175550102");
    auto& third = office.hold("+16175550103");
    for (auto* screen : {&office.desk(), &office.second_desk()})
        office.wait_line(*screen, 3, 0);
    // A key is done before its call has reached central: the two are under way together.
    office.desk().key("Alt+J");
    office.second_desk().key("Alt+J");
    for (auto* one : {&first, &second})
        office.wait("it rings", [&] { return one->rang_at.size() == 1; });
    CHECK(first.rang_at != second.rang_at);
    CHECK(third.rang_at.empty());
    office.wait("the third is next", [&] { return third.place == 1; });
    bool const in_order = first.rang_at.front() == "201";
    auto& of_first_desk = in_order ? first : second;
    auto& of_second_desk = in_order ? second : first;
    office.answer(office.desk(), of_first_desk);
    office.answer(office.second_desk(), of_second_desk);
    CHECK(office.count_of("case_file") == 2);
    for (auto* one : {&first, &second}) {
        office.wait("it was put through", [&] { return office.kept_state(*one) == "put_through"; });
        CHECK(one->rang_at.size() == 1);
    }
    office.end_call(office.desk(), of_first_desk);
    office.end_call(office.second_desk(), of_second_desk);
    office.take_next(office.second_desk(), 1, 0);
    office.answer(office.second_desk(), third);
    CHECK(third.rang_at == std::vector<std::string>{"202"});
    office.end_call(office.second_desk(), third);
    office.bench.central({"audit", "verify"});
}

TEST_CASE("one line: a rep gives a call back while it rings, it stops, and a colleague takes it", "[full]") {
    if (!LineOffice::can_run())
        return;
    LineOffice office({.second_desk = true});
    auto& desk = office.desk();
    auto& one = office.hold("+16175550101");
    office.take_next(desk, 1, 0);
    office.wait_rings(desk, one);
    desk.key("Alt+G");
    office.wait_shows(desk, "line.done_given_back");
    office.wait("it is in its place", [&] { return one.place == 1 && !one.is_put_through(); });
    office.wait("it rings here no longer", [&] { return !holds(desk.words(), "Ringing: "); });
    CHECK(one.waits());
    office.take_next(office.second_desk(), 1, 0);
    office.answer(office.second_desk(), one);
    CHECK(one.rang_at == std::vector<std::string>{"201", "202"});
    CHECK(office.count_of("case_file") == 1);
    office.end_call(office.second_desk(), one);
}
