#include "tests/central/line/line_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

/// One after the other, each a minute later.
std::vector<std::string> ask_for(LineBench& bench, int count) {
    std::vector<std::string> ids;
    for (int i = 0; i < count; ++i) {
        ids.push_back(bench.kiosk.ask(LineBench::number_of(i)));
        bench.pass(std::chrono::minutes(1));
    }
    return ids;
}

} // namespace

TEST_CASE("line: who has waited longest is called first, and everybody moves up") {
    LineBench bench;
    auto const ids = ask_for(bench, 3);
    for (std::size_t i = 0; i < ids.size(); ++i)
        CHECK(bench.kiosk.stands(ids[i]) == "waiting " + std::to_string(i + 1));
    CHECK(bench.rep.next_id() == ids[0]);
    CHECK(bench.kiosk.stands(ids[0]) == "calling");
    CHECK(bench.kiosk.stands(ids[1]) == "waiting 1");
    CHECK(bench.kiosk.stands(ids[2]) == "waiting 2");
    LineRep second(bench, "Cam Rep");
    CHECK(second.next_id() == ids[1]);
    auto const line = second.line();
    CHECK(line.waiting == 1);
    CHECK(line.items.at(0).call_back == ids[2]);
    CHECK(line.at_hand == ids[1]);
    LineRep third(bench, "Dee Rep");
    CHECK(third.next_id() == ids[2]);
    CHECK(LineRep(bench, "Eve Rep").next_id() == "line_empty");
}

TEST_CASE("line: one whom nobody answers rests, keeps its place, and is tried three times") {
    LineBench bench;
    auto const ids = ask_for(bench, 2);
    LineRep second(bench, "Cam Rep");
    for (int tries = 1; tries <= 2; ++tries) {
        auto const taken = bench.rep.next();
        CHECK(taken.call_back == ids[0]);
        CHECK(taken.tries == tries - 1);
        CHECK(bench.rep.say(ids[0], "no_answer").empty());
        CHECK(bench.kiosk.stands(ids[0]) == "resting 1");
        CHECK(bench.kiosk.stands(ids[1]) == "waiting 2");
        CHECK_FALSE(bench.rep.line().items.at(0).rests_until.empty());
        // Who comes after it is called meanwhile; that one gives back, and it stays where it was.
        CHECK(second.next_id() == ids[1]);
        CHECK(second.say(ids[1], "given_back").empty());
        bench.pass(std::chrono::seconds(WaitingLine::rest_s - 1));
        CHECK(LineRep(bench, "Dee Rep").next_id() == ids[1]);
        bench.run("UPDATE line_call_back SET state = 'waiting' WHERE id = '" + ids[1] + "'");
        bench.pass(std::chrono::seconds(1));
        CHECK(bench.kiosk.stands(ids[0]) == "waiting 1");
    }
    CHECK(bench.rep.next_id() == ids[0]);
    CHECK(bench.rep.say(ids[0], "no_answer").empty());
    CHECK(bench.kiosk.stands(ids[0]) == "not_reached");
    CHECK(bench.kiosk.stands(ids[1]) == "waiting 1");
}

TEST_CASE("line: what is given back is a colleague's next one, and one's own again only later") {
    LineBench bench;
    auto const ids = ask_for(bench, 2);
    LineRep second(bench, "Cam Rep");
    CHECK(bench.rep.next_id() == ids[0]);
    CHECK(bench.rep.say(ids[0], "given_back").empty());
    CHECK(bench.rep.next_id() == ids[1]);
    CHECK(bench.rep.say(ids[1], "reached").empty());
    CHECK(bench.rep.next_id() == "line_empty");
    SECTION("a colleague") {
        CHECK(second.next_id() == ids[0]);
    }
    SECTION("where there is no colleague, nobody is lost") {
        bench.pass(std::chrono::minutes(10));
        CHECK(bench.rep.next_id() == ids[0]);
    }
}

TEST_CASE("line: the next one is told again while it is at hand, wherever the rep sits") {
    LineBench bench;
    auto const ids = ask_for(bench, 2);
    auto const first = bench.rep.next();
    auto elsewhere = bench.rep.at_another_desk();
    auto const again = must(elsewhere.ask<&next_call_back>("call_back_taken", {}));
    CHECK(again.call_back == ids[0]);
    CHECK(again.case_id == first.case_id);
    CHECK(bench.number("SELECT count(*) FROM case_file") == 1);
}

