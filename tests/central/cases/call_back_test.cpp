#include "central/cases/call_back_calls.h"
#include "central/cases/desk_words.h"
#include "tests/central/calls/dial_helper.h"
#include "tests/central/cases/code_bench.h"

#include <set>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

struct CalledBack : CodeCall {
    explicit CalledBack(CodeBench& of, std::string const& name = "Robin Rep")
        : CodeCall(of, name), helper(of, phone.caller().terminal) {}
    Result<api::DialTicket> try_ask() { return rep.ask<&call_number_on_file>("case_call_back_asked", {id}); }
    std::string ask_reason() {
        auto const made = try_ask();
        return made.has_error() ? made.error().reason : "";
    }
    std::string ticket() { return must(try_ask()).ticket; }
    /// Dialled and answered.
    std::string answered() {
        auto made = ticket();
        REQUIRE(helper.number(made) == "+16175550112");
        REQUIRE(helper.says(made, "answered").empty());
        return made;
    }
    DialHelper helper;
};

constexpr auto gone = "ticket_gone";

} // namespace

TEST_CASE(
    "call-back: who answers at the number on file and keys 1 is the member, and the number stays unseen") {
    CodeBench bench;
    CalledBack call(bench);
    auto const desk = call.rep.caller().terminal.text();
    auto const made = must(call.try_ask());
    CHECK(made.case_id == call.id);
    CHECK(made.to == "(***) ***-**12");
    CHECK(made.expires_in_s == 120);
    CHECK(made.ticket.size() == 43);
    CHECK(call.item().code == "waiting");
    CHECK(call.item().code_way == "call_back");
    CHECK(call.helper.number(made.ticket) == "+16175550112");
    CHECK(call.helper.number(made.ticket) == "+16175550112"); // its answer was lost
    bench.listen(desk);
    CHECK(call.helper.says(made.ticket, "answered").empty());
    CHECK(bench.told_at(desk) == std::vector<std::string>{"case_changed"});
    CHECK(call.item().level == "identified"); // a machine answers too
    CHECK(call.helper.number(made.ticket) == gone);
    CHECK(call.helper.says(made.ticket, "confirmed").empty());
    CHECK(call.item().level == "verified");
    CHECK(call.item().verified_way == "call_back");
    CHECK(call.item().code == "right");
    CHECK(call.helper.says(made.ticket, "confirmed").empty()); // told once more
    CHECK(call.helper.says(made.ticket, "answered").empty());
    CHECK(call.ask_reason() == "verified_already");
    // As sure as a text: an unlock needs nobody else's yes.
    CHECK(must(call.rep.ask<&case_lock>("case_lock_read", {call.id})).second_yes.empty());
    // In no row, no audit record and no message.
    CHECK(bench.number("SELECT count(*) FROM call_dial WHERE number_sealed IS NOT NULL") == 0);
    for (auto const& record : bench.audited()) {
        auto const text = api::to_json(record.fields);
        CHECK(text.find("5550112") == std::string::npos);
        CHECK(text.find(made.ticket) == std::string::npos);
    }
    auto const records = bench.audited();
    auto const& read = *std::find_if(records.begin(), records.end(),
                                     [](auto const& each) { return each.action == "dial_number_read"; });
    CHECK(read.subject == "alex");
    CHECK(read.terminal == call.phone.caller().terminal.text());
}

TEST_CASE("call-back: a ticket is its desk's, and to everybody else as one that nobody made") {
    CodeBench bench;
    CalledBack call(bench);
    CalledBack other(bench, "Casey Rep");
    auto const ticket = call.ticket();
    CHECK(other.helper.number(ticket) == gone);
    CHECK(other.helper.says(ticket, "answered") == gone);
    for (auto const* none : {"", "x", "0123456789012345678901234567890123456789012"})
        CHECK(call.helper.number(none) == gone);
    // A telephone that was taken out of service is nobody's.
    bench.run("UPDATE terminal SET state = 'revoked' WHERE id = '" + call.phone.caller().terminal.text() +
              "'");
    CHECK(call.helper.number(ticket) == gone);
    bench.run("UPDATE terminal SET state = 'active'");
    // A row that somebody moved to another desk is no ticket there.
    bench.run("UPDATE call_dial SET terminal = '" + other.rep.caller().terminal.text() + "'");
    CHECK(other.helper.number(ticket) == gone);
    CHECK(call.helper.number(ticket) == gone);
    bench.run("UPDATE call_dial SET terminal = '" + call.rep.caller().terminal.text() + "'");
    CHECK(call.helper.number(ticket) == "+16175550112");
}

