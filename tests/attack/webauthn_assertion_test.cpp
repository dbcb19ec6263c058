#include "central/auth/sign_in_flow.h"
#include "central/auth/webauthn/assertion.h"
#include "tests/attack/byte_mutation.h"
#include "tests/attack/client_data_mutation.h"
#include "tests/attack/signature_mutation.h"
#include "tests/central/auth/auth_bench.h"
#include "tests/support/catch.h"
#include "tests/support/rounds.h"
#include "tests/support/webauthn_key.h"

#include <array>
#include <set>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

constexpr char const* rp = "plan.example.org";
constexpr char const* origin = "https://plan.example.org";
constexpr std::uint32_t known_count = 1000;
Bytes const challenge(32, 0x5A);
Bytes const earlier_challenge(32, 0xC3);

using Answer = WebauthnKey::Answer;

/// What stands in a sign-in call's fields.
struct Wire {
    std::array<std::string, 5> fields;

    Wire() = default;
    explicit Wire(Answer const& answer)
        : fields{to_base64url(answer.credential_id), to_base64url(answer.authenticator_data),
                 to_base64url(as_bytes(answer.client_data_json)), to_base64url(answer.signature),
                 to_base64url(answer.user_handle)} {}
    bool operator==(Wire const& other) const { return fields == other.fields; }
    std::string text() const {
        std::string all;
        for (auto const& field : fields)
            all += "\n  " + field;
        return all;
    }
};

enum class Algorithm : std::uint8_t { Es256, EdDsa, Rs256 };

/// One account with its key, and what the key answered.
struct KeyOwner {
    explicit KeyOwner(Algorithm with, std::uint8_t id)
        : algorithm(with), key(with == Algorithm::Es256   ? WebauthnKey()
                               : with == Algorithm::EdDsa ? WebauthnKey::ed25519()
                                                          : WebauthnKey::rsa()) {
        key.user_handle = Bytes(32, id);
        key.count = known_count;
        known = {key.credential_id, key.cose_key(), known_count, false, key.user_handle};
        earlier = key.get(rp, origin, earlier_challenge);
        valid = key.get(rp, origin, challenge);
        auto other = valid;
        if (algorithm == Algorithm::Es256) {
            auto const numbers = ecdsa_numbers(valid.signature);
            other.signature = ecdsa_der({numbers.r, negated(numbers.s)});
        }
        valid_wire = Wire(valid);
        other_wire = Wire(other);
    }
    Result<AssertionFacts> check(Wire const& wire) const {
        auto const& [id, data, client_data, signature, user] = wire.fields;
        auto const answer = TRY(decode_key_answer(id, data, client_data, signature, user));
        return verify_assertion({challenge, rp, origin, false},
                                {answer.credential_id, answer.authenticator_data, answer.client_data_json,
                                 answer.signature, answer.user_handle},
                                known);
    }

    Algorithm algorithm;
    WebauthnKey key;
    KnownCredential known;
    Answer valid;
    Answer earlier; ///< it was good once
    Wire valid_wire;
    Wire other_wire; ///< the valid one with its other ECDSA signature: see the last test below
};

struct KeyOwners {
    std::array<KeyOwner, 3> mine{KeyOwner(Algorithm::Es256, 1), KeyOwner(Algorithm::EdDsa, 1),
                                 KeyOwner(Algorithm::Rs256, 1)};
    std::array<KeyOwner, 3> others{KeyOwner(Algorithm::Es256, 2), KeyOwner(Algorithm::EdDsa, 2),
                                   KeyOwner(Algorithm::Rs256, 2)};
};

void mutate_a_field(Dice& dice, Answer& answer) {
    switch (dice.below(5)) {
    case 0:
        return mutate_bytes(dice, answer.credential_id);
    case 1:
        return mutate_bytes(dice, answer.authenticator_data);
    case 2:
        return mutate_bytes(dice, answer.client_data_json);
    case 3:
        return mutate_bytes(dice, answer.signature);
    default:
        return mutate_bytes(dice, answer.user_handle);
    }
}

void swap_fields(Dice& dice, Answer& answer, Answer const& with) {
    auto const which = 1 + dice.below(31);
    if ((which & 1U) != 0)
        answer.credential_id = with.credential_id;
    if ((which & 2U) != 0)
        answer.authenticator_data = with.authenticator_data;
    if ((which & 4U) != 0)
        answer.client_data_json = with.client_data_json;
    if ((which & 8U) != 0)
        answer.signature = with.signature;
    if ((which & 16U) != 0)
        answer.user_handle = with.user_handle;
}

