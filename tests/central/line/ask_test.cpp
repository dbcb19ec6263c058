#include "tests/central/line/line_bench.h"

#include <regex>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

std::string question_reason(LineBench& bench, api::AskCallBack question) {
    auto const asked = bench.kiosk.try_ask(question);
    return asked.has_error() ? asked.error().reason : "";
}

} // namespace

TEST_CASE("line: somebody whose account is locked asks for a call without being signed in") {
    LineBench bench;
    bench.lock(bench.account("alex"));
    auto const asked = must(bench.kiosk.try_ask(bench.kiosk.question("617-555-0142", "account_locked")));
    CHECK(asked.state == "waiting");
    CHECK(asked.place == 1);
    CHECK(asked.to == "(***) ***-**42");
    CHECK(asked.wait_max == 0); // nothing was measured yet
    auto const taken = bench.rep.next();
    CHECK(taken.call_back == asked.call_back);
    CHECK(taken.about == "account_locked");
    CHECK(taken.to == "(***) ***-**42");
    CHECK(taken.ticket.empty());
    auto const cases = bench.rep.list();
    REQUIRE(cases.size() == 1);
    CHECK(cases[0].case_id == taken.case_id);
    CHECK(cases[0].channel == "call_back");
    CHECK(cases[0].reason == "unlock");
    CHECK(cases[0].level.empty()); // a typed number says nothing of who it is
}

TEST_CASE("line: of a member's session the case is identified as that member, and never verified") {
    LineBench bench;
    bench.kiosk.sign_in("alex");
    auto const asked = must(bench.kiosk.try_ask(bench.kiosk.question("", "claim")));
    CHECK(asked.to == "(***) ***-**12"); // on file
    auto const taken = bench.rep.next();
    auto const item = bench.rep.list().at(0);
    CHECK(item.level == "identified");
    CHECK(item.reason == "eob_question");
    CHECK(bench.number("SELECT count(*) FROM case_file WHERE verified_us > 0") == 0);
    CHECK(bench.rep.read_member(taken.case_id).empty());
    // It counts among the records that a rep may open within the hour.
    CHECK(bench.number("SELECT count(*) FROM case_record") == 1);
}

TEST_CASE("line: a card that anybody may have found shows no number and makes nobody its member") {
    LineBench bench;
    bench.kiosk.sign_in("alex", Assurance::Identified);
    SECTION("the number on file is rung, and not shown") {
        auto const asked = must(bench.kiosk.try_ask(bench.kiosk.question("")));
        CHECK(asked.to.empty());
        bench.rep.next();
        CHECK(bench.rep.list().at(0).level == "identified");
    }
    SECTION("another number is nobody's") {
        CHECK(must(bench.kiosk.try_ask(bench.kiosk.question("617 555 0142"))).to == "(***) ***-**42");
        bench.rep.next();
        CHECK(bench.rep.list().at(0).level.empty());
    }
    SECTION("one who may only register is nobody") {
        bench.kiosk.caller().session->may_only_register = true;
        CHECK(bench.kiosk.ask_reason("") == "number_invalid");
    }
}

TEST_CASE("line: what is no number to call is refused, and so is what costs whoever calls it") {
    LineBench bench;
    for (auto const* number :
         {"", "911", "555-0112", "617-555-HELP", "900 555 0112", "617 976 0112", "+44 20 7946 0000",
          "011 44 20 7946 0000", "117 555 0112", "617 155 0112", "611 555 0112", "617 911 0112", "*", "%",
          "617%", "617 555 011_", "617 555 0112; DROP TABLE line_call_back"})
        CHECK(bench.kiosk.ask_reason(number) == "number_invalid");
    CHECK(bench.number("SELECT count(*) FROM line_call_back") == 0);
    auto question = bench.kiosk.question("617 555 0142");
    question.language = "xx";
    CHECK(question_reason(bench, question) == "language_unknown");
    question = bench.kiosk.question("617 555 0142");
    question.about = "unlock me";
    CHECK(question_reason(bench, question) == "about_unknown");
    question = bench.kiosk.question("617 555 0142");
    question.call_back = "1";
    CHECK(question_reason(bench, question) == "call_back_id_invalid");
    // On file there is one that cannot be called.
    bench.facts.members["alex"].phone = "ask my sister";
    bench.kiosk.sign_in("alex");
    CHECK(bench.kiosk.ask_reason("") == "no_number_on_file");
}

