#include "central/auth/webauthn/attestation.h"
#include "central/auth/webauthn/client_data.h"
#include "central/auth/webauthn/cose_key.h"
#include "tests/attack/byte_mutation.h"
#include "tests/attack/client_data_mutation.h"
#include "tests/attack/signature_mutation.h"
#include "tests/support/catch.h"
#include "tests/support/rounds.h"
#include "tests/support/webauthn_key.h"

#include <array>
#include <boost/json.hpp>
#include <set>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

constexpr char const* rp = "plan.example.org";
constexpr char const* origin = "https://plan.example.org";
Bytes const challenge(32, 0x5A);
Bytes const earlier_challenge(32, 0xC3);
Bytes const user(32, 0x17);

using Answer = WebauthnKey::Answer;

Result<NewCredential> check(Answer const& answer) {
    return verify_registration({challenge, rp, origin},
                               {answer.credential_id, answer.attestation_object, answer.client_data_json});
}

/// A key that is registered, and what it answered.
struct NewKey {
    NewKey(WebauthnKey made, std::string const& attestation, std::int64_t cose_algorithm = -7)
        : key(std::move(made)), format(attestation), algorithm(cose_algorithm) {
        earlier = make(earlier_challenge);
        valid = make(challenge);
    }
    Answer make(Bytes const& for_challenge, KeyTwist twist = {}) {
        twist.format = format;
        twist.statement_algorithm = algorithm;
        return key.make(rp, origin, for_challenge, user, twist);
    }
    WebauthnKey key;
    std::string format;
    std::int64_t algorithm;
    Answer valid;
    Answer earlier;
};

/// Without an attestation nothing is signed, and a changed RSA or Ed25519 key may be a key as well: those are
/// here with self attestation alone, which a change of the format's name can still take from them.
struct NewKeys {
    std::array<NewKey, 4> keys{NewKey(WebauthnKey(), "none"), NewKey(WebauthnKey(), "packed"),
                               NewKey(WebauthnKey::ed25519(), "packed", -8),
                               NewKey(WebauthnKey::rsa(), "packed", -257)};
    WebauthnKey stranger;
    Answer strange = stranger.make(rp, origin, challenge, user);
};

/// The attestation object of `answer` written anew.
Bytes object_of(std::string const& format, Bytes const& statement, Bytes const& data) {
    return cbor::join({cbor::head(5, 3), cbor::text("fmt"), cbor::text(format), cbor::text("attStmt"),
                       statement, cbor::text("authData"), cbor::bytes(data)});
}

Bytes statement_of(std::int64_t algorithm, Bytes const& signature) {
    return cbor::join({cbor::head(5, 2), cbor::text("alg"), cbor::integer(algorithm), cbor::text("sig"),
                       cbor::bytes(signature)});
}

/// Flags, relying party, count, model, lengths, extensions of what the key says.
void mutate_authenticator_data(Dice& dice, NewKey const& from, Answer& answer) {
    auto data = answer.authenticator_data;
    constexpr std::size_t flags_at = 32;
    constexpr std::size_t id_bytes_at = 37 + 16;
    switch (dice.below(8)) {
    case 0:
        data[dice.below(32)] ^= static_cast<std::uint8_t>(1U << dice.below(8));
        break;
    case 1:
        data[flags_at] = static_cast<std::uint8_t>(dice.below(256));
        break;
    case 2:
        data[id_bytes_at + dice.below(2)] = static_cast<std::uint8_t>(dice.below(256));
        break;
    case 3: // the model and the count
        data[33 + dice.below(20)] = static_cast<std::uint8_t>(dice.below(256));
        break;
    case 4: {
        data[flags_at] |= 0x80U;
        auto const extensions = cbor::join({cbor::head(5, 1), cbor::text("credProtect"), cbor::integer(2)});
        data.insert(data.end(), extensions.begin(), extensions.end());
        break;
    }
    case 5:
        data.resize(data.size() + 1 + dice.below(3));
        break;
    case 6: // what an assertion carries
        data[flags_at] &= 0xBFU;
        data.resize(37);
        break;
    default:
        mutate_bytes(dice, data);
    }
    answer.attestation_object = from.format == "none"
                                    ? object_of("none", cbor::head(5, 0), data)
                                    : object_of("packed", statement_of(-7, Bytes(70, 1)), data);
}

