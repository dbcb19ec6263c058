#include "tests/central/calls/dial_helper.h"
#include "tests/central/line/line_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

constexpr char const* typed = "617 555 0134";
constexpr char const* number = "+16175550134";

} // namespace

TEST_CASE("line: a desk dials by a ticket, and its telephone alone is told the number") {
    LineBench bench;
    DialHelper phone(bench, TerminalId(bench.phone_of(bench.rep)));
    LineRep other(bench, "Cam Rep");
    DialHelper elsewhere(bench, TerminalId(bench.phone_of(other)));
    bench.kiosk.ask(typed);
    auto const taken = bench.rep.next();
    REQUIRE_FALSE(taken.ticket.empty());
    CHECK(api::to_json(taken).find("5550134") == std::string::npos);
    CHECK(elsewhere.number(taken.ticket) == "ticket_gone");
    CHECK(phone.number(taken.ticket) == number);
    CHECK(phone.says(taken.ticket, "answered").empty());
    // Who has answered, and whether it was the person who waits, the rep says.
    CHECK(bench.kiosk.stands(taken.call_back) == "calling");
    CHECK(bench.rep.say(taken.call_back, "reached").empty());
}

TEST_CASE("line: a desk without a telephone that dials has no ticket") {
    LineBench bench;
    bench.kiosk.ask(typed);
    CHECK(bench.rep.next().ticket.empty());
}

TEST_CASE("line: a number on file that is not to be called is not in the line, and holds nobody up") {
    LineBench bench;
    DialHelper phone(bench, TerminalId(bench.phone_of(bench.rep)));
    for (auto const* on_file : {"+44 20 7946 0000", "900 555 0112", "617-555-0112 x34"}) {
        bench.facts.members["alex"].phone = on_file;
        bench.kiosk.sign_in("alex");
        CHECK(bench.kiosk.ask_reason("") == "no_number_on_file");
    }
    bench.kiosk.sign_in("");
    bench.pass(std::chrono::minutes(1));
    auto const id = bench.kiosk.ask(typed);
    CHECK(bench.rep.next_id() == id);
}

TEST_CASE("line: asked again, there is a new ticket, and the one before tells no number") {
    LineBench bench;
    DialHelper phone(bench, TerminalId(bench.phone_of(bench.rep)));
    bench.kiosk.ask(typed);
    auto const first = bench.rep.next().ticket;
    auto const second = bench.rep.next().ticket;
    CHECK(first != second);
    CHECK(phone.number(first) == "ticket_gone");
    CHECK(phone.number(second) == number);
}

TEST_CASE("line: a ticket of a call that is over, given back or late tells no number") {
    LineBench bench;
    DialHelper phone(bench, TerminalId(bench.phone_of(bench.rep)));
    auto const id = bench.kiosk.ask(typed);
    auto const ticket = bench.rep.next().ticket;
    SECTION("nobody answered another time") {
        CHECK(bench.rep.say(id, "no_answer").empty());
    }
    SECTION("it was given back") {
        CHECK(bench.rep.say(id, "given_back").empty());
    }
    SECTION("it lay too long") {
        bench.pass(std::chrono::seconds(DialTickets::ticket_s + 1));
    }
    CHECK(phone.number(ticket) == "ticket_gone");
}
