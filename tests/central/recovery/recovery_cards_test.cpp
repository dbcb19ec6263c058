#include "central/auth/chip_card/chip_cards.h"
#include "central/auth/security_keys.h"
#include "central/operations/operation_calls.h"
#include "tests/central/recovery/recovery_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

struct LostCard : RecoveryBench {
    Chip chip = Chip::rsa();
    Bytes certificate = issue_chip(chip);

    bool chip_signs_in(Chip const& with, Bytes const& by) {
        ReturningMember at(*this, "kiosk-5");
        auto const answer = at.chip_answer(with, by);
        auto call = at.terminal.call();
        return sign_in_chip_card(call, answer).has_value();
    }
    /// Up to the session that replaces what was lost.
    void come_back(RecoveryCall& call, ReturningMember& member, std::string const& lost) {
        REQUIRE(call.start_reason(lost, "stolen") == "started");
        REQUIRE(member.begin().empty());
        REQUIRE(member.prove(member.text(), member.mail()).empty());
    }
};

std::string issue_reason(ReturningMember& member) {
    auto with = member.terminal.call();
    auto const outcome = begin_card_issue(with, {make_uuid_v7(member.bench.clock)});
    return outcome.has_error() ? outcome.error().reason : "";
}

} // namespace

TEST_CASE("recovery: one code and the member's chip card, and a card of somebody else's proves nothing") {
    LostCard bench;
    RecoveryCall call(bench);
    REQUIRE(call.start_reason("password") == "started");
    ReturningMember member(bench);
    REQUIRE(member.begin().empty());
    must(bench.store->write([&](storage::Database& database) -> Result<void> {
        (void)TRY(Accounts(*bench.vault, bench.clock).create_member(database, PatientId("robin")));
        return ok();
    }));
    AccountDesk issuer(*bench.sign_in_service);
    auto const other = Chip::rsa();
    auto const of_robin =
        der_of(must(issuer.issue_chip_card(PatientId("robin"), other.request(), true)).certificate_pem);
    auto const text = member.text();
    CHECK(member.prove_by_chip(text, other, of_robin) == "recovery_refused");
    // A key that is not the certificate's; and the right card beside a wrong code.
    CHECK(member.prove_by_chip(text, other, bench.certificate) == "recovery_refused");
    CHECK(member.prove_by_chip(CodeBench::other_than(text), bench.chip, bench.certificate) ==
          "recovery_refused");
    CHECK(call.state().tries_left == 2);
    // Not yet in use: nobody has shown its PIN.
    auto const mailed = Chip::rsa();
    auto const in_the_mail = bench.issue_chip(mailed, false);
    CHECK(member.prove_by_chip(text, mailed, in_the_mail) == "recovery_refused");
    CHECK(call.state().tries_left == 1);
    CHECK(member.prove_by_chip(text, bench.chip, bench.certificate).empty());
    CHECK(member.set_password().empty());
    CHECK(bench.chip_signs_in(bench.chip, bench.certificate));
}

TEST_CASE("recovery: a lost chip card proves nothing, and is revoked for good when a new one is there") {
    LostCard bench;
    RecoveryCall call(bench);
    REQUIRE(call.start_reason("chip_card", "lost") == "started");
    ReturningMember member(bench);
    REQUIRE(member.begin().empty());
    CHECK(member.prove_by_chip(member.text(), bench.chip, bench.certificate) == "recovery_refused");
    REQUIRE(member.prove(member.text(), member.mail()).empty());
    // Until something is chosen it is as it was, and it does not take its own place.
    CHECK(bench.chip_signs_in(bench.chip, bench.certificate));
    ReturningMember again(bench, "kiosk-2");
    bench.clock.advance(recovery_send_pause); // the codes have opened one visit, and open no other
    REQUIRE(again.begin().empty());
    REQUIRE(again.prove(again.text(), again.mail()).empty());
    CHECK(again.add_chip(bench.chip, bench.certificate) == "chip_card_registered_already");
    auto const fresh = Chip::rsa();
    auto const mailed = bench.issue_chip(fresh, false);
    CHECK(again.set_password() == "recovery_of_other");
    REQUIRE(again.add_chip(fresh, mailed).empty());
    CHECK(call.item().recovery == "finished");
    CHECK_FALSE(bench.chip_signs_in(bench.chip, bench.certificate));
    CHECK(bench.chip_signs_in(fresh, mailed));
    // Whoever finds it, and its PIN, does not add it again.
    CHECK(again.add_chip(bench.chip, bench.certificate) == "chip_card_refused");
    // The rest stays.
    for (auto const* stays : {"password", "security_key", "pin", "printed_card"})
        CHECK(bench.has(stays));
}

