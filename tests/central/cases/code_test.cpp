#include "tests/central/cases/code_bench.h"

#include <atomic>
#include <set>
#include <thread>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

TEST_CASE("codes: six digits each, and any of the million may be one") {
    std::set<std::string> seen;
    std::array<std::array<int, 10>, 6> counts{};
    for (int round = 0; round < 3000; ++round) {
        auto const code = std::string(make_caller_code().reveal());
        REQUIRE(code.size() == 6);
        for (std::size_t place = 0; place < code.size(); ++place) {
            REQUIRE(code[place] >= '0');
            REQUIRE(code[place] <= '9');
            ++counts[place][static_cast<std::size_t>(code[place] - '0')];
        }
        seen.insert(code);
    }
    // 300 each if all are alike; one of sixty that came up 180 times or less would be once in 10^12 runs.
    for (auto const& place : counts)
        for (auto const count : place)
            CHECK(count > 180);
    CHECK(seen.size() > 2950);
}

TEST_CASE("code: what the caller keys in this call verifies them, and stands nowhere") {
    CodeBench bench;
    bench.account("alex");
    CodeCall call(bench);
    auto const desk = call.rep.caller().terminal.text();
    CHECK(call.item().code.empty());
    auto const sent = must(call.try_send());
    CHECK(sent.case_id == call.id);
    CHECK(sent.to == "(***) ***-**12");
    CHECK(sent.expires_in_s == 300);
    CHECK(sent.tries_left == 5);
    auto const texts = bench.waiting(MessageChannel::Text);
    REQUIRE(texts.size() == 1);
    CHECK(texts.front().to == "+16175550112");
    CHECK(texts.front().text.find("Testville Health Plan") != std::string::npos);
    CHECK(texts.front().text.find("en voz alta") != std::string::npos); // Alex's language
    auto const code = bench.last_code();
    CHECK(call.item().code == "waiting");
    CHECK(call.item().code_tries_left == 5);
    CHECK(call.item().level == "identified");
    bench.listen(desk);
    CHECK(call.phone.key(code) == "right");
    CHECK(bench.told_at(desk) == std::vector<std::string>{"case_changed"});
    CHECK(call.item().code == "right");
    CHECK(call.item().level == "verified");
    CHECK(call.item().verified_way == "text_code");
    CHECK(call.send_reason() == "verified_already");
    CHECK(call.verify_reason() == "verified_already");
    // Once.
    CHECK(call.phone.key(code) == "code_gone");
    auto const records = bench.audited();
    for (auto const& record : records)
        CHECK(api::to_json(record.fields).find(code) == std::string::npos);
    auto const& keyed = *std::find_if(records.begin(), records.end(),
                                      [](auto const& each) { return each.action == "code_keyed"; });
    CHECK(keyed.terminal == call.phone.caller().terminal.text());
    CHECK(keyed.subject == "alex");
    CHECK(keyed.fields == std::vector<std::string>{"case:" + call.id, "way:text_code", "code:right"});
}

TEST_CASE("code: five wrong tries end it, and the right one comes too late") {
    CodeBench bench;
    CodeCall call(bench);
    auto const code = call.send();
    for (int i = 1; i < 5; ++i) {
        CHECK(call.phone.key(CodeBench::other_than(code, i)) == "wrong");
        CHECK(call.item().code == "wrong");
        CHECK(call.item().code_tries_left == 5 - i);
    }
    CHECK(call.phone.key(CodeBench::other_than(code, 5)) == "ended");
    CHECK(call.item().code == "ended");
    CHECK(call.item().code_tries_left == 0);
    CHECK(call.phone.key(code) == "code_gone");
    CHECK(call.item().level == "identified");
    CHECK(bench.mailed.empty());
}