/// Another relying party, other flags, another count, other things behind.
void mutate_authenticator_data(Dice& dice, KeyOwner const& owner, Answer& answer) {
    auto& data = answer.authenticator_data;
    constexpr std::size_t flags_at = 32;
    constexpr std::size_t count_at = 33;
    if (data.size() < count_at + 4)
        return mutate_bytes(dice, data);
    switch (dice.below(5)) {
    case 0: {
        auto const* other = dice.one_in(2) ? "other.example.org" : "example.org";
        auto const hash = crypto::sha256(as_bytes(std::string_view(other)));
        std::copy(hash.begin(), hash.end(), data.begin());
        break;
    }
    case 1:
        data[flags_at] = static_cast<std::uint8_t>(dice.below(256));
        break;
    case 2:
        for (std::size_t i = 0; i < 4; ++i)
            data[count_at + i] = static_cast<std::uint8_t>(dice.one_in(2) ? dice.below(256) : 0xFF);
        break;
    case 3: { // extensions, said and given
        data[flags_at] |= 0x80U;
        auto const extensions = dice.one_in(2)
                                    ? cbor::head(5, 0)
                                    : cbor::join({cbor::head(5, 1), cbor::text("uvm"), Bytes{0xF5}});
        data.insert(data.end(), extensions.begin(), extensions.end());
        break;
    }
    default: { // a credential of its own
        data[flags_at] |= 0x40U;
        auto const attested = cbor::join({Bytes(16, 0), Bytes{0, 32}, owner.known.id, owner.known.cose_key});
        data.insert(data.end(), attested.begin(), attested.end());
    }
    }
}

void mutate_signature(Dice& dice, KeyOwner const& owner, Answer& answer) {
    constexpr std::size_t modulus_at = 11; // in what cbor::rsa_key writes
    switch (owner.algorithm) {
    case Algorithm::Es256:
        answer.signature = mutate_ecdsa(dice, answer.signature);
        break;
    case Algorithm::EdDsa:
        if (answer.signature.size() == 64)
            answer.signature = mutate_ed25519(dice, answer.signature);
        break;
    case Algorithm::Rs256:
        if (answer.signature.size() == 256)
            answer.signature =
                mutate_rsa(dice, answer.signature, ByteView(owner.known.cose_key).subspan(modulus_at, 256));
    }
}