TEST_CASE("recovery: a chip card that the member had taken off is not put back by a recovery") {
    LostCard bench;
    auto const second = Chip::rsa();
    auto const of_second = bench.issue_chip(second);
    must(bench.store->write([&](storage::Database& database) -> Result<void> {
        auto const row = *TRY(find_chip_card(database, crypto::sha256(of_second)));
        TRY(remove_chip_card(database, bench.clock, PatientId("alex"), row.id));
        return ok();
    }));
    RecoveryCall call(bench);
    ReturningMember member(bench);
    bench.come_back(call, member, "chip_card");
    CHECK(member.add_chip(second, of_second) == "chip_card_revoked");
    CHECK(call.item().recovery == "started");
}

TEST_CASE("recovery: a lost card goes with nothing new in its place, where something is left to sign in by") {
    LostCard bench;
    RecoveryCall call(bench);
    ReturningMember member(bench);
    bench.come_back(call, member, "chip_card");
    bench.mailed.clear();
    CHECK(member.finish().empty());
    CHECK(call.item().recovery == "finished");
    CHECK(std::count(bench.mailed.begin(), bench.mailed.end(), "alex lost_removed") == 1);
    CHECK_FALSE(bench.chip_signs_in(bench.chip, bench.certificate));
    CHECK(bench.has("password"));
    CHECK(member.finish().empty()); // an answer that was lost is asked for again
}

TEST_CASE("recovery: who has nothing else sets up a key, and a password that was lost is set anew") {
    LostCard bench;
    must(bench.store->write([&](storage::Database& database) -> Result<void> {
        Accounts const accounts(*bench.vault, bench.clock);
        auto const account = *TRY(accounts.of_patient(database, PatientId("alex")));
        for (auto const kind : {kind_password, kind_pin})
            TRY(accounts.remove_secret(database, account.id, kind));
        for (auto const& key : TRY(security_keys_of(database, *bench.vault, account.id)))
            TRY(remove_security_key(database, account.id, key.id));
        return ok();
    }));
    RecoveryCall call(bench);
    ReturningMember member(bench);
    bench.come_back(call, member, "chip_card");
    CHECK(member.finish() == "last_credential");
    CHECK(bench.chip_signs_in(bench.chip, bench.certificate));
    WebauthnKey fresh;
    must(member.terminal.add_key(fresh));
    CHECK_FALSE(bench.chip_signs_in(bench.chip, bench.certificate));
    auto kiosk = bench.kiosk("kiosk-3");
    CHECK(kiosk.sign_in(fresh).has_value());
}

TEST_CASE("recovery: nothing new is no answer to a lost password, and no other session's to give") {
    LostCard bench;
    RecoveryCall call(bench);
    ReturningMember member(bench);
    bench.come_back(call, member, "password");
    CHECK(member.finish() == "recovery_of_other");
    CHECK(member.add_chip(bench.chip, bench.certificate) == "recovery_of_other");
    CHECK(issue_reason(member) == "recovery_of_other");
    CHECK(bench.has("password"));
    ReturningMember signed_in(bench, "kiosk-3");
    must(signed_in.terminal.carry(must(signed_in.terminal.sign_in(bench.alex.key))));
    CHECK(signed_in.finish() == "recovery_over");
}

TEST_CASE("recovery: a lost printed card names nobody when a new one is printed, and its PIN stays") {
    LostCard bench;
    RecoveryCall call(bench);
    ReturningMember member(bench);
    bench.come_back(call, member, "printed_card");
    auto kiosk = bench.kiosk("kiosk-3");
    CHECK(kiosk.sign_in_card("CARD-1001", std::string(test_pin)).has_value());
    auto const id = make_uuid_v7(bench.clock);
    auto with = member.terminal.call();
    auto const begun = must(begin_card_issue(with, {id}));
    CHECK(call.item().recovery == "finished");
    CHECK(kiosk.sign_in_card("CARD-1001", std::string(test_pin)).has_error());
    CHECK(kiosk.sign_in_card(begun.card.card_number, std::string(test_pin)).has_value());
    // The answer was lost: the same card, and it still names its member.
    CHECK(must(begin_card_issue(with, {id})).card.card_number == begun.card.card_number);
    CHECK(kiosk.sign_in_card(begun.card.card_number, std::string(test_pin)).has_value());
    for (auto const* stays : {"password", "security_key", "pin", "chip_card"})
        CHECK(bench.has(stays));
}

TEST_CASE("recovery: what begins an account, and is no recovery, prints no card") {
    LostCard bench;
    auto setup = bench.kiosk("kiosk-setup");
    auto center = open_staff(*bench.services, setup, "Sandy Center");
    ReturningMember member(bench, "kiosk-8");
    auto const staff = member.terminal.assertion(center, member.terminal.challenge("staff_key"));
    auto with = member.terminal.call();
    auto const reply =
        register_in_person(with, api::RegisterInPerson{"CARD-1001", staff.challenge_id, staff.credential_id,
                                                       staff.authenticator_data, staff.client_data_json,
                                                       staff.signature, staff.user_handle});
    must(member.terminal.carry(must(reply)));
    CHECK(issue_reason(member) == "members_only");
    CHECK(member.finish() == "recovery_over");
}