TEST_CASE("call-back: nobody is believed who has not asked for the number, in one call and in time") {
    CodeBench bench;
    CalledBack call(bench);
    auto ticket = call.ticket();
    CHECK(call.helper.says(ticket, "confirmed") == gone);
    CHECK(call.helper.says(ticket, "answered") == gone);
    CHECK(call.helper.number(ticket) == "+16175550112");
    CHECK(call.helper.says(ticket, "yes") == "dialled_unknown");
    CHECK(call.helper.says(ticket, "answered", "a b") == "call_invalid");
    CHECK(call.helper.says(ticket, "answered").empty());
    CHECK(call.helper.says(ticket, "confirmed", "d-2") == gone); // another call
    CHECK(call.helper.says(ticket, "not_answered") == gone);     // after an answer
    bench.clock.advance(std::chrono::minutes(5));
    CHECK(call.helper.says(ticket, "confirmed") == gone);
    CHECK(call.item().level == "identified");
    CHECK(call.item().code == "expired");
    // Its number, for two minutes.
    ticket = call.ticket();
    bench.clock.advance(std::chrono::minutes(2));
    CHECK(call.helper.number(ticket) == gone);
    ticket = call.ticket(); // and what nobody dialled keeps no number
    CHECK(bench.number("SELECT count(*) FROM call_dial WHERE number_sealed IS NOT NULL") == 1);
    CHECK(call.helper.number(ticket) == "+16175550112");
    bench.clock.advance(std::chrono::minutes(3));
    CHECK(call.helper.says(ticket, "answered") == gone); // nobody rings for so long
    ticket = call.ticket();
    CHECK(call.helper.number(ticket) == "+16175550112");
    bench.clock.step_wall(-std::chrono::minutes(1));
    CHECK(call.helper.says(ticket, "answered") == gone); // a clock that went back
    CHECK(call.item().level == "identified");
}

TEST_CASE("call-back: nobody there, or no number that can be dialled, and the desk is told which") {
    CodeBench bench;
    CalledBack call(bench);
    for (auto const& [outcome, word] :
         {std::pair("not_answered", "unanswered"), std::pair("failed", "not_dialled")}) {
        auto const ticket = call.ticket();
        CHECK(call.helper.number(ticket) == "+16175550112");
        CHECK(call.helper.says(ticket, outcome).empty());
        CHECK(call.helper.says(ticket, outcome).empty());
        CHECK(call.item().code == word);
        CHECK(call.helper.says(ticket, "answered") == gone);
        CHECK(call.helper.says(ticket, "confirmed") == gone);
        CHECK(call.helper.number(ticket) == gone);
    }
    // It proves nothing against the caller either: five of them an hour, and then no more.
    CHECK(bench.mailed.empty());
    for (int i = 0; i < 3; ++i)
        CHECK(call.ask_reason().empty());
    CHECK(call.ask_reason() == "codes_hour_full");
    CHECK(call.send_reason() == "codes_hour_full");
}

TEST_CASE("call-back: a case that is closed, taken, asked otherwise or frozen ends its ticket") {
    CodeBench bench;
    auto const alex = bench.account("alex");
    CalledBack call(bench);
    CaseDesk supervisor(bench, "Sam Supervisor", {StaffRole::Supervisor});
    SECTION("asked for again") {
        auto const first = call.answered();
        auto const second = call.ticket();
        CHECK(call.helper.number(first) == gone);
        CHECK(call.helper.says(first, "confirmed") == gone);
        CHECK(call.helper.number(second) == "+16175550112");
    }
    SECTION("a code is sent") {
        auto const ticket = call.answered();
        REQUIRE(call.send_reason().empty());
        CHECK(call.helper.says(ticket, "confirmed") == gone);
    }
    SECTION("taken") {
        auto const ticket = call.answered();
        REQUIRE(supervisor.take(call.id).empty());
        CHECK(call.helper.says(ticket, "confirmed") == gone);
    }
    SECTION("taken and given back") {
        auto const ticket = call.ticket();
        REQUIRE(supervisor.take(call.id).empty());
        CHECK(call.helper.number(ticket) == gone);
    }
    SECTION("closed") {
        auto const ticket = call.ticket();
        REQUIRE(call.rep.close(call.id).empty());
        CHECK(call.helper.number(ticket) == gone);
        CHECK(call.helper.says(ticket, "confirmed") == gone);
    }
    SECTION("closed while they talk") {
        auto const ticket = call.answered();
        REQUIRE(call.rep.close(call.id).empty());
        CHECK(call.helper.says(ticket, "confirmed") == gone);
    }
    SECTION("frozen") {
        MemberAtKiosk member(bench, alex, "kiosk-1");
        auto const ticket = call.answered();
        for (int i = 0; i < 3; ++i) // at the desk of the same case
            REQUIRE(member.answer_wrong(call.verify().number) == "check_wrong");
        CHECK(bench.mailed == std::vector<std::string>{"alex verification_frozen"});
        CHECK(call.helper.says(ticket, "confirmed") == gone);
        CHECK(call.ask_reason() == "verification_frozen");
    }
    SECTION("the rep's account is closed") {
        auto const ticket = call.ticket();
        must(bench.store->write([&](storage::Database& database) {
            return Accounts(*bench.vault, bench.clock).set_disabled(database, call.rep.account(), true);
        }));
        CHECK(call.helper.number(ticket) == gone);
    }
    for (auto const& each : call.rep.list())
        CHECK(each.level != "verified");
}

