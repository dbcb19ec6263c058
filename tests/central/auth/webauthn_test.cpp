#include "central/auth/webauthn/assertion.h"
#include "central/auth/webauthn/attestation.h"
#include "central/auth/webauthn/cose_key.h"
#include "tests/central/auth/relying_party.h"
#include "tests/support/catch.h"
#include "tests/support/webauthn_key.h"

#include <fido.h>
#include <fido/es256.h>
#include <openssl/x509.h>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

Bytes const challenge(32, 0x5A);
Bytes const user(32, 0x17);

struct Asserting {
    WebauthnKey key;
    KnownCredential known;
    bool account_known = false;

    Asserting() {
        key.user_handle = user;
        known = {key.credential_id, key.cose_key(), 0, false, user};
    }
    Result<AssertionFacts> check(WebauthnKey::Answer const& answer) const {
        return verify_assertion({challenge, rp, origin, account_known},
                                {answer.credential_id, answer.authenticator_data, answer.client_data_json,
                                 answer.signature, answer.user_handle},
                                known);
    }
    std::string refusal(KeyTwist const& twist) {
        return reason(check(key.get(rp, origin, challenge, twist)));
    }
    static std::string reason(Result<AssertionFacts> const& outcome) {
        return outcome.has_error() ? outcome.error().reason : "accepted";
    }
};

std::string registered(WebauthnKey& key, KeyTwist const& twist, WebauthnKey::Answer* keep = nullptr) {
    auto const answer = key.make(rp, origin, challenge, user, twist);
    if (keep != nullptr)
        *keep = answer;
    auto const outcome = verify_registration(
        {challenge, rp, origin}, {answer.credential_id, answer.attestation_object, answer.client_data_json});
    return outcome.has_error() ? outcome.error().reason : "accepted as " + outcome.value().attestation;
}

} // namespace

TEST_CASE("webauthn: an assertion that is right in every step is accepted") {
    Asserting a;
    auto const facts = a.check(a.key.get(rp, origin, challenge));
    REQUIRE(facts.has_value());
    CHECK(facts.value().sign_count == 1);
}

TEST_CASE("webauthn: the credential of an assertion must be the one looked up (7.2 step 5)") {
    Asserting a;
    auto answer = a.key.get(rp, origin, challenge);
    answer.credential_id[0] ^= 1U;
    CHECK(Asserting::reason(a.check(answer)) == "credential_differs");
}

TEST_CASE("webauthn: a user handle must be given when nothing else names the account (7.2 step 6)") {
    Asserting a;
    auto answer = a.key.get(rp, origin, challenge);
    answer.user_handle.clear();
    CHECK(Asserting::reason(a.check(answer)) == "user_handle_missing");
    a.account_known = true;
    CHECK(Asserting::reason(a.check(answer)) == "accepted");
}

TEST_CASE("webauthn: a user handle must be the account's (7.2 step 6)") {
    Asserting a;
    auto answer = a.key.get(rp, origin, challenge);
    answer.user_handle[31] ^= 1U;
    CHECK(Asserting::reason(a.check(answer)) == "user_handle_differs");
    a.account_known = true;
    CHECK(Asserting::reason(a.check(answer)) == "user_handle_differs");
}

TEST_CASE("webauthn: client data must be UTF-8 JSON with type, challenge and origin (7.2 steps 9 and 10)") {
    Asserting a;
    auto const refusal = [&](std::string const& text) {
        auto answer = a.key.get(rp, origin, challenge);
        answer.client_data_json = text;
        return Asserting::reason(a.check(answer));
    };
    auto const right = a.key.get(rp, origin, challenge).client_data_json;
    CHECK(refusal("") == "client_data_invalid");
    CHECK(refusal("[]") == "client_data_invalid");
    CHECK(refusal(right.substr(0, right.size() - 1)) == "client_data_invalid");
    CHECK(refusal("\xEF\xBB\xBF" + right) == "client_data_invalid");
    CHECK(refusal("{\"type\":\"\xFF\"}") == "client_data_invalid");
    CHECK(refusal(R"({"type":"webauthn.get","challenge":"AA"})") == "client_data_invalid");
    CHECK(refusal(R"({"type":"webauthn.get","challenge":5,"origin":"x"})") == "client_data_invalid");
    CHECK(refusal(std::string(5000, ' ') + right) == "client_data_invalid");
}

