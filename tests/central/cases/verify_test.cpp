#include "central/cases/check_numbers.h"
#include "tests/central/cases/caller_bench.h"

#include <map>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

TEST_CASE("check numbers: six of two digits, none taken for another, and any of them may be the one") {
    CHECK(sound_alike(13, 31));
    CHECK(sound_alike(13, 30));
    CHECK(sound_alike(90, 19));
    CHECK(sound_alike(44, 44));
    CHECK_FALSE(sound_alike(12, 20));
    CHECK_FALSE(sound_alike(47, 48));
    std::map<std::size_t, int> places;
    for (int round = 0; round < 3000; ++round) {
        auto const made = make_check_numbers();
        REQUIRE(made.shown.size() == numbers_shown);
        for (std::size_t a = 0; a < made.shown.size(); ++a) {
            REQUIRE(made.shown[a].size() == 2);
            for (std::size_t b = 0; b < a; ++b)
                REQUIRE_FALSE(sound_alike(std::stoi(made.shown[a]), std::stoi(made.shown[b])));
        }
        auto const place = std::find(made.shown.begin(), made.shown.end(), made.said);
        REQUIRE(place != made.shown.end());
        ++places[static_cast<std::size_t>(place - made.shown.begin())];
    }
    // 500 each if all are alike; a place that came up 350 times or less would be once in 10^12 runs.
    CHECK(places.size() == numbers_shown);
    for (auto const& [place, count] : places)
        CHECK(count > 350);
}

TEST_CASE("verify: a member finds the number that the rep reads out, and the case is verified") {
    CallerBench bench;
    auto const alex = bench.account("alex");
    CallOfAlex call(bench);
    CHECK(call.item().level == "identified");
    CHECK(call.item().check.empty());
    MemberAtKiosk member(bench, alex, "kiosk-1");
    CHECK(member.asked().check.empty());
    auto const desk = call.rep.caller().terminal.text();
    bench.listen("kiosk-1");
    bench.listen(desk);
    auto const asked = call.verify();
    CHECK(asked.case_id == call.id);
    CHECK(asked.expires_in_s == 300);
    CHECK(call.item().check == "waiting");
    CHECK(bench.told_at("kiosk-1") == std::vector<std::string>{"call_check"});
    auto const check = member.asked();
    CHECK(check.expires_in_s == 300);
    CHECK(std::count(check.numbers.begin(), check.numbers.end(), asked.number) == 1);
    CHECK(member.answer(check.check, asked.number).empty());
    CHECK(call.item().level == "verified");
    CHECK(call.item().check == "confirmed");
    CHECK(bench.told_at(desk) == std::vector<std::string>{"case_changed"});
    CHECK(call.verify_reason() == "verified_already");
    // Once. A kiosk that has not heard what came of it may say the same again.
    CHECK(member.asked().check.empty());
    CHECK(member.answer(check.check, asked.number).empty());
    CHECK(bench.told_at(desk).empty());
    CHECK(member.answer(check.check, MemberAtKiosk::wrong_one(check, asked.number)) == "check_gone");
    CHECK(member.answer(check.check, "") == "check_gone");
    CHECK(call.item().level == "verified");
}

TEST_CASE("verify: facts alone verify nobody, whatever fits") {
    CallerBench bench;
    bench.account("alex");
    CallOfAlex call(bench);
    CHECK(call.item().level == "identified");
    CHECK(call.unlock_reason() == "verification_needed");
    CHECK(call.rep.reason_of<&case_lock>("case_lock_read", {call.id}) == "verification_needed");
    CHECK(call.verify_reason("birth_date") == "verify_way_unknown");
    CHECK(call.verify_reason("") == "verify_way_unknown");
}

