#include "tests/central/cases/behalf_bench.h"

#include <atomic>
#include <thread>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {} // namespace

TEST_CASE("on behalf: what a rep asks for a verified caller is applied by the member's own rules") {
    VerifiedCall is;
    auto& call = is.call;
    CHECK(call.push(call.asks_dispute()) == "applied");
    CHECK(call.push(call.asks_dispute()) == "finding_answered");
    CHECK(call.push(call.asks_card("bored")) == "reason_unknown");
    CHECK(call.push(call.asks_card()) == "applied");
    CHECK(call.push(call.asks_copy()) == "applied");
    auto const change = call.asks_address();
    CHECK(call.push(change) == "applied");
    CHECK(call.push(call.asks_card()) == "address_change_waits");
    CHECK(call.push(call.asks_copy("alex-eob-2")) == "address_change_waits");
    CHECK(call.push(call.asks_withdrawal(change.id)) == "applied");
    CHECK(is.bench.request_state("alex", change.id) == "withdrawn");
    CHECK(call.push(call.asks_card()) == "applied");
    CHECK(call.push(call.asks_card()) == "mailed_card_limit");
    CHECK(call.push(call.asks_dispute("robin-eob")) == "eob_not_found");
    CHECK(call.push(call.asks_copy("robin-eob")) == "eob_not_found");
    for (auto const& entry : is.requests())
        CHECK(entry.on_behalf);
    CHECK(must(is.bench.ledger->requests_of(PatientId("robin"))).requests.empty());
}

TEST_CASE("on behalf: what the member asks in person is not marked, and stands beside") {
    VerifiedCall is;
    auto own = is.bench.operation(is.bench.sign_in("alex"));
    own.request_mailed_card = api::RequestMailedCard{"lost"};
    CHECK(is.bench.push(own) == "applied");
    auto const dispute = is.call.asks_dispute();
    CHECK(is.call.push(dispute) == "applied");
    for (auto const& entry : is.requests())
        CHECK(entry.on_behalf == (entry.operation_id == dispute.id));
    CHECK(is.requests().size() == 2);
    // The member may take back what a rep asked for.
    auto const change = is.call.asks_address();
    CHECK(is.call.push(change) == "applied");
    CHECK(is.bench.withdraw(is.bench.sign_in("alex"), change.id) == "applied");
}

TEST_CASE("on behalf: the audit names staff, member, case, operation and fields, and no value") {
    VerifiedCall is;
    auto const change = is.call.asks_address();
    CHECK(is.call.push(change) == "applied");
    auto record = is.bench.audited().back();
    CHECK(record.action == "operation_change_contact_details");
    CHECK(record.decision == "allowed");
    CHECK(record.actor == is.call.rep.staff().text());
    CHECK(record.role == "phone_rep");
    CHECK(record.subject == "alex");
    CHECK(record.operation == change.id);
    CHECK(record.fields == std::vector<std::string>{"case:" + is.call.id, "address"});
    CHECK(api::to_json(record).find("Other Street") == std::string::npos);
    is.bench.clock.advance(std::chrono::minutes(31));
    CHECK(is.call.push(is.call.asks_dispute()) == "verification_needed");
    record = is.bench.audited().back();
    CHECK(record.decision == "refused");
    CHECK(record.subject == "alex");
    CHECK(record.fields == std::vector<std::string>{"case:" + is.call.id});
    auto typed = is.call.asks_dispute();
    typed.on_behalf_case = "Alex Sample";
    CHECK(is.call.push(typed) == "case_unknown");
    CHECK(api::to_json(is.bench.audited().back()).find("Alex") == std::string::npos);
}

TEST_CASE("on behalf: facts alone ask for nothing that a member needs two factors for") {
    CallerBench bench;
    BehalfCall call(bench);
    CHECK(call.push(call.asks_dispute()) == "verification_needed");
    CHECK(call.push(call.asks_card()) == "verification_needed");
    CHECK(call.push(call.asks_copy()) == "verification_needed");
    CHECK(call.push(call.asks_address()) == "verification_needed");
    CHECK(call.push(call.asks_withdrawal(make_uuid_v7(bench.clock))) == "verification_needed");
    // What was not verified is nobody's request: it does not stand in the member's list.
    CHECK(must(bench.ledger->requests_of(PatientId("alex"))).requests.empty());
    CHECK(call.push(call.writes("Please call us.")) == "applied");
    CHECK(call.push(call.promises(call.day())) == "applied");
}