TEST_CASE("line: asked again by its id it stands in line once, also when the answer was lost") {
    LineBench bench;
    auto const question = bench.kiosk.question("617 555 0142");
    auto const first = must(bench.kiosk.try_ask(question));
    auto const again = must(bench.kiosk.try_ask(question));
    CHECK(again.place == 1);
    CHECK(again.call_back == first.call_back);
    CHECK(again.to == first.to);
    CHECK(bench.number("SELECT count(*) FROM line_call_back") == 1);
    CHECK(bench.number("SELECT count(*) FROM line_ask") == 1);
    LineKiosk other(bench, "kiosk-2");
    auto const stolen = other.try_ask(question);
    REQUIRE(stolen.has_error());
    CHECK(stolen.error().reason == "call_back_id_invalid");
}

TEST_CASE("line: one person is called once, however often and wherever they ask") {
    LineBench bench;
    LineKiosk other(bench, "kiosk-2");
    bench.kiosk.ask("617 555 0142");
    CHECK(bench.kiosk.ask_reason("(617) 555-0142") == "call_back_waits");
    CHECK(other.ask_reason("1 617 555 0142") == "call_back_waits");
    bench.kiosk.sign_in("alex");
    bench.kiosk.ask("");
    CHECK(bench.kiosk.ask_reason("617 555 0199") == "call_back_waits"); // the same member, another number
    other.sign_in("ana");
    CHECK(other.ask_reason("") == "call_back_waits"); // another member at the same telephone
    // While it is called as well; then it can be asked for anew.
    auto const taken = bench.rep.next();
    bench.kiosk.sign_in("");
    CHECK(bench.kiosk.ask_reason("617 555 0142") == "call_back_waits");
    CHECK(bench.rep.say(taken.call_back, "reached").empty());
    CHECK(bench.kiosk.ask_reason("617 555 0142").empty());
}

TEST_CASE("line: another terminal learns nothing of a place and takes nothing back") {
    LineBench bench;
    LineKiosk other(bench, "kiosk-2");
    auto const id = bench.kiosk.ask("617 555 0142");
    CHECK(other.stands(id) == "call_back_unknown");
    CHECK(other.cancel(id) == "call_back_unknown");
    CHECK(other.stands(make_uuid_v7(bench.clock)) == "call_back_unknown");
    CHECK(other.stands("%") == "call_back_unknown");
    CHECK(bench.kiosk.stands(id) == "waiting 1");
    // Nor does the place say where it rings, once that was told.
    CHECK(bench.kiosk.place(id).to.empty());
}

TEST_CASE("line: a call is taken back once, and not when it has begun") {
    LineBench bench;
    auto const first = bench.kiosk.ask("617 555 0101");
    bench.pass(std::chrono::seconds(1));
    auto const second = bench.kiosk.ask("617 555 0102");
    CHECK(bench.kiosk.cancel(first).empty());
    CHECK(bench.kiosk.cancel(first).empty());
    CHECK(bench.kiosk.stands(first) == "cancelled");
    CHECK(bench.kiosk.stands(second) == "waiting 1");
    CHECK(bench.rep.next().call_back == second);
    CHECK(bench.kiosk.cancel(second) == "call_back_begun");
    CHECK(bench.kiosk.stands(second) == "calling");
}