TEST_CASE("call-back: not to a number that was changed lately, that is none to call, or from a desk that has "
          "no telephone") {
    CodeBench bench;
    bench.account("alex");
    CalledBack call(bench);
    auto& on_file = bench.facts.members["alex"];
    for (auto const* number : {"", "911", "617-911-0112", "900-555-0112", "617-976-0112", "+44 20 7946 0112",
                               "555-0112", "617-555-0112 x 12", "211-555-0112"}) {
        INFO(number);
        on_file.phone = number;
        CHECK(call.hindrance("call_back") == "not_on_file");
        CHECK(call.ask_reason() == "code_not_possible");
    }
    on_file.phone = "800-555-0112"; // takes no texts, and can be called
    CHECK(call.hindrance("text_code") == "not_on_file");
    CHECK(call.hindrance("call_back").empty());
    on_file.phone = "617-555-0112";
    bench.settings.text.url.clear(); // no gateway is needed
    CHECK(call.hindrance("text_code") == "not_set_up");
    CHECK(call.hindrance("call_back").empty());
    auto change = bench.operation(bench.sign_in("alex"));
    change.change_contact_details = api::ChangeContactDetails{};
    change.change_contact_details->old_phone = on_file.phone;
    change.change_contact_details->phone = "617-555-0199";
    REQUIRE(bench.push(change) == "applied");
    CHECK(call.hindrance("call_back") == "changed_lately");
    CHECK(call.ask_reason() == "code_not_possible");
    bench.clock.advance(std::chrono::hours(24 * 30));
    CHECK(call.hindrance("call_back").empty());
    bench.run("UPDATE terminal SET state = 'revoked'");
    CHECK(call.hindrance("call_back") == "no_keypad");
    CHECK(call.ask_reason() == "code_not_possible");
}

TEST_CASE("call-back: one case at a time asks a member, and a protected record wants its reason first") {
    CodeBench bench;
    CalledBack call(bench);
    CalledBack other(bench, "Casey Rep");
    auto const ticket = call.ticket();
    CHECK(other.ask_reason() == "check_elsewhere");
    CHECK(other.send_reason() == "check_elsewhere");
    CHECK(call.helper.number(ticket) == "+16175550112");
    CHECK(call.rep.reason_of<&call_number_on_file>("case_call_back_asked", {other.id}) == "case_unknown");
    bench.add(sample_member("riley", {"Riley", "Guarded"}, "1985-03-03", "02104", "M-9"), true);
    auto const third = call.rep.open();
    api::IdentifyCaller said;
    said.case_id = third;
    said.member_id = "M-9";
    said.birth_date = "1985-03-03";
    REQUIRE(call.rep.identify(said).empty());
    CHECK(call.rep.reason_of<&call_number_on_file>("case_call_back_asked", {third}) == "break_glass_needed");
}