TEST_CASE("code: the same entry again is told the same and counts no more, whatever it says then") {
    CodeBench bench;
    CodeCall call(bench);
    auto const code = call.send();
    api::KeyedDigits wrong{make_uuid_v7(bench.clock), "call-1", CodeBench::other_than(code)};
    for (int i = 0; i < 7; ++i) {
        auto const told = must(call.phone.key(wrong));
        CHECK(told.outcome == "wrong");
        CHECK(told.tries_left == 4);
    }
    // Nobody tries on under one id.
    wrong.digits = code;
    CHECK(must(call.phone.key(wrong)).outcome == "wrong");
    CHECK(call.item().code_tries_left == 4);
    api::KeyedDigits const right{make_uuid_v7(bench.clock), "call-1", code};
    CHECK(must(call.phone.key(right)).outcome == "right");
    CHECK(must(call.phone.key(right)).outcome == "right");
    CHECK(bench.number("SELECT count(*) FROM case_code_try") == 2);
    // Another desk's telephone learns nothing by an id that it has seen.
    CodeCall other(bench, "Casey Rep");
    CHECK(other.phone.key(right).error().reason == "code_gone");
}

TEST_CASE("code: it runs out after five minutes, and a clock that went back makes it last no longer") {
    CodeBench bench;
    CodeCall call(bench);
    auto code = call.send();
    bench.clock.advance(std::chrono::minutes(5) - std::chrono::microseconds(1));
    CHECK(call.phone.key(CodeBench::other_than(code)) == "wrong");
    bench.clock.advance(std::chrono::microseconds(1));
    CHECK(call.phone.key(code) == "code_gone");
    CHECK(call.item().code == "expired");
    code = call.send();
    bench.clock.step_wall(-std::chrono::minutes(1));
    CHECK(call.phone.key(code) == "code_gone");
    CHECK(call.item().level == "identified");
}

TEST_CASE("code: it counts in its own call at its own desk, and no other") {
    CodeBench bench;
    CodeCall call(bench);
    CodeCall elsewhere(bench, "Casey Rep");
    auto const code = call.send();
    CHECK(call.phone.key(code, "call-2") == "code_gone");
    CHECK(elsewhere.phone.key(code) == "code_gone");
    CHECK(call.item().code_tries_left == 5); // none of it was a try
    CHECK(call.phone.key(code) == "right");
    CHECK(elsewhere.item().level == "identified");
}

TEST_CASE("code: another member's code is a wrong one, also when it is keyed at the same desk") {
    CodeBench bench;
    CodeCall call(bench);
    auto const other = call.rep.open();
    api::IdentifyCaller ana;
    ana.case_id = other;
    ana.member_id = "M-2";
    ana.birth_date = "1971-05-06";
    REQUIRE(call.rep.identify(ana).empty());
    auto const of_alex = call.send();
    must(call.rep.ask<&send_code>("case_code_sent", {other, "text_code", "call-2"}));
    auto const of_ana = bench.last_code();
    if (of_alex == of_ana)
        return; // once in a million runs
    CHECK(call.phone.key(of_ana, "call-1") == "wrong");
    CHECK(call.phone.key(of_alex, "call-2") == "wrong");
    CHECK(call.phone.key(of_ana, "call-2") == "right");
    CHECK(call.item().level == "identified");
    // One call is one caller: a code for it in another case takes the place of the one before.
    must(call.rep.ask<&send_code>("case_code_sent", {other, "mail_code", "call-3"}).has_error()
             ? Result<void>(ok())
             : Result<void>(error(ErrorKind::Internal, "verified twice")));
    auto const first = call.send();
    auto const third = call.rep.open();
    ana.case_id = third;
    ana.member_id = "M-3";
    ana.birth_date = "1990-01-01";
    REQUIRE(call.rep.identify(ana).empty());
    must(call.rep.ask<&send_code>("case_code_sent", {third, "text_code", "call-1"}));
    CHECK(call.item().code.empty());
    CHECK(call.phone.key(first) == "wrong");
    CHECK(call.item().level == "identified");
}

