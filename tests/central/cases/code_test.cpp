#include "tests/central/cases/code_bench.h"

#include <set>

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

TEST_CASE("code: only what is on file, for long enough, and what central can send") {
    CodeBench bench;
    auto const alex = bench.account("alex");
    CodeCall call(bench);
    auto const ways = must(call.rep.ask<&verify_ways>("case_ways_read", {call.id})).ways;
    REQUIRE(ways.size() == 3);
    CHECK(ways[0].way == "own_session");
    CHECK(ways[1].to == "(***) ***-**12");
    CHECK(ways[2].to == "a***@e***");
    for (auto const& way : ways)
        CHECK(way.hindrance.empty());

    bench.settings.text.url.clear();
    CHECK(call.hindrance("text_code") == "not_set_up");
    CHECK(call.send_reason() == "code_not_possible");
    bench.settings.text.url = "http://127.0.0.1:1/";
    bench.settings.mail.host.clear();
    CHECK(call.hindrance("mail_code") == "not_set_up");
    bench.settings.mail.host = "127.0.0.1";

    auto& on_file = bench.facts.members["alex"];
    for (auto const* number : {"", "555-0112", "800-555-0112", "+44 20 7946 0000"}) {
        on_file.phone = number;
        CHECK(call.hindrance("text_code") == "not_on_file");
        CHECK(call.send_reason() == "code_not_possible");
    }
    on_file.phone = "617-555-0112";
    on_file.email = "alex@nowhere";
    CHECK(call.hindrance("mail_code") == "not_on_file");
    on_file.email = "alex@example.org";

    // The member changes the number: to it for thirty days no code, and to the mail address as before.
    auto change = bench.operation(bench.sign_in("alex"));
    change.change_contact_details = api::ChangeContactDetails{};
    change.change_contact_details->old_phone = on_file.phone;
    change.change_contact_details->phone = "617-555-0199";
    REQUIRE(bench.push(change) == "applied");
    CHECK(call.hindrance("text_code") == "changed_lately");
    CHECK(call.send_reason() == "code_not_possible");
    CHECK(call.hindrance("mail_code").empty());
    bench.clock.advance(std::chrono::hours(24 * 30) - std::chrono::seconds(1));
    CHECK(call.hindrance("text_code") == "changed_lately");
    bench.clock.advance(std::chrono::seconds(1));
    must(call.try_send());
    CHECK(bench.waiting(MessageChannel::Text).back().to == "+16175550199");
}

TEST_CASE("code: a desk without a telephone that takes keys sends none") {
    CodeBench bench;
    bench.account("alex");
    CallOfAlex call(bench);
    CHECK(call.rep.reason_of<&send_code>("case_code_sent", {call.id, "text_code", "call-1"}) ==
          "code_not_possible");
    auto const ways = must(call.rep.ask<&verify_ways>("case_ways_read", {call.id})).ways;
    CHECK(ways[0].hindrance.empty());
    CHECK(ways[1].hindrance == "no_keypad");
    CHECK(ways[2].hindrance == "no_keypad");
    CHECK(must(call.rep.ask<&verify_ways>("case_ways_read", {call.id})).ways[0].to.empty());
    // A telephone that was revoked is none either.
    DeskPhone phone(bench, call.rep);
    CHECK(call.rep.reason_of<&send_code>("case_code_sent", {call.id, "text_code", "call-1"}).empty());
    bench.run("UPDATE terminal SET state = 'revoked'");
    CHECK(phone.key(bench.last_code()) == "code_gone");
    CHECK(call.rep.reason_of<&send_code>("case_code_sent", {call.id, "text_code", "call-1"}) ==
          "code_not_possible");
}

TEST_CASE("code: whoever has no account is verified by one, and has nothing to sign in to") {
    CodeBench bench;
    CodeCall call(bench);
    CHECK(call.hindrance("own_session") == "no_account");
    CHECK(call.phone.key(call.send()) == "right");
    CHECK(call.item().level == "verified");
}