void mutate_statement(Dice& dice, Answer& answer) {
    auto const& data = answer.authenticator_data;
    switch (dice.below(6)) {
    case 0:
        answer.attestation_object = object_of("packed", cbor::head(5, 0), data);
        break;
    case 1:
        answer.attestation_object = object_of("none", statement_of(-7, Bytes(70, 1)), data);
        break;
    case 2:
        answer.attestation_object = object_of("packed", statement_of(-7, Bytes(71, 0x30)), data);
        break;
    case 3:
        answer.attestation_object =
            object_of("packed",
                      cbor::join({cbor::head(5, 3), cbor::text("alg"), cbor::integer(-7), cbor::text("sig"),
                                  cbor::bytes(Bytes(70, 1)), cbor::text("x5c"), cbor::head(4, 1),
                                  cbor::bytes(Bytes(1 + dice.below(60), 0x30))}),
                      data);
        break;
    case 4:
        answer.attestation_object =
            object_of("Packed ", statement_of(-7, Bytes(70, 1)), Bytes(data.size(), 0));
        break;
    default:
        answer.attestation_object = cbor::join({cbor::head(5, 2), cbor::text("fmt"), cbor::text("none"),
                                                cbor::text("authData"), cbor::bytes(data)});
    }
}

/// What the key makes for another site, challenge or call, or without its user.
Answer made_for_something_else(Dice& dice, NewKey& from) {
    auto const make = [&](KeyTwist const& twist) { return from.make(challenge, twist); };
    switch (dice.below(11)) {
    case 0:
        return make({.type = "webauthn.get"});
    case 1:
        return make({.origin = "https://plan.example.org.example.net"});
    case 2:
        return make({.rp_id = "example.org"});
    case 3:
        return make({.extra_client_data = R"(,"crossOrigin":true)"});
    case 4:
        return make({.extra_client_data = R"(,"topOrigin":"https://example.net")"});
    case 5:
        return make({.clear_flags = 0x01});
    case 6:
        return make({.clear_flags = 0x04});
    case 7:
        return make({.set_flags = 0x10});
    case 8:
        return make({.set_flags = static_cast<unsigned>(dice.one_in(2) ? 0x02 : 0x20)});
    case 9:
        return make({.trailing = Bytes(1 + dice.below(4), static_cast<std::uint8_t>(dice.below(256)))});
    default:
        return from.make(earlier_challenge);
    }
}

struct Mutated {
    NewKey* from;
    Answer answer;
    bool signed_for_something_else = false;
};

Mutated mutated(Dice& dice, NewKeys& all) {
    // An RSA key takes long to check.
    auto const which = dice.below(64);
    auto& from = all.keys[which < 28 ? 0 : which < 56 ? 1 : which < 63 ? 2 : 3];
    while (true) {
        if (dice.one_in(15))
            return {&from, made_for_something_else(dice, from), true};
        auto answer = from.valid;
        switch (dice.below(8)) {
        case 0:
            mutate_bytes(dice, answer.credential_id);
            break;
        case 1:
            mutate_bytes(dice, answer.client_data_json);
            break;
        case 2:
            answer.client_data_json =
                mutate_client_data(dice, answer.client_data_json, to_base64url(earlier_challenge));
            break;
        case 3:
            mutate_authenticator_data(dice, from, answer);
            break;
        case 4:
            mutate_statement(dice, answer);
            break;
        case 5: // a field of another registration
            if (dice.one_in(2))
                answer.credential_id = all.strange.credential_id;
            else
                answer.attestation_object =
                    dice.one_in(2) ? all.strange.attestation_object : from.earlier.attestation_object;
            break;
        default:
            mutate_bytes(dice, answer.attestation_object);
        }
        if (answer.credential_id != from.valid.credential_id ||
            answer.client_data_json != from.valid.client_data_json ||
            answer.attestation_object != from.valid.attestation_object)
            return {&from, std::move(answer)};
    }
}

bool same_key(ByteView left, ByteView right) {
    std::size_t used = 0;
    auto const a = parse_cose_key(left, used);
    auto const b = parse_cose_key(right, used);
    return a.has_value() && b.has_value() && EVP_PKEY_eq(a.value().key.get(), b.value().key.get()) == 1;
}

/// Read by another parser than central's own.
bool says_what_was_asked(std::string const& client_data) {
    boost::system::error_code failed;
    auto const parsed = boost::json::parse(client_data, failed);
    if (failed || !parsed.is_object())
        return false;
    auto const& object = parsed.get_object();
    auto const says = [&](char const* name, std::string const& value) {
        auto const* member = object.if_contains(name);
        return member != nullptr && member->is_string() && std::string(member->get_string()) == value;
    };
    auto const* cross = object.if_contains("crossOrigin");
    return says("type", "webauthn.create") && says("origin", origin) &&
           says("challenge", to_base64url(challenge)) && (cross == nullptr || *cross == false) &&
           !object.contains("topOrigin");
}

/// What the key signed keeps the key; what nobody signed does not, but no change of a P-256 key's bytes finds
/// another point of its curve.
bool may_not_be_another_key(NewKey const& from, NewCredential const& made) {
    constexpr std::int64_t es256 = -7;
    return made.attestation == "self" || from.algorithm == es256;
}

/// Why a registration that was accepted should not have been; empty when it says what the valid one said.
std::string wrong_in(Mutated const& round, NewCredential const& made) {
    if (round.signed_for_something_else)
        return "the key made it for something else";
    auto const wanted = check(round.from->valid).value();
    if (made.id != wanted.id)
        return "another credential id";
    if (!same_key(made.cose_key, wanted.cose_key) && may_not_be_another_key(*round.from, made))
        return "another key";
    if (!says_what_was_asked(round.answer.client_data_json))
        return "client data that was not asked for";
    if (made.attestation != "self")
        return "";
    bool const same = made.cose_key == wanted.cose_key && made.aaguid == wanted.aaguid &&
                      made.sign_count == wanted.sign_count &&
                      made.backup_eligible == wanted.backup_eligible && made.backed_up == wanted.backed_up &&
                      round.answer.client_data_json == round.from->valid.client_data_json;
    return same ? "" : "something else than the key signed";
}

} // namespace

// A registration without attestation is signed by nobody: its count or the key's model can be changed on the
// way. Whose key it is cannot, nor what it answers.
TEST_CASE(
    "webauthn mutations: no mutation of a registration registers another key or answers another challenge",
    "[rounds]") {
    NewKeys all;
    for (auto const& each : all.keys)
        REQUIRE(check(each.valid).value().attestation == (each.format == "none" ? "none" : "self"));
    for (auto const round : Rounds(20'000)) {
        Dice dice(round);
        auto const made = mutated(dice, all);
        auto const outcome = check(made.answer);
        auto const wrong = outcome.has_error() ? std::string() : wrong_in(made, outcome.value());
        if (!wrong.empty())
            FAIL("round " << round << " was accepted with " << wrong << ":\n  "
                          << made.answer.client_data_json << "\n  " << to_hex(made.answer.credential_id)
                          << "\n  " << to_hex(made.answer.attestation_object));
    }
}

TEST_CASE("webauthn mutations: they reach every step that can refuse a registration") {
    NewKeys all;
    std::set<std::string> reasons;
    for (std::uint64_t round = 0; round < 4'000; ++round) {
        Dice dice(round);
        auto const outcome = check(mutated(dice, all).answer);
        reasons.insert(outcome.has_error() ? outcome.error().reason : "accepted");
    }
    for (auto const* reason : {"accepted",
                               "client_data_invalid",
                               "client_data_type",
                               "client_data_challenge",
                               "client_data_origin",
                               "client_data_cross_origin",
                               "cbor_invalid",
                               "attestation_invalid",
                               "authenticator_data_invalid",
                               "authenticator_data_trailing",
                               "cose_key_invalid",
                               "cose_algorithm_unknown",
                               "rp_id_hash",
                               "user_not_present",
                               "user_not_verified",
                               "backup_flags",
                               "credential_id_differs",
                               "attestation_credential_missing",
                               "attestation_not_none",
                               "attestation_algorithm",
                               "attestation_signature"}) {
        INFO(reason);
        CHECK(reasons.count(reason) == 1);
    }
}
