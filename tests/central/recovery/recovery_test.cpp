#include "tests/central/recovery/recovery_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

bool was_told(RecoveryBench const& bench, std::string const& message) {
    return std::find(bench.mailed.begin(), bench.mailed.end(), "alex " + message) != bench.mailed.end();
}

} // namespace

TEST_CASE("recovery: two codes by two ways, and the member sets a new password") {
    RecoveryBench bench;
    RecoveryCall call(bench);
    bench.lock(bench.account_of("alex"));
    call.verify_again();
    auto const started = must(call.try_start());
    CHECK(started.state == "started");
    CHECK(started.first_way == "text");
    CHECK(started.first_to == "(***) ***-**12");
    CHECK(started.second_way == "mail");
    CHECK(started.second_to == "a***@e***");
    CHECK(was_told(bench, "recovery_started"));
    CHECK(call.item().recovery == "started");
    // Nothing is on its way while nobody stands at a kiosk.
    CHECK(bench.waiting(MessageChannel::Text).empty());

    auto elsewhere = bench.kiosk("kiosk-2");
    must(elsewhere.carry(must(elsewhere.sign_in(bench.alex.key))));
    ReturningMember member(bench);
    REQUIRE(member.begin().empty());
    auto const text = member.text();
    auto const mail = member.mail();
    REQUIRE(member.prove(text, mail).empty());
    auto meanwhile = bench.kiosk("kiosk-5");
    must(meanwhile.carry(must(meanwhile.sign_in(bench.alex.key))));
    // It stays locked, and nothing has changed, until something new is set.
    CHECK(call.rep.read_member(call.id).empty());
    CHECK(must(call.rep.ask<&read_case_member>("case_member_read", {call.id})).account == "locked");
    CHECK(call.item().recovery == "started");
    bench.mailed.clear();
    REQUIRE(member.set_password().empty());
    CHECK(must(call.rep.ask<&read_case_member>("case_member_read", {call.id})).account == "open");
    CHECK(call.item().recovery == "finished");
    CHECK(was_told(bench, "recovery_finished"));
    CHECK(was_told(bench, "username_password_changed"));
    CHECK(was_told(bench, "account_unlocked"));
    // Whoever was signed in is so no more, and the old password is none.
    CHECK(elsewhere.look_up().has_error());
    CHECK(meanwhile.look_up().has_error());
    auto third = bench.kiosk("kiosk-3");
    CHECK(third.sign_in_password("user.alex", test_password).has_error());
    CHECK(third.sign_in_password("user.alex", "nine slow otters by the river").has_value());
    // What was not lost still signs in.
    CHECK(bench.has("security_key"));
    CHECK(bench.has("pin"));
    // A second time: the codes are spent, in either order.
    ReturningMember again(bench, "kiosk-4");
    CHECK(again.prove(text, mail) == "recovery_refused");
    CHECK(again.prove(mail, text) == "recovery_refused");
    // And the account counts as restored: the next needs two.
    CHECK(call.state().second_yes == "restored_lately");
    CHECK(call.start_reason("pin") == "waiting");
}

TEST_CASE("recovery: codes that were sent open one visit, and a visit that is cut short begins by new ones") {
    RecoveryBench bench;
    RecoveryCall call(bench);
    REQUIRE(call.start_reason() == "started");
    ReturningMember member(bench);
    REQUIRE(member.begin().empty());
    auto const text = member.text();
    auto const mail = member.mail();
    REQUIRE(member.prove(text, mail).empty());
    // Somebody who stood behind them.
    ReturningMember watcher(bench, "kiosk-2");
    CHECK(watcher.prove(text, mail) == "recovery_refused");
    CHECK(watcher.prove_by_key(text, bench.alex.key) == "recovery_refused");
    CHECK(member.terminal.look_up().has_value()); // the visit goes on
    bench.clock.advance(std::chrono::minutes(1));
    ReturningMember later(bench, "kiosk-3");
    REQUIRE(later.begin().empty());
    CHECK(later.prove(later.text(), later.mail()).empty());
    CHECK(member.terminal.look_up().has_error()); // the one that was cut short ends by it
    CHECK(later.set_password().empty());
}

TEST_CASE("recovery: neither one code twice, nor one code alone, nor what was never sent") {
    RecoveryBench bench;
    RecoveryCall call(bench);
    REQUIRE(call.start_reason() == "started");
    ReturningMember member(bench);
    REQUIRE(member.begin().empty());
    auto const text = member.text();
    CHECK(member.prove(text, text) == "recovery_refused");
    CHECK(member.prove(text, "") == "recovery_refused");
    CHECK(member.prove("", "") == "recovery_refused");
    CHECK(member.prove(text, member.mail(), "both") == "second_proof_unknown");
    // Whoever had neither could be anybody.
    CHECK(call.state().tries_left == 3);
    CHECK(member.prove(text, member.mail()).empty());
}

