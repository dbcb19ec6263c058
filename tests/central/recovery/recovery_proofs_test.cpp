#include "tests/central/recovery/recovery_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

TEST_CASE("recovery: one code and the security key in hand") {
    RecoveryBench bench;
    RecoveryCall call(bench);
    REQUIRE(call.start_reason() == "started");
    ReturningMember member(bench);
    REQUIRE(member.begin().empty());
    WebauthnKey strange;
    CHECK(member.prove_by_key(member.text(), strange) == "recovery_refused");
    CHECK(member.prove_by_key("000000", bench.alex.key) == "recovery_refused");
    CHECK(member.prove_by_key(member.text(), bench.alex.key).empty());
    CHECK(member.set_password().empty());
}

TEST_CASE("recovery: a lost key proves nothing, and signs in no more when a new one is there") {
    RecoveryBench bench;
    RecoveryCall call(bench);
    REQUIRE(call.start_reason("security_key", "stolen") == "started");
    ReturningMember member(bench);
    REQUIRE(member.begin().empty());
    CHECK(member.prove_by_key(member.text(), bench.alex.key) == "recovery_refused");
    REQUIRE(member.prove(member.text(), member.mail()).empty());
    // Until then the old one is as it was: a visit that was cut short takes nothing away.
    CHECK(bench.has("security_key"));
    WebauthnKey fresh;
    must(member.terminal.add_key(fresh));
    auto kiosk = bench.kiosk("kiosk-3");
    CHECK(kiosk.sign_in(bench.alex.key).has_error());
    CHECK(kiosk.sign_in(fresh).has_value());
    CHECK(kiosk.sign_in_password("user.alex", test_password).has_value());
}

TEST_CASE("recovery: one code and the code app, whose code is used up by it") {
    RecoveryBench bench;
    auto const app = bench.add_app();
    RecoveryCall call(bench);
    REQUIRE(call.start_reason("pin") == "started");
    ReturningMember member(bench);
    REQUIRE(member.begin().empty());
    auto const shown = bench.app_code(app);
    CHECK(member.prove("000000", shown, "totp") == "recovery_refused");
    CHECK(member.prove(member.text(), shown, "totp").empty());
    ReturningMember again(bench, "kiosk-2");
    CHECK(again.prove(member.text(), shown, "totp") == "recovery_refused");
}

TEST_CASE("recovery: a code that was mailed goes beside another code, and beside nothing else") {
    RecoveryBench bench;
    auto const app = bench.add_app();
    RecoveryCall call(bench);
    REQUIRE(call.start_reason("pin") == "started");
    ReturningMember member(bench);
    REQUIRE(member.begin().empty());
    CHECK(member.prove(member.mail(), bench.app_code(app), "totp") == "recovery_refused");
    CHECK(member.prove(member.text(), bench.app_code(app), "totp").empty());
}

TEST_CASE("recovery: one code and the service center beside, who is neither the rep nor the member") {
    RecoveryBench bench;
    auto setup = bench.kiosk("kiosk-setup");
    auto center = open_staff(*bench.services, setup, "Sandy Center");
    auto rep_key = open_staff(*bench.services, setup, "Pat Phone", {}, {StaffRole::PhoneRep});
    RecoveryCall call(bench);
    REQUIRE(call.start_reason() == "started");
    // Only now a colleague's: the record would be protected.
    auto self = open_staff(*bench.services, setup, "Alex Center", PatientId("alex"));
    ReturningMember member(bench);
    REQUIRE(member.begin().empty());
    CHECK(member.prove_by_key(member.text(), rep_key, "staff_key") == "recovery_refused");
    CHECK(member.prove_by_key(member.text(), bench.alex.key, "staff_key") == "recovery_refused");
    CHECK(member.prove_by_key(member.text(), self, "staff_key") == "own_account");
    CHECK(member.prove_by_key(member.text(), center, "staff_key").empty());
    CHECK(member.set_password().empty());
}