TEST_CASE("webauthn: the type must be webauthn.get (7.2 step 11)") {
    CHECK(Asserting().refusal({.type = "webauthn.create"}) == "client_data_type");
    CHECK(Asserting().refusal({.type = "payment.get"}) == "client_data_type");
}

TEST_CASE("webauthn: the challenge must be the one that was issued (7.2 step 12)") {
    Asserting a;
    auto other = challenge;
    other[31] ^= 1U;
    CHECK(Asserting::reason(a.check(a.key.get(rp, origin, other))) == "client_data_challenge");
    CHECK(Asserting::reason(a.check(a.key.get(rp, origin, ByteView(challenge).first(31)))) ==
          "client_data_challenge");
}

TEST_CASE("webauthn: the origin must be the plan's, to the letter (7.2 step 13)") {
    CHECK(Asserting().refusal({.origin = "https://plan.example.org.example.net"}) == "client_data_origin");
    CHECK(Asserting().refusal({.origin = "http://plan.example.org"}) == "client_data_origin");
    CHECK(Asserting().refusal({.origin = "https://plan.example.org:8443"}) == "client_data_origin");
}

TEST_CASE("webauthn: nothing from inside another site's page is taken (crossOrigin, topOrigin)") {
    CHECK(Asserting().refusal({.extra_client_data = R"(,"crossOrigin":true)"}) == "client_data_cross_origin");
    CHECK(Asserting().refusal({.extra_client_data = R"(,"topOrigin":"https://x.example")"}) ==
          "client_data_cross_origin");
    CHECK(Asserting().refusal({.extra_client_data = R"(,"crossOrigin":false)"}) == "accepted");
    CHECK(Asserting().refusal({.extra_client_data = R"(,"crossOrigin":"no")"}) == "client_data_invalid");
}

TEST_CASE("webauthn: the key must have signed for this relying party (7.2 step 15)") {
    CHECK(Asserting().refusal({.rp_id = "other.example.org"}) == "rp_id_hash");
}

TEST_CASE("webauthn: the user must have been present (7.2 step 16)") {
    CHECK(Asserting().refusal({.clear_flags = 0x01}) == "user_not_present");
}

TEST_CASE("webauthn: the key must have verified its user (7.2 step 17)") {
    CHECK(Asserting().refusal({.clear_flags = 0x04}) == "user_not_verified");
}

TEST_CASE("webauthn: a key cannot be backed up when it cannot be at all (level 3, step 19)") {
    CHECK(Asserting().refusal({.set_flags = 0x10}) == "backup_flags");
}

TEST_CASE("webauthn: whether a key can be backed up does not change (level 3, step 19)") {
    CHECK(Asserting().refusal({.set_flags = 0x08}) == "backup_eligibility_changed");
    Asserting a;
    a.known.backup_eligible = true;
    CHECK(a.refusal({.set_flags = 0x18}) == "accepted");
    CHECK(a.refusal({}) == "backup_eligibility_changed");
}

TEST_CASE("webauthn: authenticator data has no bytes left over, none missing and no reserved flags") {
    CHECK(Asserting().refusal({.trailing = {0}}) == "authenticator_data_trailing");
    CHECK(Asserting().refusal({.set_flags = 0x02}) == "authenticator_data_invalid");
    CHECK(Asserting().refusal({.set_flags = 0x80}) == "cbor_invalid");
    CHECK(Asserting().refusal({.set_flags = 0x80, .trailing = {0xA0}}) == "accepted");
    CHECK(Asserting().refusal({.set_flags = 0x80, .trailing = {0xA0, 0x00}}) ==
          "authenticator_data_trailing");
    Asserting a;
    auto answer = a.key.get(rp, origin, challenge);
    answer.authenticator_data.pop_back();
    CHECK(Asserting::reason(a.check(answer)) == "authenticator_data_invalid");
}

TEST_CASE("webauthn: an assertion carries no attested credential") {
    Asserting a;
    auto const attested = cbor::join({Bytes(16, 0), Bytes{0, 32}, a.key.credential_id, a.key.cose_key()});
    CHECK(a.refusal({.set_flags = 0x40, .trailing = attested}) == "assertion_attested");
}

TEST_CASE("webauthn: the signature must be the credential's over exactly these bytes (7.2 step 20)") {
    CHECK(Asserting().refusal({.break_signature = true}) == "signature_wrong");
    Asserting a;
    auto answer = a.key.get(rp, origin, challenge);
    answer.client_data_json += " ";
    CHECK(Asserting::reason(a.check(answer)) == "signature_wrong");
    answer = a.key.get(rp, origin, challenge);
    answer.authenticator_data[36] ^= 1U;
    CHECK(Asserting::reason(a.check(answer)) == "signature_wrong");
    Asserting other;
    a.known.cose_key = other.key.cose_key();
    CHECK(a.refusal({}) == "signature_wrong");
}

TEST_CASE("webauthn: the signature counter must rise, unless both sides stay at zero (7.2 step 21)") {
    Asserting a;
    a.key.count = 6;
    a.known.sign_count = 7;
    CHECK(a.refusal({}) == "counter_rollback");
    CHECK(a.refusal({}) == "accepted");
    a.known.sign_count = 9;
    CHECK(a.refusal({.keep_count = true}) == "counter_rollback");
    Asserting zero;
    CHECK(zero.refusal({.keep_count = true}) == "accepted");
    zero.known.sign_count = 3;
    CHECK(zero.refusal({.keep_count = true}) == "counter_rollback");
}

TEST_CASE("webauthn: registration takes none and packed self attestation") {
    WebauthnKey key;
    CHECK(registered(key, {}) == "accepted as none");
    CHECK(registered(key, {.format = "packed"}) == "accepted as self");
}

TEST_CASE("webauthn: registration checks type, challenge, origin and cross origin (7.1 steps 7 to 10)") {
    WebauthnKey key;
    CHECK(registered(key, {.type = "webauthn.get"}) == "client_data_type");
    CHECK(registered(key, {.origin = "https://other.example.org"}) == "client_data_origin");
    CHECK(registered(key, {.extra_client_data = R"(,"crossOrigin":true)"}) == "client_data_cross_origin");
    auto const answer = key.make(rp, origin, Bytes(32, 1), user);
    CHECK(verify_registration({challenge, rp, origin},
                              {answer.credential_id, answer.attestation_object, answer.client_data_json})
              .error()
              .reason == "client_data_challenge");
}

TEST_CASE(
    "webauthn: registration checks relying party, presence, verification, backup (7.1 steps 13 to 16)") {
    WebauthnKey key;
    CHECK(registered(key, {.rp_id = "other.example.org"}) == "rp_id_hash");
    CHECK(registered(key, {.clear_flags = 0x01}) == "user_not_present");
    CHECK(registered(key, {.clear_flags = 0x04}) == "user_not_verified");
    CHECK(registered(key, {.set_flags = 0x10}) == "backup_flags");
}

TEST_CASE("webauthn: registration needs a credential, and it is the one the terminal named") {
    WebauthnKey key;
    CHECK(registered(key, {.clear_flags = 0x40}) == "authenticator_data_trailing");
    auto const answer = key.make(rp, origin, challenge, user);
    auto other = answer.credential_id;
    other[0] ^= 1U;
    CHECK(verify_registration({challenge, rp, origin},
                              {other, answer.attestation_object, answer.client_data_json})
              .error()
              .reason == "credential_id_differs");
    // Authenticator data of an assertion inside an attestation object.
    auto const bare = key.get(rp, origin, challenge).authenticator_data;
    auto const object =
        cbor::join({cbor::head(5, 3), cbor::text("fmt"), cbor::text("none"), cbor::text("attStmt"),
                    cbor::head(5, 0), cbor::text("authData"), cbor::bytes(bare)});
    CHECK(
        verify_registration({challenge, rp, origin}, {answer.credential_id, object, answer.client_data_json})
            .error()
            .reason == "attestation_credential_missing");
}

TEST_CASE("webauthn: a none attestation has an empty statement (7.1 step 19)") {
    WebauthnKey key;
    auto const statement = cbor::join({cbor::head(5, 1), cbor::text("alg"), cbor::integer(-7)});
    CHECK(registered(key, {.statement = statement}) == "attestation_not_none");
}

TEST_CASE("webauthn: packed self attestation names the key's algorithm and verifies with it (8.2)") {
    WebauthnKey key;
    CHECK(registered(key, {.format = "packed", .statement_algorithm = -8}) == "attestation_algorithm");
    CHECK(registered(key, {.break_signature = true, .format = "packed"}) == "attestation_signature");
}

TEST_CASE(
    "webauthn: other formats are kept by name and trusted for nothing, packed with certificates must be "
    "signed by the first") {
    WebauthnKey key;
    CHECK(registered(key, {.format = "android-key"}) == "accepted as unverified:android-key");
    auto const garbage = cbor::join({cbor::head(5, 3), cbor::text("alg"), cbor::integer(-7),
                                     cbor::text("sig"), cbor::bytes(Bytes(70, 1)), cbor::text("x5c"),
                                     cbor::head(4, 1), cbor::bytes(Bytes(40, 2))});
    CHECK(registered(key, {.format = "packed", .statement = garbage}) == "attestation_invalid");
}

TEST_CASE("webauthn: an attestation object is read strictly") {
    WebauthnKey key;
    WebauthnKey::Answer answer;
    CHECK(registered(key, {}, &answer) == "accepted as none");
    auto const refusal = [&](Bytes const& object) {
        auto const outcome = verify_registration({challenge, rp, origin},
                                                 {answer.credential_id, object, answer.client_data_json});
        return outcome.has_error() ? outcome.error().reason : std::string("accepted");
    };
    auto longer = answer.attestation_object;
    longer.push_back(0);
    CHECK(refusal(longer) == "attestation_invalid");
    for (std::size_t size = 0; size < answer.attestation_object.size(); ++size)
        CHECK(refusal(Bytes(answer.attestation_object.begin(),
                            answer.attestation_object.begin() + static_cast<std::ptrdiff_t>(size))) !=
              "accepted");
    auto const twice = cbor::join(
        {cbor::head(5, 2), cbor::text("fmt"), cbor::text("none"), cbor::text("fmt"), cbor::text("none")});
    CHECK(refusal(twice) == "cbor_invalid");
    CHECK(refusal({0xBF, 0xFF}) == "cbor_invalid"); // without a length
    CHECK(refusal({0xBB, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}) == "cbor_invalid"); // 2^64 entries
    CHECK(refusal(Bytes(20'000, 0x81)) == "attestation_invalid");                             // nesting
    CHECK(refusal(cbor::join({cbor::head(5, 1), cbor::text("attStmt"), cbor::head(5, 1), cbor::text("x"),
                              Bytes(200, 0x81)})) == "cbor_invalid");
}

TEST_CASE("webauthn: a P-256 key must be a point of the curve") {
    WebauthnKey key;
    auto off_curve = key.cose_key();
    off_curve.back() ^= 1U;
    CHECK(registered(key, {.cose_key = off_curve}) == "cose_key_invalid");
    auto const p256 = [](std::int64_t type, std::int64_t algorithm, std::int64_t curve, Bytes const& x,
                         Bytes const& y) {
        return cbor::join({cbor::head(5, 5), cbor::integer(1), cbor::integer(type), cbor::integer(3),
                           cbor::integer(algorithm), cbor::integer(-1), cbor::integer(curve),
                           cbor::integer(-2), cbor::bytes(x), cbor::integer(-3), cbor::bytes(y)});
    };
    Bytes const zero(32, 0);
    CHECK(registered(key, {.cose_key = p256(2, -7, 1, zero, zero)}) == "cose_key_invalid"); // infinity
    CHECK(registered(key, {.cose_key = p256(2, -7, 1, Bytes(31, 1), zero)}) == "cose_key_invalid");
    CHECK(registered(key, {.cose_key = p256(2, -7, 2, zero, zero)}) == "cose_key_invalid"); // P-384
    CHECK(registered(key, {.cose_key = p256(1, -7, 1, zero, zero)}) == "cose_key_invalid");
    CHECK(registered(key, {.cose_key = p256(2, -35, 2, zero, zero)}) == "cose_algorithm_unknown");
}

namespace {

/// A key of another algorithm, its COSE form and what it signs.
struct OtherKey {
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key;
    Bytes cose;
    Bytes sign(Bytes const& data, EVP_MD const* digest) const {
        Bytes signature(1024);
        std::size_t size = signature.size();
        auto* context = EVP_MD_CTX_new();
        EVP_DigestSignInit(context, nullptr, digest, nullptr, key.get());
        EVP_DigestSign(context, signature.data(), &size, data.data(), data.size());
        EVP_MD_CTX_free(context);
        signature.resize(size);
        return signature;
    }
};

OtherKey other_key(EVP_PKEY* made) {
    return {{made, &EVP_PKEY_free}, cbor::public_key(made)};
}

} // namespace

TEST_CASE("webauthn: Ed25519 and RSA keys verify what they signed and nothing else") {
    Bytes const data{1, 2, 3};
    std::size_t used = 0;
    auto const ed = other_key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    auto const ed_key = std::move(parse_cose_key(ed.cose, used)).value();
    CHECK(used == ed.cose.size());
    CHECK(verify_signature(ed_key, data, ed.sign(data, nullptr)).has_value());
    CHECK(verify_signature(ed_key, {}, ed.sign(data, nullptr)).has_error());
    auto const rsa = other_key(EVP_RSA_gen(2048));
    auto const rsa_public = std::move(parse_cose_key(rsa.cose, used)).value();
    CHECK(verify_signature(rsa_public, data, rsa.sign(data, EVP_sha256())).has_value());
    CHECK(verify_signature(rsa_public, data, rsa.sign(data, EVP_sha1())).has_error());
}

TEST_CASE("webauthn: weak and broken Ed25519 and RSA keys are refused") {
    std::size_t used = 0;
    Bytes identity(32, 0);
    identity[0] = 1; // a point of order one: it verifies forgeries
    CHECK(parse_cose_key(cbor::ed25519_key(identity), used).error().reason == "cose_key_invalid");
    CHECK(parse_cose_key(cbor::ed25519_key(Bytes(32, 0xFF)), used).error().reason == "cose_key_invalid");
    CHECK(parse_cose_key(other_key(EVP_RSA_gen(1024)).cose, used).error().reason == "cose_key_invalid");
    auto weak_exponent = other_key(EVP_RSA_gen(2048)).cose;
    weak_exponent[weak_exponent.size() - 3] = 0;
    weak_exponent.back() = 3;
    CHECK(parse_cose_key(weak_exponent, used).error().reason == "cose_key_invalid");
}

TEST_CASE("webauthn: libfido2 accepts and refuses the same assertions as we do") {
    Asserting a;
    auto const asks_libfido2 = [&](WebauthnKey::Answer const& answer) {
        auto* assertion = fido_assert_new();
        auto const authdata = cbor::bytes(answer.authenticator_data);
        auto const hash = crypto::sha256(as_bytes(answer.client_data_json));
        auto* key = es256_pk_new();
        // The coordinates stand at fixed places in the key that WebauthnKey writes.
        Bytes point(64);
        auto const cose = a.key.cose_key();
        std::copy(cose.begin() + 10, cose.begin() + 42, point.begin());
        std::copy(cose.begin() + 45, cose.begin() + 77, point.begin() + 32);
        bool const set =
            fido_assert_set_count(assertion, 1) == FIDO_OK && fido_assert_set_rp(assertion, rp) == FIDO_OK &&
            fido_assert_set_clientdata_hash(assertion, hash.data(), hash.size()) == FIDO_OK &&
            fido_assert_set_up(assertion, FIDO_OPT_TRUE) == FIDO_OK &&
            fido_assert_set_uv(assertion, FIDO_OPT_TRUE) == FIDO_OK &&
            fido_assert_set_authdata(assertion, 0, authdata.data(), authdata.size()) == FIDO_OK &&
            fido_assert_set_sig(assertion, 0, answer.signature.data(), answer.signature.size()) == FIDO_OK &&
            es256_pk_from_ptr(key, point.data(), point.size()) == FIDO_OK;
        bool const accepted = set && fido_assert_verify(assertion, 0, COSE_ES256, key) == FIDO_OK;
        es256_pk_free(&key);
        fido_assert_free(&assertion);
        return accepted;
    };
    fido_init(0);
    for (auto const& twist : {KeyTwist{}, KeyTwist{.rp_id = "other.example.org"}, KeyTwist{.clear_flags = 1},
                              KeyTwist{.clear_flags = 4}, KeyTwist{.break_signature = true}}) {
        auto const answer = a.key.get(rp, origin, challenge, twist);
        CHECK(asks_libfido2(answer) == a.check(answer).has_value());
    }
}
