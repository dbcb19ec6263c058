// Callers who know everything about a member and have nothing of theirs: a telephone, an app, a session.

#include "central/cases/claim_calls.h"
#include "tests/attack/call_attack_bench.h"

#include <bit>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

constexpr unsigned all_facts = 15;

/// Each door that only a proof opens, tried through the case.
void try_every_door(BehalfCall& call, Tries& tries) {
    auto const& id = call.id;
    for (auto const* reason : {"mistyped", "forgotten", "another_tried", "terminal_fault"})
        tries.made(call.unlock_reason(reason));
    tries.made(call.rep.reason_of<&case_lock>("case_lock_read", {id}));
    tries.made(call.rep.reason_of<&case_claims>("case_claims_read", {id, "", {}}));
    tries.made(call.rep.reason_of<&case_eob>("case_eob_read", {id, "alex-eob"}));
    tries.made(call.rep.reason_of<&case_requests>("case_requests_read", {id}));
    for (auto const* way :
         {"", "member_id", "name", "birth_date", "zip", "facts", "verified", "mail", "staff"})
        tries.made(call.verify_reason(way));
    for (auto const& asked : {call.asks_dispute(), call.asks_card(), call.asks_copy(), call.asks_address(),
                              call.asks_withdrawal(make_uuid_v7(call.bench.clock))})
        tries.made(call.push(asked));
}

} // namespace

TEST_CASE("call possession: with every set of right facts, asked or not asked, no door opens in 484 tries") {
    CodeBench bench;
    auto const alex = bench.account("alex");
    bench.lock(alex);
    CaseDesk const rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    DeskPhone phone(bench, rep);
    Tries tries("all facts right and no possession");
    for (unsigned which = 0; which <= all_facts; ++which) {
        if (std::popcount(which) < 2)
            continue; // one fact finds nobody
        auto desk = rep;
        auto const id = desk.open();
        REQUIRE(desk.identify(says(facts_of_alex, id, which)).empty());
        BehalfCall call(bench, desk, id);
        try_every_door(call, tries);
        // Nor while a code is on its way that they do not have.
        must(call.rep.ask<&send_code>("case_code_sent", {id, "text_code", "call-1"}));
        try_every_door(call, tries);
        CHECK(call.item().level == "identified");
        CHECK(call.rep.close(id).empty());
        bench.clock.advance(std::chrono::hours(1));
    }
    CHECK(tries.count() == 11 * 2 * 22);
    CHECK(tries.accepted() == 0);
    CHECK(bench.number("SELECT count(*) FROM case_proof") == 0);
    CHECK(bench.number("SELECT count(*) FROM case_unlock") == 0);
    CHECK(bench.number("SELECT pin_failures FROM auth_lockout") == 10);
    CHECK(must(bench.ledger->requests_of(PatientId("alex"))).requests.empty());
}

TEST_CASE("call possession: a code that is shared over many calls, desks and nodes counts in its own alone") {
    constexpr int accomplices = 6;
    constexpr int calls_each = 8;
    CodeBench bench;
    bench.account("alex");
    CallNodes nodes(bench, 3);
    CodeCall own(bench);
    auto const code = own.send();
    std::vector<std::unique_ptr<CodeCall>> others;
    for (int i = 0; i < accomplices; ++i)
        others.push_back(std::make_unique<CodeCall>(bench, "Rep " + std::to_string(i)));
    Tries tries("a code shared over many calls");
    auto const key_everywhere = [&] {
        std::vector<std::function<void()>> attackers;
        for (int i = 0; i < accomplices; ++i)
            attackers.emplace_back([&, i] {
                auto phone = others[static_cast<std::size_t>(i)]->phone;
                auto at_own_desk = own.phone;
                phone.call_at(nodes.at(static_cast<std::size_t>(i)));
                at_own_desk.call_at(nodes.at(static_cast<std::size_t>(i + 1)));
                for (int k = 1; k <= calls_each; ++k) {
                    tries.made(phone.key(code, "call-" + std::to_string(k)));
                    tries.made(at_own_desk.key(code, "call-" + std::to_string(k + 1)));
                }
            });
        at_once(attackers);
    };
    key_everywhere();
    CHECK(own.item().code_tries_left == 5); // none of it was a try at it
    CHECK(own.phone.key(code) == "right");
    key_everywhere(); // after it was used
    CHECK(own.phone.key(code) == "code_gone");
    CHECK(tries.count() == 2 * accomplices * calls_each * 2);
    CHECK(tries.accepted() == 0);
    for (auto& each : others)
        CHECK(each->item().level == "identified");
    CHECK(bench.number("SELECT count(*) FROM case_proof") == 1);
}

TEST_CASE("call possession: of the codes of four members on one telephone each verifies its own alone") {
    CodeBench bench;
    std::vector<Facts> const people{facts_of_alex, facts_of_ana, facts_of_robin, facts_of_casey};
    CaseDesk const rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    DeskPhone phone(bench, rep);
    auto desk = rep;
    std::vector<std::string> codes;
    auto const call_of = [](std::size_t i) { return "call-" + std::to_string(i); };
    for (std::size_t i = 0; i < people.size(); ++i) {
        auto const id = desk.open();
        REQUIRE(desk.identify(says(people[i], id)).empty());
        must(desk.ask<&send_code>("case_code_sent", {id, "text_code", call_of(i)}));
        codes.push_back(bench.last_code());
    }
    Tries tries("codes of other members");
    for (std::size_t whose = 0; whose < people.size(); ++whose)
        for (std::size_t where = 0; where < people.size(); ++where)
            if (whose != where && codes[whose] != codes[where])
                tries.made(phone.key(codes[whose], call_of(where)));
    CHECK(tries.count() >= 10); // two of four are the same once in 160,000 runs
    CHECK(tries.accepted() == 0);
    CHECK(bench.number("SELECT count(*) FROM case_proof") == 0);
    for (std::size_t i = 0; i < people.size(); ++i)
        CHECK(phone.key(codes[i], call_of(i)) == "right");
    CHECK(bench.number("SELECT count(*) FROM case_proof") == 4);
}
