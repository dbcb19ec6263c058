#include "tests/central/cases/code_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

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
    CHECK(call.rep.reason_of<&case_eob_review>("case_eob_read", {call.id, "eob"}) ==
          "verification_stronger_needed");
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