TEST_CASE("line: so many tries an hour at one kiosk, refused ones among them, and it says when again") {
    LineBench bench;
    bench.kiosk.ask("617 555 0142");
    // Nobody finds out by trying on which numbers wait.
    for (int i = 1; i < terminal_hour_asks_max; ++i)
        CHECK(bench.kiosk.ask_reason("617 555 0142") == "call_back_waits");
    auto const full = bench.kiosk.try_ask(bench.kiosk.question("617 555 0143"));
    REQUIRE(full.has_error());
    CHECK(full.error().reason == "call_backs_terminal_full");
    CHECK(full.error().retry_after_s > 3500);
    CHECK(full.error().retry_after_s <= 3601);
    LineKiosk other(bench, "kiosk-2");
    CHECK(other.ask_reason("617 555 0143").empty());
    bench.pass(std::chrono::hours(1));
    CHECK(bench.kiosk.ask_reason("617 555 0144").empty());
}

TEST_CASE("line: a number is not rung all day, and not again where somebody said that it was wrong") {
    LineBench bench;
    SECTION("often enough") {
        for (int i = 0; i < number_day_calls_max; ++i) {
            auto const id = bench.kiosk.ask("617 555 0142");
            CHECK(bench.kiosk.cancel(id).empty());
            bench.pass(std::chrono::minutes(5));
        }
        LineKiosk other(bench, "kiosk-2");
        auto const full = other.try_ask(other.question("617 555 0142"));
        REQUIRE(full.has_error());
        CHECK(full.error().reason == "call_backs_number_full");
        CHECK(full.error().retry_after_s > 23 * 3600);
        CHECK(full.error().retry_after_s <= 24 * 3600);
        bench.pass(std::chrono::hours(24));
        CHECK(other.ask_reason("617 555 0142").empty());
    }
    SECTION("a wrong number") {
        auto const id = bench.kiosk.ask("617 555 0142");
        bench.rep.next();
        CHECK(bench.rep.say(id, "wrong_number").empty());
        CHECK(bench.kiosk.stands(id) == "not_reached");
        CHECK(bench.kiosk.ask_reason("617 555 0142") == "call_backs_number_full");
    }
}

TEST_CASE("line: it is not made longer than a desk can ever serve") {
    LineBench bench;
    for (int i = 0; i < line_max; ++i) {
        LineKiosk kiosk(bench, "kiosk-" + std::to_string(i / 10));
        REQUIRE(kiosk.ask_reason(LineBench::number_of(i)).empty());
    }
    LineKiosk kiosk(bench, "kiosk-last");
    CHECK(kiosk.ask_reason(LineBench::number_of(9000)) == "line_full");
    CHECK(bench.rep.line().waiting == line_max);
    CHECK(bench.rep.line().items.size() == static_cast<std::size_t>(WaitingLine::listed_max));
}

TEST_CASE("line: no number stands in the audit, in the store as text, or after the call has ended") {
    LineBench bench;
    bench.kiosk.sign_in("alex");
    auto const id = bench.kiosk.ask("617 555 0142");
    CHECK(bench.rep.next().call_back == id);
    CHECK(bench.number("SELECT count(*) FROM line_call_back WHERE length(number_sealed) > 0") == 1);
    CHECK(bench.rep.say(id, "reached").empty());
    CHECK(bench.number("SELECT count(*) FROM line_call_back WHERE length(number_sealed) > 0") == 0);
    CHECK(bench.number("SELECT count(*) FROM line_call_back WHERE patient_sealed IS NOT NULL") == 0);
    static std::regex const id_pattern("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    std::vector<std::string> actions;
    for (auto const& record : bench.audited()) {
        // Ids are random, and have any three digits now and then.
        auto const fields = std::regex_replace(api::to_json(record.fields), id_pattern, "");
        CHECK(fields.find("0142") == std::string::npos);
        CHECK(fields.find("617") == std::string::npos);
        if (record.action.find("call_back") != std::string::npos)
            actions.push_back(record.action + " " + record.subject);
    }
    CHECK(actions ==
          std::vector<std::string>{"call_back_asked alex", "call_back_taken alex", "call_back_outcome "});
}
