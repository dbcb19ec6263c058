#include "tests/central/auth/chip_bench.h"
#include "tests/support/reason.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;
namespace parts = portico::crypto::x509_parts;

TEST_CASE("chip card: a card of the plan's signs in with two factors, RSA and ECDSA alike") {
    ChipBench bench;
    auto const rsa = Chip::rsa();
    CHECK(must(bench.show(rsa, bench.issue(rsa))).assurance == Assurance::TwoFactors);
    for (auto const* curve : {"P-256", "P-384"}) {
        auto const ec = Chip::ec(curve);
        auto const reply = must(bench.show(ec, bench.issue(ec), "ecdsa_sha256"));
        CHECK(reply.assurance == Assurance::TwoFactors);
        CHECK(reply.given_name == "Alex");
    }
}

TEST_CASE("chip card: an ECDSA signature is taken as PKCS#11 gives it, r and s") {
    ChipBench bench;
    auto const chip = Chip::ec();
    auto const certificate = bench.issue(chip);
    auto request = bench.shown(chip, certificate, "ecdsa_sha256");
    auto const der = from_base64url(request.signature).value();
    auto const* data = der.data();
    auto* signature = d2i_ECDSA_SIG(nullptr, &data, static_cast<long>(der.size()));
    Bytes raw(64);
    BN_bn2binpad(ECDSA_SIG_get0_r(signature), raw.data(), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(signature), raw.data() + 32, 32);
    ECDSA_SIG_free(signature);
    request.signature = to_base64url(raw);
    auto with = bench.kiosk.call();
    CHECK(reason(sign_in_chip_card(with, request)) == "accepted");
}

TEST_CASE("chip card: the challenge must be signed with the card's own key, fresh, by the right mechanism") {
    ChipBench bench;
    auto const chip = Chip::rsa();
    auto const certificate = bench.issue(chip);
    CHECK(reason(bench.show(Chip::rsa(), certificate)) == "sign_in_refused");
    CHECK(reason(bench.show(chip, certificate, "ecdsa_sha256")) == "sign_in_refused");
    CHECK(reason(bench.show(chip, certificate, "rsa_pkcs1_sha1")) == "sign_in_refused");
    auto const request = bench.shown(chip, certificate);
    auto with = bench.kiosk.call();
    CHECK(reason(sign_in_chip_card(with, request)) == "accepted");
    CHECK(reason(sign_in_chip_card(with, request)) == "sign_in_refused");
    auto const stale = bench.shown(chip, certificate);
    bench.clock.advance(std::chrono::seconds(121));
    CHECK(reason(sign_in_chip_card(with, stale)) == "sign_in_refused");
    auto const here = bench.shown(chip, certificate);
    auto elsewhere = bench.terminal("kiosk-2");
    auto with_other = elsewhere.call();
    CHECK(reason(sign_in_chip_card(with_other, here)) == "sign_in_refused");
    auto other_digest = bench.shown(chip, certificate);
    other_digest.signature = to_base64url(chip.sign(Bytes(32, 1), EVP_sha1()));
    CHECK(reason(sign_in_chip_card(with, other_digest)) == "sign_in_refused");
}

TEST_CASE("chip card: a foreign card is told as foreign, whatever it says of itself") {
    ChipBench bench;
    auto const chip = Chip::ec();
    bench.issue(chip);
    auto const foreign = Chip::ec();
    auto const usual = [](X509* certificate) {
        parts::extend(certificate, certificate, NID_key_usage, "critical,digitalSignature");
        parts::extend(certificate, certificate, NID_ext_key_usage, "clientAuth");
    };
    auto const forged = forge(chip, foreign, bench.clock.now(), 30, usual);
    CHECK(reason(bench.show(chip, forged, "ecdsa_sha256")) == "chip_card_foreign");
    // The terminals' authority issues no chip cards.
    auto const terminals = crypto::CertificateAuthority::create("Sample Health Plan", bench.clock.now());
    auto const terminal_certificate =
        der_of(must(terminals.issue_terminal(chip.request(), "kiosk-1", bench.clock.now())));
    CHECK(reason(bench.show(chip, terminal_certificate, "ecdsa_sha256")) == "chip_card_foreign");
}

TEST_CASE(
    "chip card: what the authority's key signed counts only with the right usage, and if it is on record") {
    ChipBench bench;
    auto const chip = Chip::ec();
    bench.issue(chip);
    auto const make = [&](char const* key_usage, char const* purpose) {
        return certified_by_stolen_authority(bench, chip, key_usage, purpose);
    };
    auto const show = [&](Bytes const& certificate) {
        return reason(bench.show(chip, certificate, "ecdsa_sha256"));
    };
    CHECK(show(make("critical,keyEncipherment", "clientAuth")) == "chip_card_foreign");
    CHECK(show(make("critical,digitalSignature", "serverAuth")) == "chip_card_foreign");
    CHECK(show(make("critical,digitalSignature", nullptr)) == "chip_card_foreign");
    CHECK(show(make(nullptr, "clientAuth")) == "chip_card_foreign");
    CHECK(show(make("critical,digitalSignature", "clientAuth")) == "sign_in_refused");
    CHECK(show(bench.trust().authority) == "chip_card_foreign");
}

