#include "central/auth/account_desk.h"
#include "tests/central/recovery/recovery_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

std::vector<api::WorkItem> approvals(CaseDesk& desk) {
    return must(desk.ask<&list_work>("work_read", {std::string(recovery_approval_kind), {}})).items;
}
std::string decide(CaseDesk& desk, std::string const& entry, std::string const& decision = "applied",
                   std::optional<std::string> const& reason = {}) {
    auto const taken = desk.reason_of<&take_work>("work_taken", {entry});
    return taken.empty() ? desk.reason_of<&decide_work>("work_decided", {entry, decision, reason}) : taken;
}

/// The security key of a staff member who has none yet.
WebauthnKey key_of(RecoveryBench& bench, TestTerminal& setup, AccountId const& account) {
    auto const code = must(bench.store->write_value<Secret>([&](storage::Database& database) {
        return make_activation_code(database, *bench.vault, bench.clock, account);
    }));
    WebauthnKey key;
    must(redeem(setup, code, ""));
    must(setup.add_key(key));
    auto with = setup.call();
    must(sign_out(with, {}));
    setup.drop();
    return key;
}

} // namespace

TEST_CASE("recovery: a second factor is set anew with the yes of a colleague, who sees no member") {
    RecoveryBench bench;
    bench.add_app();
    RecoveryCall call(bench);
    REQUIRE(call.start_reason("second_factor", "lost") == "waiting");
    CHECK(call.state().second_yes == "second_factor_reset");
    CHECK(bench.mailed.empty());
    ReturningMember member(bench);
    CHECK(member.begin().empty());
    CHECK(bench.waiting(MessageChannel::Text).empty());

    CaseDesk approver(bench, "Ash Approver", {StaffRole::Approver});
    auto const entries = approvals(approver);
    REQUIRE(entries.size() == 1);
    auto const asked = must(approver.ask<&asked_unlock>("unlock_asked_read", {entries.front().entry}));
    CHECK(asked.lost == "second_factor");
    CHECK(asked.reason == "lost");
    CHECK(asked.asked_by_name == "Robin Rep");
    auto const json = api::to_json(asked);
    for (auto const* whole : {"Alex", "Sample", "4711", "1980"})
        CHECK(json.find(whole) == std::string::npos);
    CHECK(decide(approver, entries.front().entry).empty());
    CHECK(call.item().recovery == "started");
    CHECK(bench.mailed == std::vector<std::string>{"alex recovery_started"});
    // A letter is ordered, and no code lies anywhere before it is printed.
    CHECK(call.state().second_way == "letter");
    CHECK(bench.number("SELECT count(*) FROM recovery_code") == 0);
    CHECK(decide(approver, entries.front().entry) == "queue_entry_done");
}

TEST_CASE("recovery: the code of a letter is made with the letter, lives longer, and goes with one by text") {
    RecoveryBench bench;
    bench.add_app();
    AccountDesk letters(*bench.sign_in_service);
    RecoveryCall call(bench);
    CHECK(letters.recovery_code(PatientId("alex")).error().reason == "recovery_not_open");
    REQUIRE(call.start_reason("second_factor", "lost") == "waiting");
    CHECK(letters.recovery_code(PatientId("alex")).error().reason == "recovery_not_open");
    CaseDesk approver(bench, "Ash Approver", {StaffRole::Approver});
    REQUIRE(decide(approver, approvals(approver).at(0).entry).empty());
    auto const first = must(letters.recovery_code(PatientId("alex")));
    auto const second = must(letters.recovery_code(PatientId("alex")));
    bench.clock.advance(std::chrono::hours(24 * 20));
    ReturningMember member(bench);
    REQUIRE(member.begin().empty());
    std::string const old(first.code.reveal());
    std::string const paper(second.code.reveal());
    CHECK(member.prove(paper, paper) == "recovery_refused");
    CHECK((old == paper || member.prove(old, member.text()) == "recovery_refused"));
    CHECK(member.prove(paper, member.text()).empty());
    auto with = member.terminal.call();
    auto const begun = must(begin_totp(with, {}));
    Secret const secret(as_text(from_base32(begun.secret_base32.reveal()).value()));
    must(confirm_totp(with, {Secret(bench.app_code(secret))}));
    CHECK(bench.mailed.back() == "alex totp_added");
    CHECK(call.item().recovery == "finished");
}

