#pragma once

#include "central/auth/totp.h"
#include "central/recovery/case_recovery.h"
#include "central/recovery/member_recovery.h"
#include "central/recovery/recoveries.h"
#include "tests/central/auth/chip_bench.h"
#include "tests/central/cases/code_bench.h"
#include "tests/support/account_setup.h"

#include <optional>
#include <string>

namespace portico::test {

/// Central that can send codes, with Alex's account: password, PIN, card and security key.
class RecoveryBench : public CodeBench {
public:
    RecoveryBench() {
        services->rp_id = "plan.example.org";
        services->origin = "https://plan.example.org";
        services->plan_name = "Sample Health Plan";
        auto setup = kiosk("kiosk-setup");
        alex = open_account(*services, setup, PatientId("alex"), "1980-02-03", "CARD-1001");
        mailed.clear();
    }
    TestTerminal kiosk(std::string const& id = "kiosk-1") { return TestTerminal(*services, id); }
    central::Account account_of(std::string const& patient) {
        return must(
            store->read<central::Account>([&](storage::Database& database) -> Result<central::Account> {
                return *TRY(central::Accounts(*vault, clock).of_patient(database, PatientId(patient)));
            }));
    }
    std::vector<std::string> factors() {
        auto const account = account_of("alex");
        return must(store->read<std::vector<std::string>>([&](storage::Database& database) {
            return central::Accounts(*vault, clock).factors(database, account);
        }));
    }
    bool has(std::string const& factor) {
        auto const all = factors();
        return std::find(all.begin(), all.end(), factor) != all.end();
    }
    /// The code app of Alex, set up as if at a kiosk.
    Secret add_app() {
        auto secret = Secret(as_text(random_bytes(central::totp_secret_bytes)));
        auto const account = account_of("alex");
        must(store->write([&](storage::Database& database) {
            return central::Accounts(*vault, clock)
                .put_secret(database, account.id, central::kind_totp, secret);
        }));
        return secret;
    }
    std::string app_code(Secret const& secret) {
        auto const code = central::totp_code(secret, to_micros(clock.now()) / 30'000'000);
        return std::string(code.reveal());
    }
    /// A chip card of Alex's, as it is mailed or handed over; its certificate.
    Bytes issue_chip(Chip const& chip, bool handed_over = true) {
        central::AccountDesk issuer(*sign_in_service);
        return der_of(
            must(issuer.issue_chip_card(PatientId("alex"), chip.request(), handed_over)).certificate_pem);
    }
    MemberAccount alex;
};

/// A rep with Alex on the phone, who has shown to be Alex.
struct RecoveryCall : CallOfAlex {
    explicit RecoveryCall(RecoveryBench& of, std::string const& name = "Robin Rep")
        : CallOfAlex(of, name), bench(of) {
        verify_again();
    }
    void verify_again() {
        MemberAtKiosk member(bench, bench.account_of("alex"), "kiosk-9");
        verified_by(member);
    }
    Result<api::RecoveryState> try_start(std::string const& lost = "password",
                                         std::string const& reason = "forgotten") {
        return rep.ask<&central::start_case_recovery>("case_recovery_started", {id, lost, reason});
    }
    std::string start_reason(std::string const& lost = "password", std::string const& reason = "forgotten") {
        auto const outcome = try_start(lost, reason);
        return outcome.has_error() ? outcome.error().reason : outcome.value().state;
    }
    api::RecoveryState state() { return must(rep.ask<&central::case_recovery>("case_recovery_read", {id})); }
    std::string withdraw() {
        return rep.reason_of<&central::withdraw_case_recovery>("case_recovery_withdrawn", {id});
    }
    RecoveryBench& bench;
};

/// The member at a kiosk who comes back.
struct ReturningMember {
    explicit ReturningMember(RecoveryBench& of, std::string const& kiosk = "kiosk-1")
        : bench(of), terminal(of.kiosk(kiosk)) {}
    std::string begin(std::string const& who = "user.alex") {
        auto with = terminal.call();
        auto const outcome = central::begin_recovery(with, {who, birth_date});
        return outcome.has_error() ? outcome.error().reason : "";
    }
    /// "" and a session, or the reason why not.
    std::string prove(api::ProveRecovery shown) {
        auto const outcome = try_prove(std::move(shown));
        if (outcome.has_error())
            return outcome.error().reason;
        must(terminal.carry(outcome.value()));
        return "";
    }
    /// As `prove`; the answer does not reach the kiosk.
    Result<api::SessionReply> try_prove(api::ProveRecovery shown) {
        shown.birth_date = birth_date;
        shown.visit = visit;
        auto with = terminal.call();
        return central::prove_recovery(with, shown);
    }
    static api::ProveRecovery typed(std::string const& code, std::string const& second_code,
                                    std::string const& second = "code",
                                    std::string const& who = "user.alex") {
        api::ProveRecovery shown;
        shown.who = who;
        shown.code = Secret(code);
        shown.second = second;
        shown.second_code = Secret(second_code);
        return shown;
    }
    std::string prove(std::string const& code, std::string const& second_code,
                      std::string const& second = "code", std::string const& who = "user.alex") {
        return prove(typed(code, second_code, second, who));
    }
    api::ProveRecovery by_key(std::string const& code, WebauthnKey& key,
                              std::string const& second = "security_key") {
        auto const answer = terminal.assertion(key, terminal.challenge(second));
        api::ProveRecovery shown;
        shown.who = "user.alex";
        shown.code = Secret(code);
        shown.second = second;
        shown.challenge_id = answer.challenge_id;
        shown.credential_id = answer.credential_id;
        shown.authenticator_data = answer.authenticator_data;
        shown.client_data_json = answer.client_data_json;
        shown.signature = answer.signature;
        shown.user_handle = answer.user_handle;
        return shown;
    }
    std::string prove_by_key(std::string const& code, WebauthnKey& key,
                             std::string const& second = "security_key") {
        return prove(by_key(code, key, second));
    }
    std::string prove_by_chip(std::string const& code, Chip const& chip, Bytes const& certificate) {
        auto const challenge = terminal.challenge("chip_card");
        api::ProveRecovery shown;
        shown.who = "user.alex";
        shown.code = Secret(code);
        shown.second = "chip_card";
        shown.challenge_id = challenge.challenge_id;
        shown.certificate = to_base64url(certificate);
        shown.signature = to_base64url(chip.sign(from_base64url(challenge.challenge).value()));
        shown.mechanism = "rsa_pkcs1_sha256";
        return prove(std::move(shown));
    }
    api::ChipCardSignIn chip_answer(Chip const& chip, Bytes const& certificate) {
        auto const challenge = terminal.challenge("chip_card");
        return {challenge.challenge_id, to_base64url(certificate),
                to_base64url(chip.sign(from_base64url(challenge.challenge).value())), "rsa_pkcs1_sha256"};
    }
    /// "", or the reason why it is not added to the account.
    std::string add_chip(Chip const& chip, Bytes const& certificate) {
        auto const by = chip_answer(chip, certificate);
        auto with = terminal.call();
        auto const outcome = central::add_chip_card(
            with, api::AddChipCard{by.challenge_id, by.certificate, by.signature, by.mechanism});
        return outcome.has_error() ? outcome.error().reason : "";
    }
    std::string finish() {
        auto with = terminal.call();
        auto const outcome = central::finish_recovery(with, {});
        return outcome.has_error() ? outcome.error().reason : "";
    }
    std::string set_password(std::string const& password = "nine slow otters by the river",
                             std::string const& username = "user.alex") {
        auto with = terminal.call();
        auto const outcome = central::set_password(with, {username, Secret(password)});
        return outcome.has_error() ? outcome.error().reason : "";
    }
    std::string text() { return bench.last_code(central::MessageChannel::Text); }
    std::string mail() { return bench.last_code(central::MessageChannel::Mail); }

    RecoveryBench& bench;
    TestTerminal terminal;
    std::string birth_date = "1980-02-03";
    std::optional<std::string> visit = {}; ///< in which proofs are shown
};

} // namespace portico::test
