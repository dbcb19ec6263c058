#include "tests/central/auth/auth_bench.h"
#include "tests/support/device_key_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

constexpr char const* key_pin = "4711-sample";

/// libfido2 with a software authenticator behind it, as a terminal drives it.
struct RealKey {
    KeyBench bench;

    Result<api::Empty> add_to(TestTerminal& kiosk) {
        auto const challenge = kiosk.challenge("register_key");
        MakeCredentialRequest request;
        request.rp_id = challenge.rp_id;
        request.rp_name = "Sample Health Plan";
        request.origin = challenge.origin;
        request.challenge = from_base64url(challenge.challenge).value();
        request.user_id = from_base64url(challenge.user_id).value();
        request.user_name = challenge.user_name;
        request.user_display_name = challenge.user_name;
        for (auto const& id : challenge.credential_ids)
            request.exclude.push_back(from_base64url(id).value());
        auto const made = TRY(bench.key.make_credential(request, Secret(key_pin), [] {}, {}));
        auto with = kiosk.call();
        return add_security_key(with, {challenge.challenge_id, to_base64url(made.credential_id),
                                       to_base64url(made.attestation_object),
                                       to_base64url(as_bytes(made.client_data_json)), "real"});
    }
    Result<api::SessionReply> sign_in(TestTerminal& kiosk, bool verify_user = true) {
        auto const challenge = kiosk.challenge("security_key");
        GetAssertionRequest request;
        request.rp_id = challenge.rp_id;
        request.origin = challenge.origin;
        request.challenge = from_base64url(challenge.challenge).value();
        request.verify_user = verify_user;
        auto const made =
            TRY(bench.key.get_assertion(request, Secret(verify_user ? key_pin : ""), [] {}, {}));
        auto with = kiosk.call();
        return sign_in_security_key(with, {challenge.challenge_id, to_base64url(made.credential_id),
                                           to_base64url(made.auth_data),
                                           to_base64url(as_bytes(made.client_data_json)),
                                           to_base64url(made.signature), to_base64url(made.user_handle)});
    }
};

} // namespace

TEST_CASE(
    "real key: what libfido2 and an authenticator make registers and signs in, once, and with its PIN only") {
    AuthBench bench;
    auto kiosk = bench.terminal();
    RealKey key;
    REQUIRE(key.bench.wait_ready());
    must(redeem(kiosk, invite(bench.services, PatientId("patient-1")), "1980-02-03"));
    must(key.add_to(kiosk));
    auto const again = key.add_to(kiosk);
    REQUIRE(again.has_error());
    CHECK(again.error().reason == "key_already_registered"); // the key itself says so, by the exclude list
    auto with = kiosk.call();
    CHECK(must(list_credentials(with, {})).credentials.size() == 1);
    kiosk.drop();
    CHECK(must(key.sign_in(kiosk)).assurance == Assurance::TwoFactors);
    CHECK(must(key.sign_in(kiosk)).assurance == Assurance::TwoFactors);
    auto const touch_only = key.sign_in(kiosk, false);
    REQUIRE(touch_only.has_error());
    CHECK(touch_only.error().reason == "sign_in_refused");
}