TEST_CASE("on behalf: a mailed code is too weak, and a stronger proof beside it is not") {
    CallerBench bench;
    BehalfCall call(bench);
    call.verified_by_way("mail_code");
    for (auto const& asked : {call.asks_dispute(), call.asks_card(), call.asks_copy(), call.asks_address()})
        CHECK(call.push(asked) == "verification_stronger_needed");
    CHECK(must(bench.ledger->requests_of(PatientId("alex"))).requests.empty());
    bench.clock.advance(second);
    call.verified_by_way("text_code");
    CHECK(call.push(call.asks_dispute()) == "applied");
}

TEST_CASE("on behalf: one that is sent again is applied once, also at another time") {
    VerifiedCall is;
    auto const asked = is.call.asks_copy();
    CHECK(is.call.push(asked) == "applied");
    CHECK(is.call.push(asked) == "duplicate");
    CHECK(is.call.rep.close(is.call.id).empty());
    is.bench.clock.advance(hour);
    CHECK(is.call.push(asked) == "duplicate");
    auto other = asked;
    other.request_mailed_eob->eob_id = "alex-eob-2";
    CHECK(is.call.push(other) == "operation_id_reused");
    CHECK(is.requests().size() == 1);
}

TEST_CASE("on behalf: another rep's case is none of one's own, and nobody's word is") {
    VerifiedCall is;
    BehalfCall other(is.bench, "Casey Rep");
    auto asked = other.asks_dispute();
    asked.on_behalf_case = is.call.id;
    CHECK(other.push(asked) == "case_unknown");
    auto written = other.writes("Hello.");
    written.on_behalf_case = is.call.id;
    CHECK(other.push(written) == "case_unknown");
    for (auto const& id : {std::string(), std::string("none"), make_uuid_v7(is.bench.clock)}) {
        auto unknown = other.asks_card();
        unknown.on_behalf_case = id;
        CHECK(other.push(unknown) == "case_unknown");
    }
    CHECK(is.nothing_asked() == false); // several refusals stand in the queue
    CHECK(is.requests().empty());
}

TEST_CASE("on behalf: one's own unverified case opens nothing of a verified one, of whomever it is") {
    VerifiedCall is;
    // The same rep has a second case, about another member, who is not verified.
    auto const second_case = is.call.rep.open();
    api::IdentifyCaller said;
    said.case_id = second_case;
    said.member_id = "M-2";
    said.zip = "02102";
    REQUIRE(is.call.rep.identify(said).empty());
    auto asked = is.call.asks_dispute("ana-eob");
    asked.on_behalf_case = second_case;
    CHECK(is.call.push(asked) == "verification_needed");
    CHECK(is.call.push(is.call.asks_dispute("ana-eob")) == "eob_not_found");
    CHECK(must(is.bench.ledger->requests_of(PatientId("ana"))).requests.empty());
}

TEST_CASE("on behalf: staff alone, at a desk of theirs, with the right to work cases") {
    VerifiedCall is;
    auto& call = is.call;
    // Nobody signed in; a member; a member through the rep's case.
    auto nobody = call.asks_dispute();
    nobody.session_token.clear();
    CHECK(call.push(nobody) == "session_needed");
    auto const kiosk = call.rep.caller().terminal.text();
    auto member = call.asks_dispute();
    member.session_token = is.bench.sign_in("alex", Assurance::TwoFactors, kiosk);
    CHECK(call.push(member) == "staff_only");
    CHECK(call.push(call.asks_dispute(), "kiosk") == "desk_only");
    auto weak = call.asks_dispute();
    weak.session_token = call.sign_in(call.rep, Assurance::OneFactor);
    CHECK(call.push(weak) == "step_up_needed");
    // A token of another desk.
    auto const elsewhere = call.rep.at_another_desk();
    auto stolen = call.asks_dispute();
    stolen.session_token = call.sign_in(elsewhere);
    CHECK(call.push(stolen) == "session_unknown");
    is.bench.run("UPDATE auth_account SET roles = 'approver' WHERE staff = '" + call.rep.staff().text() +
                 "'");
    CHECK(call.push(call.asks_dispute()) == "right_missing");
    is.bench.run("UPDATE auth_account SET roles = 'phone_rep', disabled_us = 1 WHERE staff = '" +
                 call.rep.staff().text() + "'");
    CHECK(call.push(call.asks_dispute()) == "right_missing");
    CHECK(is.only_refused());
    is.bench.run("UPDATE auth_account SET disabled_us = NULL WHERE staff = '" + call.rep.staff().text() +
                 "'");
    CHECK(call.push(call.asks_dispute()) == "applied");
}