TEST_CASE("chip card: not a certificate, two of them, or too much of one") {
    ChipBench bench;
    auto const chip = Chip::ec();
    auto certificate = bench.issue(chip);
    CHECK(reason(bench.show(chip, {}, "ecdsa_sha256")) == "card_certificate_invalid");
    CHECK(reason(bench.show(chip, Bytes(100, 0x30), "ecdsa_sha256")) == "card_certificate_invalid");
    auto twice = certificate;
    twice.insert(twice.end(), certificate.begin(), certificate.end());
    CHECK(reason(bench.show(chip, twice, "ecdsa_sha256")) == "card_certificate_invalid");
    CHECK(reason(bench.show(chip, Bytes(20'000, 0), "ecdsa_sha256")) == "field_too_long");
    certificate[certificate.size() - 1] ^= 1U;
    CHECK(reason(bench.show(chip, certificate, "ecdsa_sha256")) == "chip_card_foreign");
}

TEST_CASE("chip card: an expired card, and one from the future, is told as expired") {
    ChipBench bench;
    auto const chip = Chip::ec();
    auto const certificate = bench.issue(chip);
    bench.clock.advance(std::chrono::hours(24) * (chip_card_valid_days + 1));
    must(bench.sign_in->maintain());
    CHECK(reason(bench.show(chip, certificate, "ecdsa_sha256")) == "chip_card_expired");
    bench.clock.step_wall(-std::chrono::hours(24) * (chip_card_valid_days + 2));
    // Before both card and list: one or the other says no.
    CHECK(bench.show(chip, certificate, "ecdsa_sha256").has_error());
}

TEST_CASE("chip card: a revoked card is refused at once and stays on the list") {
    ChipBench bench;
    auto const chip = Chip::ec();
    auto const certificate = bench.issue(chip);
    auto const other = Chip::ec();
    auto const serial = bench.serial;
    auto const still_good = bench.issue(other);
    bench.told.clear();
    must(bench.desk.revoke_chip_card(serial));
    CHECK(bench.told == std::vector<std::string>{"patient-1 chip_card_revoked"});
    CHECK(reason(bench.show(chip, certificate, "ecdsa_sha256")) == "chip_card_revoked");
    CHECK(check_card_certificate(bench.trust(), certificate, bench.clock.now()).error().reason ==
          "chip_card_revoked");
    CHECK(reason(bench.show(other, still_good, "ecdsa_sha256")) == "accepted");
    CHECK(reason(bench.desk.revoke_chip_card("00")) == "chip_card_not_found");
}

TEST_CASE("chip card: without a current revocation list no card counts, and upkeep signs a new one in time") {
    ChipBench bench;
    auto const chip = Chip::ec();
    auto const certificate = bench.issue(chip);
    bench.clock.advance(std::chrono::hours(24 * 8));
    auto const stale = bench.show(chip, certificate, "ecdsa_sha256");
    REQUIRE(stale.has_error());
    CHECK(stale.error().reason == "revocation_list_stale");
    CHECK(stale.error().kind == ErrorKind::Unavailable);
    auto const number = bench.trust().list_number;
    must(bench.sign_in->maintain());
    CHECK(bench.trust().list_number == number + 1);
    CHECK(reason(bench.show(chip, certificate, "ecdsa_sha256")) == "accepted");
    must(bench.sign_in->maintain());
    CHECK(bench.trust().list_number == number + 1);
}

TEST_CASE("chip card: a card that was sent is added by its own member with its PIN, and by nobody else") {
    ChipBench bench;
    auto robin = bench.robin();
    auto const chip = Chip::rsa();
    auto const certificate = bench.issue(chip, false);
    CHECK(reason(bench.show(chip, certificate)) == "sign_in_refused");
    auto const add = [&] {
        auto const shown = bench.shown(chip, certificate);
        auto with = bench.kiosk.call();
        return reason(
            add_chip_card(with, {shown.challenge_id, shown.certificate, shown.signature, shown.mechanism}));
    };
    must(bench.kiosk.carry(must(bench.kiosk.sign_in(robin.key))));
    CHECK(add() == "chip_card_refused");
    bench.kiosk.drop();
    must(bench.kiosk.carry(must(bench.kiosk.sign_in(bench.account.key))));
    CHECK(add() == "accepted");
    CHECK(add() == "chip_card_registered_already");
    bench.kiosk.drop();
    CHECK(must(bench.show(chip, certificate)).assurance == Assurance::TwoFactors);
}

TEST_CASE("chip card: a card the member removed signs in no more") {
    ChipBench bench;
    auto const chip = Chip::rsa();
    auto const certificate = bench.issue(chip);
    must(bench.kiosk.carry(must(bench.show(chip, certificate))));
    auto with = bench.kiosk.call();
    for (auto const& credential : must(list_credentials(with, {})).credentials)
        if (credential.kind == "chip_card")
            CHECK(reason(remove_credential(with, {credential.id})) == "accepted");
    bench.kiosk.drop();
    CHECK(reason(bench.show(chip, certificate)) == "sign_in_refused");
}

TEST_CASE("chip card: only good keys that sign their own request are certified") {
    ChipBench bench;
    auto const issue = [&](std::string const& request) {
        return reason(bench.desk.issue_chip_card(PatientId("patient-1"), request, true));
    };
    auto const other = Chip::ec();
    CHECK(issue("") == "certificate_request_invalid");
    CHECK(issue("-----BEGIN CERTIFICATE REQUEST-----") == "certificate_request_invalid");
    CHECK(issue(Chip::rsa(1024).request()) == "certificate_request_invalid");
    CHECK(issue(Chip::ec("secp224r1").request()) == "certificate_request_invalid");
    CHECK(issue(Chip::ec().request(other.key.get())) == "certificate_request_invalid");
    CHECK(reason(bench.desk.issue_chip_card(PatientId("patient-9"), other.request(), true)) ==
          "member_not_found");
    CHECK(reason(bench.desk.issue_chip_card(PatientId("patient-2"), other.request(), true)) ==
          "account_missing");
    CHECK(issue(other.request()) == "accepted");
}