/// What the member's own key signs when it is made to sign something else: by another site, for another
/// challenge, without its user, or with a count that did not rise.
Answer signed_for_something_else(Dice& dice, KeyOwner& owner) {
    owner.key.count = known_count + 1;
    auto const get = [&](KeyTwist const& twist) { return owner.key.get(rp, origin, challenge, twist); };
    switch (dice.below(14)) {
    case 0:
        return get({.type = "webauthn.create"});
    case 1:
        return get({.origin = "https://plan.example.org.example.net"});
    case 2:
        return get({.origin = "http://plan.example.org"});
    case 3:
        return get({.rp_id = "example.org"});
    case 4:
        return get({.extra_client_data = R"(,"crossOrigin":true)"});
    case 5:
        return get({.extra_client_data = R"(,"topOrigin":"https://example.net")"});
    case 6:
        return get({.clear_flags = 0x01});
    case 7:
        return get({.clear_flags = 0x04});
    case 8:
        return get({.set_flags = static_cast<unsigned>(dice.one_in(2) ? 0x10 : 0x18)});
    case 9:
        return get({.set_flags = static_cast<unsigned>(dice.one_in(2) ? 0x02 : 0x20)});
    case 10:
        return get({.set_flags = 0x40});
    case 11:
        return get({.trailing = Bytes(1 + dice.below(4), static_cast<std::uint8_t>(dice.below(256)))});
    case 12:
        owner.key.count = static_cast<std::uint32_t>(dice.below(known_count + 1));
        return get({.keep_count = true});
    default: {
        auto other = challenge;
        mutate_bytes(dice, other);
        if (other == challenge)
            other = earlier_challenge;
        return owner.key.get(rp, origin, other);
    }
    }
}

void mutate_text(Dice& dice, Wire& wire) {
    auto& field = wire.fields[dice.below(wire.fields.size())];
    if (field.empty())
        return mutate_bytes(dice, field);
    switch (dice.below(4)) {
    case 0:
        field += std::string(1 + dice.below(3), '=');
        break;
    case 1: // the unused low bits
        field.back() = static_cast<char>(field.back() + 1);
        break;
    case 2:
        field.insert(place_in(dice, field), dice.one_in(2) ? '\n' : ' ');
        break;
    default:
        std::replace(field.begin(), field.end(), '-', '+');
        std::replace(field.begin(), field.end(), '_', '/');
    }
}

/// One that differs from the valid assertion in at least one byte.
Wire mutated(Dice& dice, KeyOwners& owners) {
    // Most keys are ES256, and an RSA key takes long to check.
    auto const which = dice.below(128);
    auto const index = which < 112 ? std::size_t{0} : which < 127 ? std::size_t{1} : std::size_t{2};
    auto& owner = owners.mine[index];
    auto& other = owners.others[index];
    while (true) {
        if (dice.one_in(15))
            return Wire(signed_for_something_else(dice, owner));
        auto answer = owner.valid;
        do {
            switch (dice.below(7)) {
            case 0:
            case 1:
                mutate_a_field(dice, answer);
                break;
            case 2:
                swap_fields(dice, answer,
                            dice.one_in(3)   ? owner.earlier
                            : dice.one_in(2) ? other.valid
                                             : other.earlier);
                break;
            case 3:
                answer.client_data_json =
                    mutate_client_data(dice, answer.client_data_json, to_base64url(earlier_challenge));
                break;
            case 4:
                mutate_authenticator_data(dice, owner, answer);
                break;
            default:
                mutate_signature(dice, owner, answer);
            }
        } while (dice.one_in(5));
        Wire wire(answer);
        if (dice.one_in(20))
            mutate_text(dice, wire);
        if (!(wire == owner.valid_wire) && !(wire == owner.other_wire))
            return wire;
    }
}

/// As central does: by whom the credential id names.
Result<AssertionFacts> check(KeyOwners const& owners, Wire const& wire) {
    auto outcome = owners.mine[0].check(wire);
    for (std::size_t i = 1; i < owners.mine.size() && outcome.has_error(); ++i)
        if (outcome.error().reason == "credential_differs")
            outcome = owners.mine[i].check(wire);
    return outcome;
}

} // namespace

TEST_CASE("webauthn mutations: no mutation of a valid assertion is accepted", "[rounds]") {
    KeyOwners owners;
    for (auto const& owner : owners.mine)
        REQUIRE(owner.check(owner.valid_wire).has_value());
    for (auto const round : Rounds(20'000)) {
        Dice dice(round);
        auto const wire = mutated(dice, owners);
        if (check(owners, wire).has_value())
            FAIL("round " << round << " was accepted:" << wire.text());
    }
    for (auto const& owner : owners.mine)
        REQUIRE(owner.check(owner.valid_wire).has_value());
}

TEST_CASE("webauthn mutations: they reach every step that can refuse an assertion") {
    KeyOwners owners;
    std::set<std::string> reasons;
    for (std::uint64_t round = 0; round < 4'000; ++round) {
        Dice dice(round);
        reasons.insert(check(owners, mutated(dice, owners)).error().reason);
    }
    for (auto const* reason : {"base64url_invalid",
                               "credential_differs",
                               "user_handle_missing",
                               "user_handle_differs",
                               "client_data_invalid",
                               "client_data_type",
                               "client_data_challenge",
                               "client_data_origin",
                               "client_data_cross_origin",
                               "authenticator_data_invalid",
                               "authenticator_data_trailing",
                               "cbor_invalid",
                               "rp_id_hash",
                               "user_not_present",
                               "user_not_verified",
                               "backup_flags",
                               "assertion_attested",
                               "backup_eligibility_changed",
                               "signature_wrong",
                               "counter_rollback"}) {
        INFO(reason);
        CHECK(reasons.count(reason) == 1);
    }
}

// ECDSA signs a message with (r, s) and (r, n - s) alike, and neither WebAuthn nor its keys choose one:
// libfido2 accepts both, and refusing one would refuse half of what keys sign. So it must say nothing that
// the key did not say, and be of no use to who makes it: the challenge is spent, and the count has risen.
TEST_CASE("webauthn mutations: the other signature of the same answer is none once the answer was given") {
    KeyOwners owners;
    auto const& owner = owners.mine[0];
    REQUIRE(!(owner.other_wire == owner.valid_wire));
    auto const facts = owner.check(owner.other_wire);
    REQUIRE(facts.has_value());
    CHECK(facts.value().sign_count == owner.check(owner.valid_wire).value().sign_count);

    AuthBench bench;
    auto alex = bench.alex();
    auto kiosk = bench.terminal();
    auto const answer_twice = [&](std::string const& second_challenge) {
        auto request = kiosk.assertion(alex.key, kiosk.challenge("security_key"));
        auto first = kiosk.call();
        CHECK(sign_in_security_key(first, request).has_value());
        auto const numbers = ecdsa_numbers(from_base64url(request.signature).value());
        request.signature = to_base64url(ecdsa_der({numbers.r, negated(numbers.s)}));
        if (!second_challenge.empty())
            request.challenge_id = second_challenge;
        auto second = kiosk.call();
        CHECK(sign_in_security_key(second, request).has_error());
        return second.audit_fields;
    };
    using Fields = std::vector<std::string>;
    CHECK(answer_twice("") == Fields{"refused_by:challenge_unknown"});
    CHECK(answer_twice(kiosk.challenge("security_key").challenge_id) ==
          Fields{"refused_by:client_data_challenge"});
}