TEST_CASE("line: how it went is said once, by who has it, and the same again is no error") {
    LineBench bench;
    auto const ids = ask_for(bench, 1);
    LineRep second(bench, "Cam Rep");
    CHECK(bench.rep.say(ids[0], "reached") == "call_back_unknown"); // not taken
    CHECK(bench.rep.next_id() == ids[0]);
    CHECK(second.say(ids[0], "reached") == "call_back_unknown");
    CHECK(bench.rep.say(ids[0], "maybe") == "outcome_unknown");
    CHECK(bench.rep.say("%", "reached") == "call_back_unknown");
    CHECK(bench.rep.say(ids[0], "reached").empty());
    CHECK(bench.rep.say(ids[0], "reached").empty());
    CHECK(bench.rep.say(ids[0], "no_answer") == "call_back_ended");
    CHECK(bench.kiosk.stands(ids[0]) == "reached");
    CHECK(bench.rep.line().at_hand.empty());
}

TEST_CASE("line: a rep who goes away loses nobody: it is back at its place after its time") {
    LineBench bench;
    auto const ids = ask_for(bench, 2);
    LineRep second(bench, "Cam Rep");
    CHECK(bench.rep.next_id() == ids[0]);
    bench.pass(std::chrono::seconds(WaitingLine::outcome_within_s - 1));
    CHECK(bench.return_overdue() == 0);
    CHECK(second.next_id() == ids[1]);
    CHECK(second.say(ids[1], "reached").empty());
    bench.pass(std::chrono::seconds(1));
    SECTION("by central's own look") {
        CHECK(bench.return_overdue() == 1);
        CHECK(bench.return_overdue() == 0);
        CHECK(bench.kiosk.stands(ids[0]) == "waiting 1");
    }
    SECTION("or by the next one who asks") {
        CHECK(second.next_id() == ids[0]);
        CHECK(bench.rep.say(ids[0], "reached") == "call_back_unknown"); // a colleague's by now
    }
    SECTION("the first one says it late, and nobody is called twice") {
        CHECK(bench.return_overdue() == 1);
        CHECK(bench.rep.say(ids[0], "reached").empty());
        CHECK(second.next_id() == "line_empty");
    }
}

TEST_CASE("line: where the case shows that they have spoken nobody is called a second time") {
    LineBench bench;
    auto const ids = ask_for(bench, 1);
    auto const taken = bench.rep.next();
    bench.pass(std::chrono::minutes(1));
    SECTION("the caller was found") {
        CHECK(bench.rep.identify(says_alex(taken.case_id)).empty());
    }
    SECTION("the case was closed") {
        CHECK(bench.rep.close(taken.case_id).empty());
    }
    bench.pass(std::chrono::seconds(WaitingLine::outcome_within_s));
    CHECK(bench.return_overdue() == 1);
    CHECK(bench.kiosk.stands(ids[0]) == "reached");
    CHECK(LineRep(bench, "Cam Rep").next_id() == "line_empty");
}

TEST_CASE("line: a member's own case proves nothing by being opened") {
    LineBench bench;
    bench.kiosk.sign_in("alex");
    auto const id = bench.kiosk.ask("");
    CHECK(bench.rep.next_id() == id);
    bench.pass(std::chrono::seconds(WaitingLine::outcome_within_s));
    CHECK(bench.return_overdue() == 1);
    CHECK(bench.kiosk.stands(id) == "waiting 1");
}

TEST_CASE("line: nobody calls themselves") {
    LineBench bench;
    LineRep alex(bench, "Alex Sample", PatientId("alex"));
    bench.kiosk.sign_in("alex");
    auto const id = bench.kiosk.ask("");
    CHECK(alex.next_id() == "line_empty");
    CHECK(bench.rep.next_id() == id);
}

TEST_CASE("line: nobody calls their family, which waits for a colleague") {
    LineBench bench;
    bench.cover("alex", "2020-01-01", "S-1");
    bench.cover("robin", "2020-01-01", "S-1");
    LineRep alex(bench, "Alex Sample", PatientId("alex"));
    bench.kiosk.sign_in("robin");
    auto const of_family = bench.kiosk.ask("");
    CHECK(alex.next_id() == "line_empty");
    bench.kiosk.sign_in("");
    auto const of_nobody = bench.kiosk.ask("617 555 0142");
    CHECK(alex.next_id() == of_nobody);
    CHECK(bench.rep.next_id() == of_family);
}

