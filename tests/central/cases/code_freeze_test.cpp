#include "tests/central/cases/code_bench.h"

#include <atomic>
#include <thread>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

TEST_CASE("code: the third that wrong tries end within a day freezes every way by phone for a day") {
    CodeBench bench;
    auto const alex = bench.account("alex");
    CodeCall call(bench);
    for (int i = 0; i < 3; ++i) {
        CHECK(bench.mailed.empty());
        call.exhaust();
    }
    CHECK(bench.mailed == std::vector<std::string>{"alex verification_frozen"});
    auto const refused = call.try_send("mail_code");
    REQUIRE(refused.has_error());
    CHECK(refused.error().reason == "verification_frozen");
    CHECK(refused.error().retry_after_s > 86'390);
    CHECK(call.verify_reason() == "verification_frozen"); // a question in a session as well
    CHECK(CodeCall(bench, "Casey Rep").send_reason() == "verification_frozen");
    for (auto const* way : {"own_session", "text_code", "mail_code"})
        CHECK(call.hindrance(way) == "frozen");
    bench.clock.advance(std::chrono::hours(24) - std::chrono::seconds(1));
    CHECK(call.send_reason() == "verification_frozen");
    bench.clock.advance(std::chrono::seconds(1));
    CHECK(call.hindrance("text_code").empty());
    CHECK(call.phone.key(call.send()) == "right");
}

TEST_CASE("code: questions and codes freeze together, and what waits then ends") {
    CodeBench bench;
    auto const alex = bench.account("alex");
    CodeCall call(bench);
    call.exhaust();
    call.exhaust();
    MemberAtKiosk member(bench, alex, "kiosk-1");
    auto const asked = call.verify();
    auto const code = call.send();
    CHECK(member.answer_wrong(asked.number) == "check_wrong");
    CHECK(bench.mailed == std::vector<std::string>{"alex verification_frozen"});
    CHECK(call.item().code == "ended");
    CHECK(call.phone.key(code) == "code_gone");
    CHECK(call.item().level == "identified");
}

TEST_CASE("code: wrong tries that lie more than a day apart freeze nothing") {
    CodeBench bench;
    CodeCall call(bench);
    for (int i = 0; i < 4; ++i) {
        call.exhaust();
        bench.clock.advance(std::chrono::hours(12) + std::chrono::seconds(1));
    }
    CHECK(bench.mailed.empty());
}

TEST_CASE("code: of parallel tries over cases, desks and nodes no more are looked at than a day allows") {
    constexpr int nodes = 3;
    constexpr int rounds = 12;
    CodeBench bench;
    bench.account("alex");
    std::vector<std::unique_ptr<Store>> stores;
    std::vector<std::unique_ptr<AuditLog>> audits;
    std::vector<std::unique_ptr<ChangeFeed>> feeds;
    std::vector<std::unique_ptr<Terminals>> terminals;
    std::vector<std::unique_ptr<Services>> services;
    for (int i = 0; i < nodes; ++i) {
        stores.push_back(must(Store::open(address_of(bench.scratch))));
        audits.push_back(std::make_unique<AuditLog>(bench.clock, bench.vault->records, bench.vault->index,
                                                    "node-" + std::to_string(i)));
        feeds.push_back(std::make_unique<ChangeFeed>(bench.clock, *stores.back(), nullptr));
        terminals.push_back(std::make_unique<Terminals>(bench.clock, *stores.back(), bench.vault->index));
        services.push_back(std::make_unique<Services>(bench.clock, *stores.back(), *bench.vault));
        services.back()->audit = audits.back().get();
        services.back()->changes = feeds.back().get();
        services.back()->terminals = terminals.back().get();
        services.back()->sign_in = bench.sign_in_service.get();
    }
    std::atomic<int> looked_at = 0;
    std::atomic<int> right = 0;
    int codes = 0;
    // Whoever guesses has friends at other desks: as soon as one may send a code it does, and all key at
    // once.
    for (int round = 0; round < rounds; ++round) {
        CodeCall call(bench, "Rep " + std::to_string(round));
        auto const sent = call.try_send(round % 2 == 0 ? "text_code" : "mail_code");
        if (sent.has_error()) {
            CHECK((sent.error().reason == "verification_frozen" || sent.error().reason == "codes_hour_full"));
            bench.clock.advance(std::chrono::minutes(61));
            continue;
        }
        ++codes;
        auto const code = bench.last_code(round % 2 == 0 ? MessageChannel::Text : MessageChannel::Mail);
        std::vector<std::thread> threads;
        for (int i = 0; i < 2 * nodes; ++i)
            threads.emplace_back([&, i] {
                auto phone = call.phone;
                phone.call_at(*services[static_cast<std::size_t>(i % nodes)]);
                for (int k = 0; k < 3; ++k) {
                    auto const answer = phone.key(CodeBench::other_than(code, 1 + 3 * i + k));
                    looked_at += answer == "wrong" || answer == "ended" ? 1 : 0;
                    right += answer == "right" ? 1 : 0;
                }
            });
        for (auto& thread : threads)
            thread.join();
    }
    CHECK(codes == 3);
    CHECK(looked_at == VerificationGuard::failures_max * VerificationGuard::code_tries_max);
    CHECK(right == 0);
    CHECK(bench.mailed == std::vector<std::string>{"alex verification_frozen"});
}