TEST_CASE("code: what is no way, call, entry or digits is told so, and counts nothing") {
    CodeBench bench;
    CodeCall call(bench);
    CHECK(call.send_reason("own_session") == "verify_way_unknown");
    CHECK(call.send_reason("voice") == "verify_way_unknown");
    for (auto const& id : {std::string(), std::string("a b"), std::string(65, 'x'), std::string("x\ny")})
        CHECK(call.send_reason("text_code", id) == "call_invalid");
    auto const code = call.send();
    for (auto const& digits :
         {std::string(), std::string("12345"), std::string("1234567"), std::string("12345a"),
          std::string("\xD9\xA1\xD9\xA2\xD9\xA3"), std::string("12345\0", 6)})
        CHECK(call.phone.key(digits) == "digits_invalid");
    CHECK(call.phone.key(code, "") == "call_invalid");
    CHECK(call.phone.key(api::KeyedDigits{"entry-1", "call-1", code}).error().reason == "keyed_invalid");
    CHECK(call.item().code_tries_left == 5);
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

TEST_CASE("code: a member is sent five an hour, and a rep sends thirty") {
    CodeBench bench;
    CodeCall call(bench);
    for (int i = 0; i < 5; ++i)
        CHECK(call.send_reason().empty());
    auto const full = call.try_send("mail_code");
    REQUIRE(full.has_error());
    CHECK(full.error().reason == "codes_hour_full");
    CHECK(full.error().retry_after_s > 3590);
    bench.clock.advance(std::chrono::hours(1));
    CHECK(call.send_reason().empty());

    for (int i = 0; i < 31; ++i)
        bench.add(sample_member("m" + std::to_string(i), {"Alex", "Sample"}, "1970-01-01", "02150",
                                "Q-" + std::to_string(i)));
    CaseDesk busy(bench, "Busy Rep", {StaffRole::PhoneRep});
    CaseDesk lead(bench, "Kim Lead", {StaffRole::Supervisor});
    DeskPhone phone(bench, busy);
    REQUIRE(lead.allow_more(busy.staff()).empty());
    for (int i = 0; i < 31; ++i) {
        auto const id = busy.open();
        api::IdentifyCaller said;
        said.case_id = id;
        said.member_id = "Q-" + std::to_string(i);
        said.birth_date = "1970-01-01";
        REQUIRE(busy.identify(said).empty());
        CHECK(busy.reason_of<&send_code>("case_code_sent", {id, "text_code", "call-1"}) ==
              (i < 30 ? "" : "codes_hour_full"));
        CHECK(busy.close(id).empty());
    }
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

TEST_CASE("code: only through an own open case about somebody else") {
    CodeBench bench;
    CodeCall call(bench);
    CaseDesk other(bench, "Casey Rep", {StaffRole::PhoneRep});
    CHECK(other.reason_of<&send_code>("case_code_sent", {call.id, "text_code", "call-1"}) == "case_unknown");
    CHECK(other.reason_of<&verify_ways>("case_ways_read", {call.id}) == "case_unknown");
    auto const empty = call.rep.open();
    CHECK(call.rep.reason_of<&send_code>("case_code_sent", {empty, "text_code", "call-1"}) == "case_unknown");
}

TEST_CASE("code: a mailed one opens no claims, and unlocks with a second person's yes alone") {
    CodeBench bench;
    auto const alex = bench.account("alex");
    CodeCall call(bench);
    auto const claims = [&] {
        return call.rep.reason_of<&case_claims>("case_claims_read", {call.id, "", 0});
    };
    CHECK(claims() == "verification_needed");
    CHECK(call.phone.key(call.send("mail_code")) == "right");
    CHECK(call.item().level == "verified");
    CHECK(call.item().verified_way == "mail_code");
    CHECK(claims() == "verification_stronger_needed");
    CHECK(call.rep.reason_of<&case_eob>("case_eob_read", {call.id, "eob"}) == "verification_stronger_needed");
    CHECK(call.send_reason("mail_code") == "verified_already");
    bench.lock(alex);
    CHECK(call.item().level.empty() == false);
    CHECK(call.phone.key(call.send("mail_code")) == "right");
    CHECK(must(call.rep.ask<&case_lock>("case_lock_read", {call.id})).second_yes == "verified_by_mail");
    CHECK(call.unlock().state == "waiting");
    CaseDesk approver(bench, "Ash Approver", {StaffRole::Approver});
    auto const entries =
        must(approver.ask<&list_work>("work_read", {std::string(unlock_approval_kind), {}})).items;
    REQUIRE(entries.size() == 1);
    auto const asked = must(approver.ask<&asked_unlock>("unlock_asked_read", {entries.front().entry}));
    CHECK(asked.second_yes == "verified_by_mail");
    CHECK(asked.verified_way == "mail_code");

    // A stronger proof lifts it: what was asked of a colleague is taken back.
    CHECK(call.phone.key(call.send("text_code")) == "right");
    CHECK(call.item().verified_way == "text_code");
    CHECK(must(call.rep.ask<&case_lock>("case_lock_read", {call.id})).second_yes.empty());
    CHECK(call.unlock().state == "unlocked");
    CHECK(must(approver.ask<&list_work>("work_read", {std::string(unlock_approval_kind), {}})).items.empty());
}

TEST_CASE("code: a weaker proof that comes after a stronger one takes nothing away") {
    CodeBench bench;
    auto const alex = bench.account("alex");
    CodeCall call(bench);
    MemberAtKiosk member(bench, alex, "kiosk-1");
    auto const asked = call.verify();
    auto const code = call.send("mail_code");
    REQUIRE(member.answer(member.asked().check, asked.number).empty());
    CHECK(call.item().verified_way == "own_session");
    CHECK(call.phone.key(code) == "right");
    CHECK(call.item().verified_way == "own_session");
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

TEST_CASE("code: its desk is told when the gateway takes none, and nothing is sent that is worth nothing") {
    CodeBench bench;
    CodeCall call(bench);
    auto const desk = call.rep.caller().terminal.text();
    auto const claim = [&] {
        return must(bench.store->write_value<std::optional<WaitingMessage>>([&](storage::Database& database) {
            return bench.notify->outbox().claim(database, MessageChannel::Text);
        }));
    };
    auto const fail = [&](WaitingMessage const& text, Outbox::Failure how) {
        must(bench.store->write([&](storage::Database& database) {
            return bench.notify->outbox().failed(database, text, {how, "text_refused"});
        }));
    };
    // A number that the gateway refuses.
    auto code = call.send();
    bench.listen(desk);
    fail(claim().value(), Outbox::Failure::ForGood);
    CHECK(bench.told_at(desk) == std::vector<std::string>{"case_changed"});
    CHECK(call.item().code == "unsent");
    CHECK(call.phone.key(code) == "code_gone");
    CHECK(bench.queued().empty()); // nobody has to look at it later

    // A gateway that is away: tried every five seconds, and not after its time.
    call.send();
    int tries = 0;
    bench.listen(desk);
    for (int s = 0; s < 310; ++s, bench.clock.advance(std::chrono::seconds(1)))
        if (auto const text = claim()) {
            ++tries;
            fail(*text, Outbox::Failure::ForNow);
        }
    CHECK(tries == 60);
    CHECK(bench.told_at(desk) == std::vector<std::string>{"case_changed"});
    CHECK(call.item().code == "unsent");

    // A node that claimed it and died: nobody sends it after its time, and the desk is told.
    call.send();
    CHECK(claim());
    bench.clock.advance(std::chrono::minutes(5));
    bench.listen(desk);
    CHECK_FALSE(claim());
    CHECK(bench.told_at(desk) == std::vector<std::string>{"case_changed"});
    CHECK(call.item().code == "unsent");
    CHECK(bench.number("SELECT count(*) FROM outbox_message") == 0);

    // One that another took the place of is not sent, and its desk not troubled.
    call.send();
    auto const second = call.send();
    bench.listen(desk);
    auto const sent = claim();
    REQUIRE(sent);
    CHECK(sent->text.find(second) != std::string::npos);
    CHECK_FALSE(claim());
    CHECK(bench.told_at(desk).empty());
    CHECK(call.item().code == "waiting");
}