TEST_CASE("recovery: the letter goes to the address in force, and to none that changed since") {
    RecoveryBench bench;
    bench.add_app();
    PostalAddress now = bench.facts.members["alex"].address;
    auto const move_to = [&](std::string const& street) {
        auto change = bench.operation(bench.sign_in("alex"));
        change.change_contact_details = api::ChangeContactDetails{};
        change.change_contact_details->old_address = now;
        now.lines = {street};
        change.change_contact_details->address = now;
        auto const outcome = bench.push(change);
        REQUIRE((outcome == "applied" || outcome == "waiting"));
    };
    move_to("2 Other Street"); // the plan's own data have the old one still
    bench.clock.advance(std::chrono::hours(24 * 40));
    AccountDesk letters(*bench.sign_in_service);
    RecoveryCall call(bench);
    REQUIRE(call.start_reason("second_factor", "lost") == "waiting");
    CaseDesk approver(bench, "Ash Approver", {StaffRole::Approver});
    REQUIRE(decide(approver, approvals(approver).at(0).entry).empty());
    REQUIRE(call.state().second_way == "letter");
    CHECK(must(letters.recovery_code(PatientId("alex"))).member.address.lines ==
          std::vector<std::string>{"2 Other Street"});
    move_to("3 Third Street");
    CHECK(letters.recovery_code(PatientId("alex")).error().reason == "address_unsettled");
}

TEST_CASE("recovery: nobody says yes to what they ask themselves, nor a rep, nor too late") {
    RecoveryBench bench;
    CallerBench& callers = bench;
    CaseDesk lead(callers, "Sam Lead", {StaffRole::Supervisor});
    auto const id = lead.open();
    REQUIRE(lead.identify(says_alex(id)).empty());
    CallOfAlex of_lead(lead, id);
    MemberAtKiosk at_kiosk(bench, bench.account_of("alex"), "kiosk-9");
    of_lead.verified_by(at_kiosk);
    REQUIRE(
        must(lead.ask<&start_case_recovery>("case_recovery_started", {id, "everything", "stolen"})).state ==
        "waiting");
    auto const entry = approvals(lead).at(0).entry;
    CHECK(decide(lead, entry) == "own_request");
    auto second_desk = lead.at_another_desk();
    CHECK(decide(second_desk, entry) == "own_request");
    must(lead.ask<&give_work_back>("work_given_back", {entry}));
    CaseDesk rep(bench, "Pat Phone", {StaffRole::PhoneRep});
    CHECK(approvals(rep).empty());
    CHECK(decide(rep, entry) == "queue_entry_unknown");
    CaseDesk approver(bench, "Ash Approver", {StaffRole::Approver});
    bench.clock.advance(std::chrono::minutes(15));
    CHECK(decide(approver, entry) == "approval_expired");
    CHECK(bench.mailed.empty());
}

TEST_CASE("recovery: who said yes to it does not stand beside the member, too") {
    RecoveryBench bench;
    RecoveryCall call(bench);
    REQUIRE(call.start_reason("everything", "lost") == "waiting");
    CaseDesk approver(bench, "Ash Approver", {StaffRole::Approver, StaffRole::ServiceCenter});
    REQUIRE(decide(approver, approvals(approver).at(0).entry).empty());
    auto setup = bench.kiosk("kiosk-setup");
    auto key = key_of(bench, setup, approver.account());
    auto center = open_staff(*bench.services, setup, "Sandy Center");
    ReturningMember member(bench);
    REQUIRE(member.begin().empty());
    CHECK(member.prove_by_key(member.text(), key, "staff_key") == "own_account");
    CHECK(member.prove_by_key(member.text(), center, "staff_key").empty());
}

TEST_CASE("recovery: a no ends it, and a case that is closed asks nobody any more") {
    RecoveryBench bench;
    RecoveryCall call(bench);
    REQUIRE(call.start_reason("everything", "lost") == "waiting");
    CaseDesk approver(bench, "Ash Approver", {StaffRole::Approver});
    CHECK(decide(approver, approvals(approver).at(0).entry, "refused", "could_not_confirm").empty());
    CHECK(call.item().recovery == "refused");
    REQUIRE(call.start_reason("everything", "lost") == "waiting");
    REQUIRE(call.rep.close(call.id).empty());
    CHECK(approvals(approver).empty());
    CHECK(bench.mailed.empty());
}

TEST_CASE("recovery: one that has started outlives its case, and nothing at a desk holds a code") {
    RecoveryBench bench;
    RecoveryCall call(bench);
    REQUIRE(call.start_reason() == "started");
    ReturningMember member(bench);
    REQUIRE(member.begin().empty());
    auto const json = api::to_json(call.state()) + api::to_json(call.item());
    for (auto const& code : {member.text(), member.mail()})
        CHECK(json.find(code) == std::string::npos);
    REQUIRE(call.rep.close(call.id).empty());
    CHECK(member.prove(member.text(), member.mail()).empty());
    CHECK(member.set_password().empty());
}

TEST_CASE("recovery: the mails that tell of it go to every address, in the member's language") {
    RecoveryBench bench;
    AddressesOnFile const addresses{{"alex@example.org", "old@example.org"}, {"1 Sample Street"}, "es"};
    for (auto const* message : {"recovery_started", "recovery_stopped", "recovery_finished"}) {
        auto const before = bench.waiting(MessageChannel::Mail).size();
        must(bench.store->write(
            [&](storage::Database& database) { return bench.notify->tell(database, addresses, message); }));
        CHECK(bench.waiting(MessageChannel::Mail).size() == before + 2);
    }
    CHECK(bench.number("SELECT count(*) FROM staff_queue WHERE kind = 'send_letter'") == 3);
}
