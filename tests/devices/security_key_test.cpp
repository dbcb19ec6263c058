#include "shared/base/uuid.h"
#include "tests/support/catch.h"
#include "tests/support/device_key_bench.h"

#include <filesystem>
#include <future>

using namespace portico;
using namespace portico::test;
using namespace std::chrono_literals;

namespace {

Result<Assertion> sign_in(KeyBench& bench, std::string_view with_pin = sample_pin,
                          std::vector<Bytes> allow = {}) {
    return bench.key.get_assertion(sample_sign_in(std::move(allow)), pin(with_pin), {}, {});
}

Result<Attestation> enrol(KeyBench& bench, std::string user = "user-1") {
    return bench.key.make_credential(sample_registration(std::move(user)), pin(), {}, {});
}

} // namespace

TEST_CASE("security key: a key registered with its PIN signs in without a username") {
    KeyBench bench;
    auto const attestation = enrol(bench).value();
    CHECK(attests_itself(attestation));
    CHECK(attestation.client_data_json ==
          R"({"type":"webauthn.create","challenge":"WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlo",)"
          R"("origin":"https://plan.example.org","crossOrigin":false})");
    auto const assertion = sign_in(bench).value();
    CHECK(proves(assertion, attestation, "plan.example.org"));
    CHECK(as_text(assertion.user_handle) == "user-1");
    CHECK(assertion.client_data_json ==
          R"({"type":"webauthn.get","challenge":"w8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8M",)"
          R"("origin":"https://plan.example.org","crossOrigin":false})");
}

TEST_CASE("security key: each challenge is signed anew, never the one before") {
    KeyBench bench;
    auto const attestation = enrol(bench).value();
    auto const first = sign_in(bench).value();
    auto request = sample_sign_in();
    request.challenge = Bytes(32, 0x11);
    auto second = bench.key.get_assertion(request, pin(), {}, {}).value();
    CHECK(proves(second, attestation, "plan.example.org"));
    second.client_data_json = first.client_data_json;
    CHECK_FALSE(proves(second, attestation, "plan.example.org"));
}

TEST_CASE("security key: both PIN protocols work") {
    auto const version = GENERATE(1, 2);
    KeyBench bench({.pin_protocols = {version}});
    auto const attestation = enrol(bench).value();
    CHECK(proves(sign_in(bench).value(), attestation, "plan.example.org"));
    CHECK(sign_in(bench, "wrong-pin").error().tries_left == 7);
}

TEST_CASE("security key: a credential that is not resident is found by its id alone") {
    KeyBench bench;
    auto request = sample_registration();
    request.resident_key = false;
    auto const attestation = bench.key.make_credential(request, pin(), {}, {}).value();
    CHECK(sign_in(bench).error().reason == "key_no_credential");
    auto const assertion = sign_in(bench, sample_pin, {attestation.credential_id}).value();
    CHECK(proves(assertion, attestation, "plan.example.org"));
    CHECK(assertion.user_handle.empty());
}

TEST_CASE("security key: of several accounts on one key the newest signs in") {
    KeyBench bench;
    CHECK(enrol(bench, "user-1").has_value());
    auto const second = enrol(bench, "user-2").value();
    auto const assertion = sign_in(bench).value();
    CHECK(as_text(assertion.user_handle) == "user-2");
    CHECK(proves(assertion, second, "plan.example.org"));
}

TEST_CASE("security key: a fingerprint stands in for the PIN") {
    KeyBench bench({.fingerprint = true}, false);
    auto const attestation = bench.key.make_credential(sample_registration(), Secret(), {}, {}).value();
    auto const assertion = bench.key.get_assertion(sample_sign_in(), Secret(), {}, {}).value();
    CHECK(proves(assertion, attestation, "plan.example.org"));
}

TEST_CASE("security key: a wrong PIN says how many tries are left and a right one restores them") {
    KeyBench bench;
    REQUIRE(enrol(bench).has_value());
    CHECK(bench.key.pin_tries_left().value() == 8);
    auto const wrong = sign_in(bench, "not-the-pin").error();
    CHECK(wrong.kind == ErrorKind::Refused);
    CHECK(wrong.reason == "key_pin_wrong");
    CHECK(wrong.tries_left == 7);
    CHECK(bench.key.pin_tries_left().value() == 7);
    CHECK(sign_in(bench).has_value());
    CHECK(bench.key.pin_tries_left().value() == 8);
}

TEST_CASE("security key: three wrong PINs in a row ask for the key to be pulled, eight block it") {
    KeyBench bench;
    REQUIRE(enrol(bench).has_value());
    for (int tries = 8; tries > 0;) {
        for (int i = 0; i < 3 && tries > 0; ++i) {
            --tries;
            auto const refused = sign_in(bench, "not-the-pin").error();
            if (tries == 0)
                CHECK(refused.reason == "key_pin_blocked");
            else if (i == 2)
                CHECK(refused.reason == "key_pin_auth_blocked");
            else
                CHECK(refused.tries_left == tries);
        }
        if (tries > 0)
            CHECK(sign_in(bench).error().reason == "key_pin_auth_blocked"); // the right one is not looked at
        bench.slot.remove();
        bench.slot.insert();
    }
    auto const blocked = sign_in(bench).error();
    CHECK(blocked.reason == "key_pin_blocked");
    CHECK(blocked.kind == ErrorKind::Locked);
    CHECK(bench.key.pin_tries_left().value() == 0);
}

TEST_CASE("security key: PINs no key can have are refused without costing a try") {
    KeyBench bench;
    REQUIRE(enrol(bench).has_value());
    for (std::string const& bad : {std::string("123"), std::string(64, '1'),
                                   std::string("12\0"
                                               "45",
                                               5),
                                   std::string("\xFF\xFE\xFD\xFC")})
        CHECK(sign_in(bench, bad).error().reason == "key_pin_policy");
    CHECK(sign_in(bench, "").error().reason == "key_pin_required");
    CHECK(bench.key.pin_tries_left().value() == 8);
}

TEST_CASE("security key: a new key gets its PIN first, once") {
    KeyBench bench({}, false);
    REQUIRE(bench.wait_ready());
    CHECK_FALSE(std::get<KeyReady>(bench.key.state()).pin_set);
    CHECK(bench.key.make_credential(sample_registration(), pin(), {}, {}).error().reason ==
          "key_pin_not_set");
    CHECK(bench.key.make_credential(sample_registration(), Secret(), {}, {}).error().reason ==
          "key_pin_not_set");
    CHECK(bench.key.set_pin(pin("123")).error().reason == "key_pin_policy");
    CHECK(bench.key.set_pin(pin()).has_value());
    CHECK(std::get<KeyReady>(bench.key.state()).pin_set);
    CHECK(bench.key.set_pin(pin("another-pin")).error().reason == "key_pin_set_already");
    CHECK(enrol(bench).has_value());
}

TEST_CASE("security key: a key of another plan has no credential for ours") {
    KeyBench bench;
    auto other = sample_registration();
    other.rp_id = "other.example.net";
    auto const foreign = bench.key.make_credential(other, pin(), {}, {}).value();
    CHECK(sign_in(bench).error().reason == "key_no_credential");
    CHECK(sign_in(bench, sample_pin, {foreign.credential_id}).error().kind == ErrorKind::NotFound);
}

TEST_CASE("security key: the same key is not registered twice to one account") {
    KeyBench bench;
    auto request = sample_registration();
    request.exclude = {enrol(bench).value().credential_id};
    auto const refused = bench.key.make_credential(request, pin(), {}, {}).error();
    CHECK(refused.reason == "key_already_registered");
    CHECK(bench.slot.authenticator().credential_count() == 1);
}

TEST_CASE("security key: a full key says so") {
    KeyBench bench({.credentials_max = 1});
    REQUIRE(enrol(bench, "user-1").has_value());
    CHECK(enrol(bench, "user-2").error().reason == "key_full");
}

TEST_CASE("security key: the prompt to touch comes once, and only after the PIN was right") {
    KeyBench bench;
    REQUIRE(enrol(bench).has_value());
    bench.slot.set_auto_touch(false);
    int prompts = 0;
    CHECK(bench.key.get_assertion(sample_sign_in(), pin("not-the-pin"), [&] { ++prompts; }, {})
              .error()
              .reason == "key_pin_wrong");
    CHECK(prompts == 0);
    CHECK(bench.slot.touch().error().reason == "key_not_waiting");
    auto const signed_in = bench.key.get_assertion(sample_sign_in(), pin(),
                                                   [&] {
                                                       ++prompts;
                                                       CHECK(bench.slot.touch().has_value());
                                                   },
                                                   {});
    CHECK(signed_in.has_value());
    CHECK(prompts == 1);
}

TEST_CASE("security key: nobody touches it") {
    KeyBench bench;
    REQUIRE(enrol(bench).has_value());
    bench.slot.set_auto_touch(false);
    SECTION("and our time runs out") {
        auto request = sample_sign_in();
        request.timeout = 150ms;
        auto const late = bench.key.get_assertion(request, pin(), {}, {}).error();
        CHECK(late.kind == ErrorKind::TimedOut);
        CHECK(late.reason == "key_touch_timeout");
    }
    SECTION("and the key's own time runs out") {
        bench.slot.set_touch_timeout(50ms);
        CHECK(sign_in(bench).error().reason == "key_touch_timeout");
    }
    bench.slot.set_auto_touch(true);
    CHECK(sign_in(bench).has_value()); // the key is usable at once
}

TEST_CASE("security key: cancelling ends the wait for a finger") {
    KeyBench bench;
    REQUIRE(enrol(bench).has_value());
    bench.slot.set_auto_touch(false);
    std::stop_source cancel;
    auto const ended = bench.key.get_assertion(
        sample_sign_in(), pin(), [&] { cancel.request_stop(); }, cancel.get_token());
    CHECK(ended.error().kind == ErrorKind::Cancelled);
    SECTION("and a call cancelled before it begins sends nothing to the key") {
        auto const never =
            bench.key.get_assertion(sample_sign_in(), pin("not-the-pin"), {}, cancel.get_token());
        CHECK(never.error().reason == "cancelled");
        CHECK(bench.key.pin_tries_left().value() == 8);
    }
    bench.slot.set_auto_touch(true);
    CHECK(sign_in(bench).has_value());
}

TEST_CASE("security key: pulled while it waits for a finger") {
    KeyBench bench;
    REQUIRE(enrol(bench).has_value());
    bench.slot.set_auto_touch(false);
    auto const pulled = bench.key.get_assertion(sample_sign_in(), pin(), [&] { bench.slot.remove(); }, {});
    CHECK(pulled.error().reason == "key_unplugged");
    CHECK(sign_in(bench).error().reason == "key_absent");
}

TEST_CASE("security key: pulled at every report of a sign-in, the next sign-in works") {
    KeyBench bench;
    auto const attestation = enrol(bench).value();
    int cuts = 0;
    for (;; ++cuts) {
        REQUIRE(cuts < 200);
        REQUIRE((cuts == 0 ? bench.wait_ready() : bench.wait_ready_again()));
        bench.slot.remove_after(cuts);
        auto const result = sign_in(bench);
        bench.slot.remove_after(-1);
        if (result.has_value())
            break;
        INFO("after report " << cuts);
        CHECK(result.error().reason == "key_unplugged");
        bench.slot.insert();
        CHECK(proves(sign_in(bench).value(), attestation, "plan.example.org"));
    }
    CHECK(cuts > 10); // INIT, getInfo, key agreement, PIN token, assertion: each was cut
}

TEST_CASE("security key: pulled at every report of a registration, no half credential signs in") {
    KeyBench bench;
    int cuts = 0;
    for (;; ++cuts) {
        REQUIRE(cuts < 200);
        REQUIRE((cuts == 0 ? bench.wait_ready() : bench.wait_ready_again()));
        bench.slot.remove_after(cuts);
        auto const result = enrol(bench);
        bench.slot.remove_after(-1);
        if (result.has_value()) {
            CHECK(proves(sign_in(bench).value(), result.value(), "plan.example.org"));
            break;
        }
        INFO("after report " << cuts);
        CHECK(result.error().reason == "key_unplugged");
        bench.slot.insert();
    }
    CHECK(cuts > 10);
}

TEST_CASE("security key: its coming and going is told, each insertion anew") {
    KeyBench bench;
    DeviceWatch<SecurityKeyState> watch(bench.key);
    REQUIRE(watch.wait_for<KeyReady>());
    auto const first = std::get<KeyReady>(bench.key.state());
    CHECK(first.product == "Sample security key");
    CHECK(first.pin_set);
    bench.slot.remove();
    REQUIRE(watch.wait_for<KeyAbsent>());
    CHECK(sign_in(bench).error().reason == "key_absent");
    bench.slot.insert();
    REQUIRE(watch.wait_for<KeyReady>());
    CHECK(std::get<KeyReady>(bench.key.state()).insertion == first.insertion + 1);
    SECTION("even when it is put back too fast to be seen missing") {
        bench.slot.remove();
        bench.slot.insert();
        CHECK(watch.wait([&](SecurityKeyState const& state) {
            auto const* ready = std::get_if<KeyReady>(&state);
            return ready != nullptr && ready->insertion == first.insertion + 2;
        }));
        auto const states = watch.all();
        CHECK(std::holds_alternative<KeyAbsent>(states[states.size() - 2]));
    }
}

TEST_CASE("security key: the virtual key keeps PIN and credentials over a restart") {
    auto const folder = std::filesystem::temp_directory_path() / ("portico-key-" + to_hex(random_bytes(8)));
    std::filesystem::create_directories(folder);
    AuthenticatorOptions const options{.state_file = folder / "key.state"};
    std::optional<Attestation> attestation;
    {
        KeyBench bench(options);
        attestation = enrol(bench).value();
        CHECK(sign_in(bench, "not-the-pin").error().tries_left == 7);
    }
    {
        KeyBench bench(options);
        CHECK(bench.key.pin_tries_left().value() == 7);
        CHECK(proves(sign_in(bench).value(), *attestation, "plan.example.org"));
    }
    std::filesystem::remove_all(folder);
}