TEST_CASE("call-back: of one confirmation told to several nodes at once one verifies") {
    CodeBench bench;
    CalledBack call(bench);
    auto const ticket = call.answered();
    std::atomic<int> taken = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i)
        threads.emplace_back([&] {
            auto helper = call.helper;
            taken += helper.says(ticket, "confirmed").empty() ? 1 : 0;
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(taken == 6); // the same again is told the same
    CHECK(call.item().verified_way == "call_back");
    CHECK(bench.number("SELECT count(*) FROM call_dial WHERE outcome = 'confirmed'") == 1);
}

TEST_CASE("dial tickets: of no number that is not to be called is there a ticket, whatever it is for") {
    CodeBench bench;
    CodeCall call(bench);
    DialTickets const tickets(*bench.vault, bench.clock);
    for (auto const* number : {"", "911", "+19005550112", "+1911", "+442079460112", "6175550112"}) {
        auto const made = bench.store->write_value<DialTickets::Made>([&](storage::Database& database) {
            return tickets.make(database, {StaffId("s"), TerminalId("d"), "line", "x", "", number});
        });
        REQUIRE(made.has_error());
        CHECK(made.error().reason == "number_invalid");
    }
    // One of a purpose that no part of this central knows is worth nothing.
    auto const made = must(bench.store->write_value<DialTickets::Made>([&](storage::Database& database) {
        return tickets.make(
            database, {call.rep.staff(), call.rep.caller().terminal, "unheard_of", "x", "", "+16175550112"});
    }));
    DialHelper helper(bench, call.phone.caller().terminal);
    CHECK(helper.number(made.ticket) == gone);
    CHECK(helper.says(made.ticket, "answered") == gone);
}

TEST_CASE("desk words: a case has two, which only it has, and its member alone is told them") {
    CodeBench bench;
    auto const alex = bench.account("alex");
    auto const ana = bench.account("ana");
    CHECK(desk_words().size() == 64);
    auto const empty = [&] {
        CaseDesk rep(bench, "Eve Rep", {StaffRole::PhoneRep});
        rep.open();
        return rep.list().front().words;
    }();
    CHECK(empty.empty()); // nobody was found
    MemberAtKiosk member(bench, alex, "kiosk-1");
    MemberAtKiosk other(bench, ana, "kiosk-2");
    auto const calls = [](MemberAtKiosk& of) {
        return must(of.ask<&get_desk_word>("desk_word_read", {})).calls;
    };
    CHECK(calls(member).empty());
    CalledBack call(bench);
    auto const words = call.item().words;
    REQUIRE(words.size() == 2);
    CHECK(words.front() != words.back());
    CHECK(call.item().words == words);
    REQUIRE(calls(member).size() == 1);
    CHECK(calls(member).front().words == words);
    CHECK(calls(member).front().how == "called_us");
    CHECK(calls(other).empty());
    // That the plan called is said when it has been answered, and not because a desk asked for it.
    auto const ticket = call.ticket();
    CHECK(calls(member).front().how == "called_us");
    CHECK(call.helper.number(ticket) == "+16175550112");
    CHECK(call.helper.says(ticket, "answered").empty());
    CHECK(calls(member).front().how == "we_called");
    // A second desk has others.
    CodeCall second(bench, "Casey Rep");
    CHECK(second.item().words != words);
    CHECK(calls(member).size() == 2);
    REQUIRE(second.rep.close(second.id).empty());
    CHECK(calls(member).size() == 1);
    bench.clock.advance(std::chrono::hours(2));
    CHECK(calls(member).empty()); // a case left open is no call
    CHECK(call.item().words == words);
}

TEST_CASE("desk words: they are spread over the list, and a person at the counter has none on the phone") {
    CodeBench bench;
    auto const alex = bench.account("alex");
    std::set<std::string> seen;
    std::set<std::vector<std::string>> pairs;
    CaseFile file;
    file.patient = PatientId("alex");
    for (int i = 0; i < 2000; ++i) {
        file.id = make_uuid_v7(bench.clock);
        auto const words = words_of_case(*bench.vault, file);
        REQUIRE(words.size() == 2);
        REQUIRE(words.front() != words.back());
        seen.insert(words.begin(), words.end());
        pairs.insert(words);
    }
    CHECK(seen.size() == desk_words().size());
    CHECK(pairs.size() > 1400); // 1,574 of 4,032 are expected, give or take 15
    CaseDesk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    auto const id = must(rep.ask<&open_case>("case_opened", {"card", "walk_in"})).case_id;
    REQUIRE(rep.identify(says_alex(id)).empty());
    MemberAtKiosk member(bench, alex, "kiosk-1");
    CHECK(must(member.ask<&get_desk_word>("desk_word_read", {})).calls.empty());
}