TEST_CASE("recovery: five tries with one right proof end it, whichever kiosks they come from") {
    RecoveryBench bench;
    RecoveryCall call(bench);
    REQUIRE(call.start_reason() == "started");
    ReturningMember member(bench);
    REQUIRE(member.begin().empty());
    auto const text = member.text();
    auto const mail = member.mail();
    bench.mailed.clear();
    for (int i = 0; i < 5; ++i) {
        ReturningMember stranger(bench, "kiosk-" + std::to_string(20 + i));
        CHECK(stranger.prove(text, CodeBench::other_than(mail, i + 1)) == "recovery_refused");
    }
    CHECK(call.item().recovery == "ended");
    CHECK(was_told(bench, "recovery_stopped"));
    CHECK(member.prove(text, mail) == "recovery_refused");
    // Nothing was changed by it.
    auto kiosk = bench.kiosk("kiosk-3");
    CHECK(kiosk.sign_in_password("user.alex", test_password).has_value());
}

TEST_CASE("recovery: a stranger who guesses at both codes ends nothing, however often they try") {
    RecoveryBench bench;
    RecoveryCall call(bench);
    REQUIRE(call.start_reason() == "started");
    ReturningMember member(bench);
    REQUIRE(member.begin().empty());
    auto const text = member.text();
    auto const mail = member.mail();
    for (int i = 0; i < 8; ++i) {
        ReturningMember stranger(bench, "kiosk-" + std::to_string(20 + i));
        CHECK(stranger.prove(CodeBench::other_than(text, i + 1), CodeBench::other_than(mail, i + 1)) ==
              "recovery_refused");
    }
    CHECK(call.state().tries_left == recovery_tries_max);
    // One kiosk takes no more of them than a few.
    std::string last;
    ReturningMember stranger(bench, "kiosk-40");
    for (int i = 0; i < 12; ++i)
        last = stranger.prove("", "");
    CHECK(last == "sign_in_busy");
    CHECK(member.prove(text, mail).empty());
}

TEST_CASE("recovery: who knows the name and not the birth date has no code sent, and no try counted") {
    RecoveryBench bench;
    RecoveryCall call(bench);
    REQUIRE(call.start_reason() == "started");
    ReturningMember stranger(bench, "kiosk-7");
    for (auto const* said : {"", "1980-02-04", "02031980"}) {
        stranger.birth_date = said;
        CHECK(stranger.begin().empty());
        CHECK(bench.waiting(MessageChannel::Text).empty());
    }
    ReturningMember member(bench);
    REQUIRE(member.begin().empty());
    auto const text = member.text();
    auto const mail = member.mail();
    // Not even with a code that was seen over a shoulder, nor with both.
    CHECK(stranger.prove(text, "000000") == "recovery_refused");
    CHECK(stranger.prove(text, mail) == "recovery_refused");
    CHECK(call.state().tries_left == recovery_tries_max);
    CHECK(member.prove(text, mail).empty());
}

TEST_CASE("recovery: codes of another recovery are none, and asking again begins no second one") {
    RecoveryBench bench;
    RecoveryCall call(bench);
    REQUIRE(call.start_reason() == "started");
    ReturningMember member(bench);
    REQUIRE(member.begin().empty());
    auto const text = member.text();
    auto const mail = member.mail();
    bench.mailed.clear();
    CHECK(call.start_reason() == "started");
    CHECK(call.start_reason("pin") == "started");
    CHECK(call.state().lost == "password");
    CHECK(bench.mailed.empty());
    CHECK(bench.number("SELECT count(*) FROM recovery") == 1);

    CHECK(call.withdraw().empty());
    CHECK(call.withdraw() == "recovery_not_open");
    CHECK(was_told(bench, "recovery_stopped"));
    CHECK(call.item().recovery == "withdrawn");
    CHECK(member.prove(text, mail) == "recovery_refused");
    REQUIRE(call.start_reason() == "started");
    CHECK(member.prove(text, mail) == "recovery_refused");
    // No more than three within a day.
    CHECK(call.withdraw().empty());
    REQUIRE(call.start_reason() == "started");
    CHECK(call.withdraw().empty());
    CHECK(call.start_reason() == "recoveries_day_full");
}