TEST_CASE("recovery: its session sets anew what was lost, and nothing else") {
    RecoveryBench bench;
    RecoveryCall call(bench);
    REQUIRE(call.start_reason() == "started");
    ReturningMember member(bench);
    REQUIRE(member.begin().empty());
    REQUIRE(member.prove(member.text(), member.mail()).empty());
    CHECK(member.terminal.caller().session->may_only_register);
    WebauthnKey key;
    auto const added = member.terminal.add_key(key);
    CHECK((added.has_error() && added.error().reason == "recovery_of_other"));
    auto with = member.terminal.call();
    auto const pin = set_pin(with, {Secret("739164")});
    CHECK((pin.has_error() && pin.error().reason == "recovery_of_other"));
    auto const removed = remove_credential(with, {"pin"});
    CHECK((removed.has_error() && removed.error().reason == "recovery_of_other"));
    // A password that is none ends nothing.
    CHECK(member.set_password("short") == "password_short");
    CHECK(call.item().recovery == "started");
    CHECK(member.set_password().empty());
    CHECK(call.item().recovery == "finished");
}

TEST_CASE("recovery: the member stops it in a session of theirs, and what it had opened is over") {
    RecoveryBench bench;
    RecoveryCall call(bench);
    REQUIRE(call.start_reason() == "started");
    ReturningMember stranger(bench, "kiosk-7");
    REQUIRE(stranger.begin().empty());
    REQUIRE(stranger.prove(stranger.text(), stranger.mail()).empty());
    MemberAtKiosk member(bench, bench.account_of("alex"), "kiosk-1");
    auto const own = must(member.ask<&own_recovery>("own_recovery_read", {}));
    CHECK(own.open);
    CHECK(own.lost == "password");
    bench.mailed.clear();
    must(member.ask<&stop_recovery>("recovery_stopped", {}));
    CHECK(bench.mailed == std::vector<std::string>{"alex recovery_stopped"});
    CHECK_FALSE(must(member.ask<&own_recovery>("own_recovery_read", {})).open);
    must(member.ask<&stop_recovery>("recovery_stopped", {}));
    CHECK(call.item().recovery == "stopped");
    CHECK(stranger.set_password() == "recovery_over");
    auto kiosk = bench.kiosk("kiosk-3");
    CHECK(kiosk.sign_in_password("user.alex", test_password).has_value());
}

TEST_CASE("recovery: who lost everything has nothing old left, and may set up the rest after it") {
    RecoveryBench bench;
    bench.add_app();
    RecoveryCall call(bench);
    REQUIRE(call.start_reason("everything", "stolen") == "waiting");
    CaseDesk approver(bench, "Ash Approver", {StaffRole::Approver});
    auto const entry =
        must(approver.ask<&list_work>("work_read", {std::string(recovery_approval_kind), {}})).items.at(0);
    must(approver.ask<&take_work>("work_taken", {entry.entry}));
    must(approver.ask<&decide_work>("work_decided", {entry.entry, "applied", {}}));
    // The second code is mailed on paper: here staff stand in for it.
    CHECK(call.state().second_way == "letter");
    auto setup = bench.kiosk("kiosk-setup");
    auto center = open_staff(*bench.services, setup, "Sandy Center");
    ReturningMember member(bench);
    REQUIRE(member.begin().empty());
    REQUIRE(member.prove_by_key(member.text(), center, "staff_key").empty());
    auto with = member.terminal.call();
    auto const begun = begin_totp(with, {});
    CHECK((begun.has_error() && begun.error().reason == "recovery_of_other"));
    REQUIRE(member.set_password("nine slow otters by the river", "alex.again").empty());
    CHECK(bench.factors() == std::vector<std::string>{"password"});
    auto kiosk = bench.kiosk("kiosk-3");
    CHECK(kiosk.sign_in(bench.alex.key).has_error());
    CHECK(kiosk.sign_in_card("CARD-1001", std::string(test_pin)).has_error());
    CHECK(begin_totp(with, {}).has_value());
}
