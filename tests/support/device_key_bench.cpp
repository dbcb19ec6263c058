#include "tests/support/device_key_bench.h"

#include "shared/devices/virtual/pin_protocol.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

namespace portico::test {

namespace {

std::unique_ptr<Authenticator> new_authenticator(AuthenticatorOptions options, bool with_pin) {
    auto made = Authenticator::create(std::move(options));
    auto authenticator = std::move(made.value());
    if (with_pin && !authenticator->has_pin())
        authenticator->preset_pin(sample_pin);
    return authenticator;
}

/// ECDSA with SHA-256 by OpenSSL alone, from the COSE key's bytes.
bool verify(Bytes const& cose, Bytes const& message, Bytes const& signature) {
    auto const parsed = CborValue::parse(cose);
    if (parsed.has_error())
        return false;
    auto const* x = parsed.value().find(-2);
    auto const* y = parsed.value().find(-3);
    if (x == nullptr || y == nullptr)
        return false;
    Bytes point{4};
    point.insert(point.end(), x->bytes()->begin(), x->bytes()->end());
    point.insert(point.end(), y->bytes()->begin(), y->bytes()->end());
    char group[] = "P-256";
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
        OSSL_PARAM_construct_end()};
    auto* context = EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr);
    EVP_PKEY* key = nullptr;
    bool good = EVP_PKEY_fromdata_init(context) == 1 &&
                EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) == 1;
    EVP_PKEY_CTX_free(context);
    auto* digest = EVP_MD_CTX_new();
    good = good && EVP_DigestVerifyInit(digest, nullptr, EVP_sha256(), nullptr, key) == 1 &&
           EVP_DigestVerify(digest, signature.data(), signature.size(), message.data(), message.size()) == 1;
    EVP_MD_CTX_free(digest);
    EVP_PKEY_free(key);
    return good;
}

Bytes signed_bytes(Bytes auth_data, std::string const& client_data) {
    auto const hash = sha256(as_bytes(client_data));
    auth_data.insert(auth_data.end(), hash.begin(), hash.end());
    return auth_data;
}

} // namespace

KeyBench::KeyBench(AuthenticatorOptions options, bool with_pin)
    : slot(new_authenticator(std::move(options), with_pin)), key(slot) {
    slot.set_auto_touch(true);
    slot.insert();
}

bool KeyBench::wait_ready() {
    return wait_later_than(0);
}

bool KeyBench::wait_ready_again() {
    return wait_later_than(seen_insertion_);
}

bool KeyBench::wait_later_than(std::uint64_t insertion) {
    return DeviceWatch<SecurityKeyState>(key).wait([&](SecurityKeyState const& state) {
        auto const* ready = std::get_if<KeyReady>(&state);
        bool const later = ready != nullptr && ready->insertion > insertion;
        if (later)
            seen_insertion_ = ready->insertion;
        return later;
    });
}

MakeCredentialRequest sample_registration(std::string user) {
    MakeCredentialRequest request;
    request.rp_id = "plan.example.org";
    request.rp_name = "Sample Plan";
    request.origin = "https://plan.example.org";
    request.challenge = Bytes(32, 0x5A);
    request.user_id = Bytes(user.begin(), user.end());
    request.user_name = "sample";
    request.user_display_name = "Alex Sample";
    return request;
}

GetAssertionRequest sample_sign_in(std::vector<Bytes> allow) {
    GetAssertionRequest request;
    request.rp_id = "plan.example.org";
    request.origin = "https://plan.example.org";
    request.challenge = Bytes(32, 0xC3);
    request.allow = std::move(allow);
    return request;
}

Secret pin(std::string_view text) {
    return Secret(text);
}

bool proves(Assertion const& assertion, Attestation const& attestation, std::string_view rp_id) {
    constexpr unsigned present_and_verified = 0x05;
    auto const rp_hash = sha256(as_bytes(rp_id));
    return assertion.credential_id == attestation.credential_id && assertion.auth_data.size() >= 37 &&
           std::equal(rp_hash.begin(), rp_hash.end(), assertion.auth_data.begin()) &&
           (assertion.auth_data[32] & present_and_verified) == present_and_verified &&
           verify(attestation.public_key_cose, signed_bytes(assertion.auth_data, assertion.client_data_json),
                  assertion.signature);
}

bool attests_itself(Attestation const& attestation) {
    auto const whole = CborValue::parse(attestation.attestation_object);
    if (whole.has_error())
        return false;
    auto const* format = whole.value().find("fmt");
    auto const* data = whole.value().find("authData");
    auto const* statement = whole.value().find("attStmt");
    if (format == nullptr || data == nullptr || statement == nullptr || statement->find("sig") == nullptr)
        return false;
    return *format == CborValue("packed") && *data == CborValue(attestation.auth_data) &&
           verify(attestation.public_key_cose,
                  signed_bytes(attestation.auth_data, attestation.client_data_json),
                  *statement->find("sig")->bytes());
}

} // namespace portico::test