TEST_CASE("recovery: it ends by itself, and a code before that") {
    RecoveryBench bench;
    RecoveryCall call(bench);
    REQUIRE(call.start_reason() == "started");
    ReturningMember member(bench);
    REQUIRE(member.begin().empty());
    auto const text = member.text();
    auto const mail = member.mail();
    bench.clock.advance(std::chrono::minutes(10));
    CHECK(member.prove(text, mail) == "recovery_refused");
    REQUIRE(member.begin().empty());
    CHECK(member.text() != text);
    CHECK(member.prove(text, mail) == "recovery_refused"); // the new ones took their place
    auto const new_text = member.text();
    auto const new_mail = member.mail();
    bench.clock.advance(recovery_open);
    CHECK(call.item().recovery == "expired");
    CHECK(member.prove(new_text, new_mail) == "recovery_refused");
    CHECK(must(bench.store->write_value<std::size_t>([&](storage::Database& database) -> Result<std::size_t> {
              return TRY(Recoveries(*bench.vault, bench.clock, *bench.queue).end_expired(database)).size();
          })) == 1);
    CHECK(bench.number("SELECT count(*) FROM recovery_code") == 0);
}

TEST_CASE("recovery: the same answer for a name that nobody has, and not many of them") {
    RecoveryBench bench;
    RecoveryCall call(bench);
    ReturningMember member(bench);
    CHECK(member.begin("nobody.at.all").empty());
    CHECK(member.begin().empty()); // nothing is open
    CHECK(member.begin("PRT 4711 A12").empty());
    CHECK(bench.waiting(MessageChannel::Text).empty());
    CHECK(member.begin("") == "who_invalid");
    CHECK(member.prove("123456", "654321", "code", "nobody.at.all") == "recovery_refused");
    REQUIRE(call.start_reason() == "started");
    CHECK(member.begin("prt4711a12").empty());
    CHECK(bench.waiting(MessageChannel::Text).size() == 1);
    auto const sent = member.text();
    CHECK(member.begin().empty()); // too soon again
    CHECK(bench.waiting(MessageChannel::Text).size() == 1);
    CHECK(member.text() == sent);
    std::string last;
    for (int i = 0; i < 10; ++i)
        last = member.begin();
    CHECK(last == "sign_in_busy");
}

TEST_CASE("recovery: a username of another's that is this one's member ID hides nothing") {
    RecoveryBench bench;
    auto kiosk = bench.kiosk("kiosk-2");
    must(redeem(kiosk, invite(*bench.services, PatientId("robin")), "1990-01-01"));
    auto with = kiosk.call();
    must(central::set_password(with, {"prt4711a12", Secret(test_password)}));
    RecoveryCall call(bench);
    ReturningMember member(bench);
    REQUIRE(call.start_reason() == "started");
    CHECK(member.begin("prt4711a12").empty());
    REQUIRE(bench.waiting(MessageChannel::Text).size() == 1);
    CHECK(member.prove(member.text(), member.mail(), "code", "prt4711a12").empty());
}

TEST_CASE("recovery: what changed lately carries no code, also when it changes after the start") {
    RecoveryBench bench;
    auto const change_phone = [&] {
        auto operation = bench.operation(bench.sign_in("alex"));
        operation.change_contact_details = api::ChangeContactDetails{};
        operation.change_contact_details->old_phone = bench.facts.members["alex"].phone;
        operation.change_contact_details->phone = "617-555-0199";
        auto const outcome = bench.push(operation);
        CHECK((outcome == "applied" || outcome == "waiting"));
    };
    RecoveryCall call(bench);
    SECTION("before") {
        change_phone();
        CHECK(call.state().second_yes == "contact_changed_lately");
        CHECK(call.start_reason() != "started");
    }
    SECTION("after") {
        REQUIRE(call.start_reason() == "started");
        change_phone();
        ReturningMember member(bench);
        REQUIRE(member.begin().empty());
        CHECK(bench.waiting(MessageChannel::Text).empty());
    }
}

TEST_CASE("recovery: words that are none, what the account has not, and who is not verified") {
    RecoveryBench bench;
    RecoveryCall call(bench);
    CHECK(call.start_reason("totp") == "lost_unknown");
    CHECK(call.start_reason("password", "mistyped") == "recovery_reason_unknown");
    CHECK(call.start_reason("second_factor") == "nothing_of_that_kind");
    CHECK(call.state().can_lose ==
          std::vector<std::string>{"password", "security_key", "pin", "printed_card", "everything"});
    CHECK(call.start_reason("chip_card") == "nothing_of_that_kind");
    CallOfAlex other(bench, "Casey Rep");
    CHECK(other.rep.reason_of<&start_case_recovery>(
              "case_recovery_started", {other.id, "password", "forgotten"}) == "verification_needed");
    CHECK(other.rep.reason_of<&case_recovery>("case_recovery_read", {other.id}) == "verification_needed");
    // No way for a code at all.
    bench.settings.text.url.clear();
    auto nowhere = bench.facts.members["alex"];
    nowhere.address = {};
    bench.facts.members["alex"] = nowhere;
    CHECK(call.start_reason() == "recovery_no_way");
}