TEST_CASE("line: a rep with as many records or cases as an hour allows takes none, and nobody is lost") {
    LineBench bench;
    bench.kiosk.sign_in("alex");
    auto const id = bench.kiosk.ask("");
    SECTION("records") {
        for (int i = 0; i < 30; ++i) {
            auto member = sample_member("m" + std::to_string(i), {"Mo", "Sample"}, "1970-01-02", "02199",
                                        "N-" + std::to_string(i));
            bench.add(member);
            auto const case_id = bench.rep.open();
            api::IdentifyCaller said;
            said.case_id = case_id;
            said.member_id = member.member_id;
            said.birth_date = "1970-01-02";
            auto const found = bench.rep.identify(said);
            CHECK(bench.rep.close(case_id).empty());
            if (found == "records_hour_full")
                break;
        }
        CHECK(bench.rep.next_id() == "records_hour_full");
    }
    SECTION("cases") {
        for (int i = 0; i < CaseBook::open_max; ++i)
            bench.rep.open();
        CHECK(bench.rep.next_id() == "cases_open_many");
    }
    CHECK(bench.kiosk.stands(id) == "waiting 1");
    CHECK(LineRep(bench, "Cam Rep").next_id() == id);
}

TEST_CASE("line: kiosks where somebody looks at a place are told of each change, and no others") {
    LineBench bench;
    LineKiosk second(bench, "kiosk-2");
    auto const first = bench.kiosk.ask("617 555 0101");
    second.ask("617 555 0102");
    for (auto const* each : {"kiosk-1", "kiosk-2", "kiosk-3"})
        bench.listen(each);
    auto const told = [&] {
        std::string all;
        for (auto const* each : {"kiosk-1", "kiosk-2", "kiosk-3"})
            for (auto const& event : bench.told_at(each))
                all += std::string(each) + " " + event + ";";
        return all;
    };
    std::string const both = "kiosk-1 line_changed;kiosk-2 line_changed;";
    bench.rep.next();
    CHECK(told() == both);
    CHECK(bench.rep.say(first, "no_answer").empty());
    CHECK(told() == both);
    bench.pass(std::chrono::minutes(10));
    bench.rep.next();
    CHECK(told() == both);
    bench.pass(std::chrono::seconds(WaitingLine::outcome_within_s));
    CHECK(bench.return_overdue() == 1);
    CHECK(told() == both);
    CHECK(bench.kiosk.cancel(first).empty());
    CHECK(told() == "kiosk-2 line_changed;"); // the first knows what it asked for itself
    // Nobody looks at a place any more that was asked for so long ago.
    bench.pass(std::chrono::seconds(place_shown_s));
    LineKiosk(bench, "kiosk-3").ask("617 555 0103");
    CHECK(told() == "kiosk-3 line_changed;");
}

TEST_CASE("line: what ended long ago is forgotten, and who waits is not") {
    LineBench bench;
    auto const ids = ask_for(bench, 2);
    CHECK(bench.rep.next_id() == ids[0]);
    CHECK(bench.rep.say(ids[0], "reached").empty());
    bench.pass(std::chrono::hours(24 * 31));
    must(bench.store->write([&](storage::Database& database) {
        return CallBackRows(*bench.vault, bench.clock).forget_ended(database);
    }));
    CHECK(bench.kiosk.stands(ids[0]) == "call_back_unknown");
    CHECK(bench.kiosk.stands(ids[1]) == "waiting 1");
}

TEST_CASE(
    "line: what goes back to its place is in the audit, whoever has looked, and what was reached is not") {
    LineBench bench;
    auto const returned = [&] {
        int count = 0;
        for (auto const& record : bench.audited())
            count += record.action == "call_back_returned" ? 1 : 0;
        return count;
    };
    auto const ids = ask_for(bench, 2);
    LineRep second(bench, "Cam Rep");
    REQUIRE(bench.rep.next_id() == ids[0]);
    auto const worked_on = second.next();
    bench.pass(std::chrono::minutes(1));
    must(second.ask<&close_case>("case_closed", {worked_on.case_id, "resolved", ""}));
    bench.pass(std::chrono::seconds(WaitingLine::outcome_within_s));
    CHECK(LineRep(bench, "Dee Rep").next_id() == ids[0]);
    CHECK(bench.kiosk.stands(ids[1]) == "reached");
    CHECK(returned() == 1);
}