TEST_CASE("verify: a member who is on no phone, or hears another number, ends it and verifies nobody") {
    CallerBench bench;
    auto const alex = bench.account("alex");
    CallOfAlex call(bench);
    MemberAtKiosk member(bench, alex, "kiosk-1");
    auto asked = call.verify();
    CHECK(member.answer(member.asked().check, "09") == "number_unknown");
    CHECK(call.item().check == "waiting"); // no answer yet
    auto const records = bench.number("SELECT count(*) FROM audit");
    CHECK(member.answer_wrong(asked.number) == "check_wrong");
    CHECK(bench.number("SELECT count(*) FROM audit") == records + 1); // a refusal that counts is on record
    CHECK(call.item().check == "wrong");
    CHECK(call.item().level == "identified");
    asked = call.verify();
    CHECK(member.answer(member.asked().check, "").empty());
    CHECK(call.item().check == "denied");
    CHECK(call.item().level == "identified");
    CHECK(bench.mailed.empty());
    // The third within a day: for a day nobody is verified, also by another rep, and the member is told.
    asked = call.verify();
    CHECK(member.answer_wrong(asked.number) == "check_wrong");
    CHECK(bench.mailed == std::vector<std::string>{"alex verification_frozen"});
    auto const frozen = call.rep.ask<&verify_caller>("case_verify_asked", {call.id, "own_session"});
    REQUIRE(frozen.has_error());
    CHECK(frozen.error().reason == "verification_frozen");
    CHECK(frozen.error().retry_after_s > 86'390);
    CHECK(CallOfAlex(bench, "Casey Rep").verify_reason() == "verification_frozen");
    bench.clock.advance(std::chrono::hours(24) - std::chrono::seconds(1));
    CHECK(call.verify_reason() == "verification_frozen");
    bench.clock.advance(std::chrono::seconds(1));
    CHECK(call.verify_reason().empty());
}

TEST_CASE("verify: a wrong answer that is told twice counts once, and no other number is tried on") {
    CallerBench bench;
    auto const alex = bench.account("alex");
    CallOfAlex call(bench);
    MemberAtKiosk member(bench, alex, "kiosk-1");
    auto const asked = call.verify();
    auto const check = member.asked();
    auto const wrong = MemberAtKiosk::wrong_one(check, asked.number);
    for (int i = 0; i < 4; ++i)
        CHECK(member.answer(check.check, wrong) == "check_wrong");
    CHECK(member.answer(check.check, asked.number) == "check_gone");
    CHECK(call.item().level == "identified");
    CHECK(bench.mailed.empty());
    CHECK(call.verify_reason().empty());
}

TEST_CASE("verify: wrong answers that lie more than a day apart freeze nothing") {
    CallerBench bench;
    auto const alex = bench.account("alex");
    for (int day = 0; day < 4; ++day) {
        CallOfAlex call(bench, "Rep " + std::to_string(day));
        MemberAtKiosk member(bench, alex, "kiosk-1");
        CHECK(member.answer_wrong(call.verify().number) == "check_wrong");
        bench.clock.advance(std::chrono::hours(12) + std::chrono::seconds(1));
    }
    CHECK(bench.mailed.empty());
}

TEST_CASE("verify: a question runs out after five minutes and counts for nothing") {
    CallerBench bench;
    auto const alex = bench.account("alex");
    CallOfAlex call(bench);
    MemberAtKiosk member(bench, alex, "kiosk-1");
    auto const asked = call.verify();
    auto const check = member.asked();
    bench.clock.advance(std::chrono::minutes(5));
    CHECK(member.asked().check.empty());
    CHECK(member.answer(check.check, asked.number) == "check_gone");
    CHECK(call.item().check == "expired");
    CHECK(call.item().level == "identified");
    bench.clock.step_wall(-std::chrono::minutes(30)); // to before it was asked
    CHECK(member.answer(check.check, asked.number) == "check_gone");
}

TEST_CASE("verify: what is asked again has another question, and the number before counts for nothing") {
    CallerBench bench;
    auto const alex = bench.account("alex");
    CallOfAlex call(bench);
    MemberAtKiosk member(bench, alex, "kiosk-1");
    auto const first = call.verify();
    auto const first_check = member.asked();
    auto const second = call.verify();
    auto const check = member.asked();
    CHECK(check.check != first_check.check);
    CHECK(member.answer(first_check.check, first.number) == "check_gone");
    CHECK(call.item().check == "waiting");
    CHECK(member.answer(check.check, second.number).empty());
    CHECK(call.item().level == "verified");
}

TEST_CASE("verify: another member's session answers nothing, nor does one with one factor ask") {
    CallerBench bench;
    auto const alex = bench.account("alex");
    auto const ana = bench.account("ana");
    CallOfAlex call(bench);
    MemberAtKiosk other(bench, ana, "kiosk-2");
    bench.listen("kiosk-2");
    auto const asked = call.verify();
    MemberAtKiosk member(bench, alex, "kiosk-1");
    CHECK(other.asked().check.empty());
    CHECK(other.answer(member.asked().check, asked.number) == "check_gone");
    CHECK(call.item().check == "waiting");
    CHECK(bench.told_at("kiosk-2").empty());
}

TEST_CASE("verify: of two calls in one member's name at the same time the second is told to wait") {
    CallerBench bench;
    bench.account("alex");
    CallOfAlex first(bench);
    CallOfAlex second(bench, "Casey Rep");
    first.verify();
    auto const refused = second.rep.ask<&verify_caller>("case_verify_asked", {second.id, "own_session"});
    REQUIRE(refused.has_error());
    CHECK(refused.error().reason == "check_elsewhere");
    CHECK(refused.error().retry_after_s > 290);
    CHECK(first.rep.close(first.id).empty());
    CHECK(second.verify_reason().empty());
}

TEST_CASE("verify: a member is asked ten times an hour and no more") {
    CallerBench bench;
    bench.account("alex");
    CallOfAlex call(bench);
    for (int i = 0; i < 10; ++i)
        CHECK(call.verify_reason().empty());
    CHECK(call.verify_reason() == "checks_hour_full");
    bench.clock.advance(std::chrono::hours(1));
    CHECK(call.verify_reason().empty());
}

TEST_CASE(
    "verify: what one rep was shown is nothing to whoever takes the case over, nor half an hour later") {
    CallerBench bench;
    auto const alex = bench.account("alex");
    CallOfAlex call(bench);
    MemberAtKiosk member(bench, alex, "kiosk-1");
    call.verified_by(member);
    CHECK(call.item().level == "verified");
    bench.clock.advance(std::chrono::seconds(verified_for_s - 1));
    CHECK(call.item().level == "verified");
    bench.clock.advance(std::chrono::seconds(1));
    CHECK(call.item().level == "identified");
    CHECK(call.unlock_reason() == "verification_needed");

    MemberAtKiosk later(bench, alex, "kiosk-1");
    call.verified_by(later);
    CHECK(call.item().level == "verified");
    CaseDesk lead(bench, "Sam Lead", {StaffRole::Supervisor});
    CHECK(lead.take(call.id).empty());
    CHECK(lead.list().front().level == "identified");
    CHECK(lead.reason_of<&unlock_of_case>("case_unlock", {call.id, "mistyped"}) == "verification_needed");
}

TEST_CASE("verify: a case that is taken over or closed while the member is asked takes no answer") {
    CallerBench bench;
    auto const alex = bench.account("alex");
    MemberAtKiosk member(bench, alex, "kiosk-1");
    CallOfAlex call(bench);
    auto const asked = call.verify();
    auto const check = member.asked();
    CaseDesk lead(bench, "Sam Lead", {StaffRole::Supervisor});
    CHECK(lead.take(call.id).empty());
    CHECK(member.asked().check.empty());
    CHECK(member.answer(check.check, asked.number) == "check_gone");
    auto const again = must(lead.ask<&verify_caller>("case_verify_asked", {call.id, "own_session"}));
    auto const other = member.asked();
    CHECK(lead.close(call.id).empty());
    CHECK(member.answer(other.check, again.number) == "check_gone");
}

TEST_CASE("verify: only through an own open case about somebody else who can sign in") {
    CallerBench bench;
    CallOfAlex call(bench);
    CHECK(call.verify_reason() == "account_missing");
    auto const alex = bench.account("alex");
    CHECK(call.verify_reason().empty());
    CaseDesk other(bench, "Casey Rep", {StaffRole::PhoneRep});
    CHECK(other.reason_of<&verify_caller>("case_verify_asked", {call.id, "own_session"}) == "case_unknown");
    auto const empty = call.rep.open();
    CHECK(call.rep.reason_of<&verify_caller>("case_verify_asked", {empty, "own_session"}) == "case_unknown");
    must(bench.store->write([&](storage::Database& database) {
        return Accounts(*bench.vault, bench.clock).set_disabled(database, alex.id, true);
    }));
    CHECK(call.verify_reason() == "account_disabled");
}