TEST_CASE("on behalf: without a case staff ask for nothing, and nobody else writes or promises") {
    VerifiedCall is;
    for (auto asked : {is.call.asks_dispute(), is.call.asks_card(), is.call.asks_copy()}) {
        asked.on_behalf_case.reset();
        CHECK(is.call.push(asked) == "members_only");
    }
    for (auto asked : {is.call.writes("Hello."), is.call.promises(is.call.day())}) {
        asked.on_behalf_case.reset();
        CHECK(is.call.push(asked) == "staff_only");
        asked = is.bench.operation(is.bench.sign_in("alex"));
        asked.write_to_member = api::WriteToMember{"To myself"};
        CHECK(is.bench.push(asked) == "staff_only");
    }
    CHECK(is.only_refused());
}

TEST_CASE("on behalf: cards that a kiosk printed and errors of the directory are nobody else's to tell") {
    VerifiedCall is;
    auto report = is.call.asks();
    report.report_directory_error = api::ReportDirectoryError{"role-1/location-1", "phone", ""};
    CHECK(is.call.push(report) == "not_on_behalf");
    auto issued = is.call.asks();
    issued.card_issued = api::CardIssued{make_uuid_v7(is.bench.clock), "completed", ""};
    CHECK(is.call.push(issued) == "not_on_behalf");
}

TEST_CASE("on behalf: a protected record needs its glass broken before") {
    CallerBench bench;
    auto const alex = bench.account("alex");
    bench.add(sample_member("alex", {"Alex", "Sample"}, "1980-02-03", "02101", "PRT 4711 A12"), true);
    BehalfCall call(bench);
    CHECK(call.push(call.writes("Hello.")) == "break_glass_needed");
    call.verified_by_way("own_session");
    CHECK(call.push(call.asks_dispute()) == "break_glass_needed");
    auto const early = call.asks_card();
    bench.clock.advance(second);
    CHECK(call.rep.break_glass(call.id).empty());
    CHECK(call.push(early) == "break_glass_needed");
    CHECK(call.push(call.asks_dispute()) == "applied");
    CHECK(call.push(call.writes("Hello.")) == "applied");
}

TEST_CASE("on behalf: nobody asks for anything on their own behalf, by whichever case") {
    VerifiedCall is;
    is.bench.run("UPDATE auth_account SET own_patient = 'alex' WHERE staff = '" + is.call.rep.staff().text() +
                 "'");
    CHECK(is.call.push(is.call.asks_dispute()) == "own_matter");
    CHECK(is.call.push(is.call.writes("Hello.")) == "own_matter");
    CHECK(is.requests().empty());
}

TEST_CASE("on behalf: a card to a new address waits for a second person, who is not the one that asked") {
    VerifiedCall is;
    auto& bench = is.bench;
    CHECK(is.call.push(is.call.asks_address()) == "applied");
    auto const step = [](CaseDesk& desk, std::string const& entry) {
        auto const taken = desk.reason_of<&take_work>("work_taken", {entry});
        return taken.empty() ? desk.reason_of<&decide_work>("work_decided", {entry, "applied", {}}) : taken;
    };
    // Who asked for a change does not end its hold either; taking it back one may.
    auto const held = bench.queued_of("contact_change_held");
    CHECK(step(is.call.rep, held.id) == "own_request");
    bench.clock.advance(25 * hour);
    is.call.token = is.call.sign_in(is.call.rep);
    is.call.verify(is.alex);
    auto const card = is.call.asks_card();
    CHECK(is.call.push(card) == "applied");
    CHECK(bench.request_state("alex", card.id) == "waiting");
    auto const entry = bench.queued_of("mailed_card_needs_approval");
    REQUIRE(!entry.id.empty());
    CHECK(step(is.call.rep, entry.id) == "own_request");
    CHECK(is.call.rep.reason_of<&decide_work>("work_decided", {entry.id, "refused", "ask_us"}) ==
          "own_request");
    // Nor through a second session of the same person.
    auto elsewhere = is.call.rep.at_another_desk();
    CHECK(step(elsewhere, entry.id) == "own_request");
    CHECK(is.call.rep.reason_of<&give_work_back>("work_given_back", {entry.id}).empty());
    CaseDesk colleague(bench, "Casey Rep", {StaffRole::PhoneRep});
    CHECK(step(colleague, entry.id).empty());
    CHECK(bench.request_state("alex", card.id) == "applied");
}