TEST_CASE("code: a row that somebody moved to another case or call fits nothing there") {
    CodeBench bench;
    CodeCall call(bench);
    auto const code = call.send();
    bench.run("UPDATE case_code SET call = 'call-2'");
    CHECK(call.phone.key(code, "call-2") == "wrong");
    bench.run("UPDATE case_code SET call = 'call-1'");
    CHECK(call.phone.key(code) == "right");
}

TEST_CASE("code: a new one ends the one before, and makes no wrong try undone") {
    CodeBench bench;
    CodeCall call(bench);
    auto code = call.send();
    auto const first = code;
    for (int sent = 1; sent <= 3; ++sent) {
        for (int i = 1; i <= 4; ++i)
            CHECK(call.phone.key(CodeBench::other_than(code, i)) == "wrong");
        code = call.send();
        CHECK(call.item().code == "waiting");
        CHECK(call.item().code_tries_left == 5);
    }
    if (first != code)
        CHECK(call.phone.key(first) == "wrong"); // the thirteenth
    else
        CHECK(call.phone.key(CodeBench::other_than(code)) == "wrong");
    CHECK(call.phone.key(CodeBench::other_than(code, 2)) == "wrong");
    CHECK(bench.mailed.empty());
    // The fifteenth within a day, though the third of this code.
    api::KeyedDigits const last{make_uuid_v7(bench.clock), "call-1", CodeBench::other_than(code, 3)};
    auto const told = must(call.phone.key(last));
    CHECK(told.outcome == "ended");
    CHECK(told.tries_left == 0);
    CHECK(must(call.phone.key(last)).outcome == "ended");
    CHECK(call.item().code == "ended");
    CHECK(call.phone.key(code) == "code_gone");
    CHECK(bench.mailed == std::vector<std::string>{"alex verification_frozen"});
}

TEST_CASE("code: of two cases about one member the second is told to wait") {
    CodeBench bench;
    auto const alex = bench.account("alex");
    CodeCall first(bench);
    CodeCall second(bench, "Casey Rep");
    first.send();
    auto const refused = second.try_send("mail_code");
    REQUIRE(refused.has_error());
    CHECK(refused.error().reason == "check_elsewhere");
    CHECK(refused.error().retry_after_s > 290);
    CHECK(second.verify_reason() == "check_elsewhere");
    CHECK(first.rep.close(first.id).empty());
    CHECK(second.verify_reason().empty());
    CodeCall third(bench, "Sam Rep");
    CHECK(third.send_reason() == "check_elsewhere");
    bench.clock.advance(std::chrono::minutes(5));
    CHECK(third.send_reason().empty());
}

TEST_CASE("code: a case that is closed or taken over meanwhile is verified by none") {
    CodeBench bench;
    CodeCall call(bench);
    auto const code = call.send();
    CaseDesk lead(bench, "Sam Lead", {StaffRole::Supervisor});
    CHECK(lead.take(call.id).empty());
    CHECK(call.phone.key(code) == "code_gone");
    CHECK(lead.list().front().code.empty());
    CHECK(bench.waiting(MessageChannel::Text).empty()); // and is not sent any more
    DeskPhone phone(bench, lead);
    must(lead.ask<&send_code>("case_code_sent", {call.id, "text_code", "call-9"}));
    auto const again = bench.last_code();
    CHECK(lead.close(call.id).empty());
    CHECK(phone.key(again, "call-9") == "code_gone");
}

TEST_CASE("code: of the right one keyed at several nodes at once one verifies") {
    CodeBench bench;
    CodeCall call(bench);
    auto const code = call.send();
    std::atomic<int> right = 0;
    std::atomic<int> gone = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i)
        threads.emplace_back([&] {
            auto phone = call.phone;
            auto const answer = phone.key(code);
            right += answer == "right" ? 1 : 0;
            gone += answer == "code_gone" ? 1 : 0;
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(right == 1);
    CHECK(gone == 5);
}
