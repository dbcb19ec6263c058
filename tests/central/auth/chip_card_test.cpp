#include "central/auth/account_desk.h"
#include "central/auth/chip_card/card_check.h"
#include "shared/crypto/x509_parts.h"
#include "tests/central/auth/auth_bench.h"

#include <functional>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/rsa.h>

using namespace portico;
using namespace portico::central;
using namespace portico::test;
namespace parts = portico::crypto::x509_parts;

namespace {

template <class T>
std::string reason(Result<T> const& outcome) {
    return outcome.has_error() ? outcome.error().reason : "accepted";
}

/// The key inside a chip card.
struct Chip {
    explicit Chip(EVP_PKEY* made) : key(made, &EVP_PKEY_free) {}
    static Chip rsa(unsigned bits = 2048) { return Chip(EVP_RSA_gen(bits)); }
    static Chip ec(char const* curve = "P-256") { return Chip(EVP_EC_gen(curve)); }

    /// PKCS#10; signed with another key when told.
    std::string request(EVP_PKEY* signer = nullptr) const {
        parts::Handle<X509_REQ, X509_REQ_free> const request(X509_REQ_new());
        X509_REQ_set_version(request.get(), X509_REQ_VERSION_1);
        parts::set_name(X509_REQ_get_subject_name(request.get()), "card");
        X509_REQ_set_pubkey(request.get(), key.get());
        X509_REQ_sign(request.get(), signer != nullptr ? signer : key.get(), EVP_sha256());
        parts::Bio const bio(BIO_new(BIO_s_mem()));
        PEM_write_bio_X509_REQ(bio.get(), request.get());
        return parts::contents(bio.get());
    }
    Bytes sign(ByteView data, EVP_MD const* digest = EVP_sha256()) const {
        Bytes signature(1024);
        std::size_t size = signature.size();
        auto* context = EVP_MD_CTX_new();
        EVP_DigestSignInit(context, nullptr, digest, nullptr, key.get());
        EVP_DigestSign(context, signature.data(), &size, data.data(), data.size());
        EVP_MD_CTX_free(context);
        signature.resize(size);
        return signature;
    }
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key;
};

Bytes der_of(std::string const& pem) {
    auto const bio = parts::memory(pem);
    parts::Handle<X509, X509_free> const certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    unsigned char* data = nullptr;
    int const size = i2d_X509(certificate.get(), &data);
    Bytes der(data, data + size);
    OPENSSL_free(data);
    return der;
}

struct ChipBench : AuthBench {
    MemberAccount account = alex();
    AccountDesk desk{*sign_in};
    TestTerminal kiosk = terminal();

    api::ChipCardSignIn shown(Chip const& chip, Bytes const& certificate,
                              std::string const& mechanism = "rsa_pkcs1_sha256") {
        auto const challenge = kiosk.challenge("chip_card");
        return {challenge.challenge_id, to_base64url(certificate),
                to_base64url(chip.sign(from_base64url(challenge.challenge).value())), mechanism};
    }
    Result<api::SessionReply> show(Chip const& chip, Bytes const& certificate,
                                   std::string const& mechanism = "rsa_pkcs1_sha256") {
        auto const request = shown(chip, certificate, mechanism);
        auto with = kiosk.call();
        return sign_in_chip_card(with, request);
    }
    Bytes issue(Chip const& chip, bool handed_over = true, std::string const& patient = "patient-1") {
        auto const issued = must(desk.issue_chip_card(PatientId(patient), chip.request(), handed_over));
        serial = issued.serial;
        return der_of(issued.certificate_pem);
    }
    CardTrust trust() {
        return must(store->read<CardTrust>(
            [](storage::Database& db) -> Result<CardTrust> { return *TRY(read_card_trust(db)); }));
    }
    std::string serial;
};

/// A certificate as the test wants it, signed by `signer`.
Bytes forge(Chip const& subject, Chip const& signer, UtcTime now, int valid_days,
            std::function<void(X509*)> const& extend) {
    parts::Handle<X509, X509_free> const certificate(X509_new());
    parts::start_certificate(certificate.get(), now, valid_days);
    parts::set_name(X509_get_subject_name(certificate.get()), "forged");
    parts::set_name(X509_get_issuer_name(certificate.get()), "Sample Health Plan chip cards");
    X509_set_pubkey(certificate.get(), subject.key.get());
    extend(certificate.get());
    X509_sign(certificate.get(), signer.key.get(), EVP_sha256());
    unsigned char* data = nullptr;
    int const size = i2d_X509(certificate.get(), &data);
    Bytes der(data, data + size);
    OPENSSL_free(data);
    return der;
}

/// The plan's own authority, made again with its key: to issue what it never would.
Chip stolen_authority(AuthBench const& bench) {
    auto const file = (bench.folder.path / "keys" / "card-authority.key").string();
    parts::Bio const bio(BIO_new_file(file.c_str(), "r"));
    return Chip(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
}

} // namespace

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
    auto const stolen = stolen_authority(bench);
    auto const make = [&](char const* key_usage, char const* purpose) {
        auto const authority = bench.trust().authority;
        auto const* data = authority.data();
        parts::Handle<X509, X509_free> const issuer(
            d2i_X509(nullptr, &data, static_cast<long>(authority.size())));
        return forge(chip, stolen, bench.clock.now(), 30, [&](X509* certificate) {
            parts::extend(certificate, issuer.get(), NID_basic_constraints, "critical,CA:FALSE");
            parts::extend(certificate, issuer.get(), NID_subject_key_identifier, "hash");
            parts::extend(certificate, issuer.get(), NID_authority_key_identifier, "keyid");
            if (key_usage != nullptr)
                parts::extend(certificate, issuer.get(), NID_key_usage, key_usage);
            if (purpose != nullptr)
                parts::extend(certificate, issuer.get(), NID_ext_key_usage, purpose);
        });
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