TEST_CASE("on behalf: a rep may take a change back that they asked for") {
    VerifiedCall is;
    auto const change = is.call.asks_address();
    CHECK(is.call.push(change) == "applied");
    auto const entry = is.bench.queued_of("contact_change_held");
    CHECK(is.call.rep.reason_of<&take_work>("work_taken", {entry.id}).empty());
    CHECK(is.call.rep.reason_of<&decide_work>("work_decided", {entry.id, "withdrawn", {}}).empty());
    CHECK(is.bench.request_state("alex", change.id) == "withdrawn");
}

TEST_CASE("on behalf: the kiosk where the member is signed in hears of it at once") {
    VerifiedCall is;
    MemberAtKiosk member(is.bench, is.alex, "kiosk-5");
    is.bench.listen("kiosk-5");
    CHECK(is.call.push(is.call.asks_dispute()) == "applied");
    CHECK(is.bench.told_at("kiosk-5") == std::vector<std::string>{"requests_changed"});
    CHECK(is.call.push(is.call.asks_dispute()) == "finding_answered");
    CHECK(is.bench.told_at("kiosk-5").empty());
    CHECK(is.call.push(is.call.writes("Hello.")) == "applied");
    CHECK(is.bench.told_at("kiosk-5") == std::vector<std::string>{"message_written"});
}

TEST_CASE("on behalf: two desks dispute the same finding at the same time, and one does") {
    CallerBench bench;
    auto const alex = bench.account("alex");
    BehalfCall first(bench);
    BehalfCall second_desk(bench, "Casey Rep");
    first.verified_by_way("own_session");
    second_desk.verified_by_way("own_session");
    auto const one = first.asks_dispute();
    auto const other = second_desk.asks_dispute();
    std::string first_word;
    std::string second_word;
    std::thread at_first([&] { first_word = first.push(one); });
    std::thread at_second([&] { second_word = second_desk.push(other); });
    at_first.join();
    at_second.join();
    std::vector<std::string> words{first_word, second_word};
    std::sort(words.begin(), words.end());
    CHECK(words == std::vector<std::string>{"applied", "finding_answered"});
    CHECK(bench.number("SELECT count(*) FROM finding_answer") == 1);
}

TEST_CASE("on behalf: an operation that reaches two nodes at once is applied once") {
    VerifiedCall is;
    auto& bench = is.bench;
    auto const store = must(Store::open(address_of(bench.scratch)));
    AuditLog audit(bench.clock, bench.vault->records, bench.vault->index, "node-b");
    SessionTable sessions(*store, *bench.vault, bench.clock);
    OperationLedger ledger(*store, bench.ledger->tools(), audit, sessions);
    ChangeFeed changes(bench.clock, *store, nullptr);
    Services node(bench.clock, *store, *bench.vault);
    node.audit = &audit;
    node.operations = &ledger;
    node.changes = &changes;
    auto const asked = is.call.asks_copy();
    auto at_node = is.call;
    at_node.services = &node;
    std::atomic<int> applied = 0;
    std::atomic<int> duplicate = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i)
        threads.emplace_back([&, i] {
            auto const word = (i % 2 == 0 ? is.call : at_node).push(asked);
            ++(word == "applied" ? applied : duplicate);
            if (word != "applied" && word != "duplicate")
                duplicate += 100;
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(applied == 1);
    CHECK(duplicate == 5);
    CHECK(bench.number("SELECT count(*) FROM mailed_eob") == 1);
    // A case that one node closes is closed at the other.
    CHECK(is.call.rep.close(is.call.id).empty());
    CHECK(at_node.push(at_node.asks_card()) == "case_closed_before");
}

TEST_CASE("on behalf: a kiosk that knows nothing of it writes operations as before") {
    OperationsBench bench;
    auto made = bench.operation(bench.sign_in("alex"));
    made.request_mailed_card = api::RequestMailedCard{"lost"};
    auto const json = api::to_json(made);
    CHECK(json.find("on_behalf") == std::string::npos);
    CHECK(json.find("request_mailed_eob") == std::string::npos);
    CHECK(bench.push(made) == "applied");
}
