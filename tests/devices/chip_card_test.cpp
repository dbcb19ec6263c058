#include "tests/support/catch.h"
#include "tests/support/device_watch.h"
#include "tests/support/smart_card_soft.h"

#include <iostream>

using namespace portico;
using namespace portico::test;
using namespace std::chrono_literals;

namespace {

bool skipped() {
    if (!soft_card_module().empty())
        return false;
    std::cout << "SKIP: SoftHSM2 is not installed\n";
    return true;
}

Result<ChipCardProof> sign(SoftCardBench& bench, std::string_view challenge,
                           std::string_view with_pin = sample_card_pin) {
    return bench.slot.sign_challenge(as_bytes(challenge), Secret(with_pin), {});
}

} // namespace

TEST_CASE("chip card: a card in the slot shows its certificate and signs with its PIN") {
    if (skipped())
        return;
    auto const [name, scheme] = GENERATE(std::pair{"member", ChipCardScheme::EcdsaSha256},
                                         std::pair{"member-rsa", ChipCardScheme::RsaPkcs1Sha256},
                                         std::pair{"foreign", ChipCardScheme::EcdsaSha256},
                                         std::pair{"expired", ChipCardScheme::EcdsaSha256});
    SoftCardBench bench({name});
    DeviceWatch<ChipCardState> watch(bench.slot);
    CHECK(std::holds_alternative<ChipCardAbsent>(bench.slot.state()));
    REQUIRE(bench.slot.insert(name).has_value());
    REQUIRE(watch.wait_for<ChipCardReady>());
    auto const ready = std::get<ChipCardReady>(bench.slot.state());
    CHECK(ready.label == name);
    CHECK(ready.pin == ChipCardPin::Ready);
    auto const proof = sign(bench, "a challenge of central's").value();
    CHECK(proof.certificate == ready.certificate);
    CHECK(proof.scheme == scheme);
    CHECK(certificate_verifies(ready.certificate, as_bytes("a challenge of central's"), proof.signature));
    CHECK_FALSE(certificate_verifies(ready.certificate, as_bytes("another challenge"), proof.signature));
}

TEST_CASE("chip card: wrong PINs are counted, the third blocks, a right one before restores") {
    if (skipped())
        return;
    SoftCardBench bench;
    REQUIRE(bench.slot.insert("member").has_value());
    CHECK(sign(bench, "c", "000000").error().tries_left == 2);
    CHECK(sign(bench, "c").has_value());
    CHECK(sign(bench, "c", "000000").error().tries_left == 2);
    auto const last = sign(bench, "c", "000000").error();
    CHECK(last.reason == "card_pin_wrong");
    CHECK(last.tries_left == 1);
    DeviceWatch<ChipCardState> watch(bench.slot);
    CHECK(watch.wait([](ChipCardState const& state) {
        auto const* ready = std::get_if<ChipCardReady>(&state);
        return ready != nullptr && ready->pin == ChipCardPin::LastTry;
    }));
    CHECK(sign(bench, "c", "000000").error().reason == "card_pin_blocked");
    CHECK(sign(bench, "c").error().kind == ErrorKind::Locked);
    bench.slot.unblock();
    CHECK(sign(bench, "c").has_value());
}

TEST_CASE("chip card: one person's right PIN never makes the next person's wrong one good") {
    if (skipped())
        return;
    SoftCardBench bench;
    REQUIRE(bench.slot.insert("member").has_value());
    CHECK(sign(bench, "c").has_value());
    CHECK(sign(bench, "c", "999999").error().reason == "card_pin_wrong");
}

TEST_CASE("chip card: PINs of impossible length cost no try") {
    if (skipped())
        return;
    SoftCardBench bench;
    REQUIRE(bench.slot.insert("member").has_value());
    for (std::string const& bad : {std::string(), std::string("1"), std::string(300, '1')})
        CHECK(sign(bench, "c", bad).error().reason == "card_pin_length");
    CHECK(sign(bench, "c", "000000").error().tries_left == 2);
}

TEST_CASE("chip card: absent, removed and removed in the midst are told apart") {
    if (skipped())
        return;
    SoftCardBench bench({"member", "foreign"});
    CHECK(sign(bench, "c").error().reason == "card_absent");
    REQUIRE(bench.slot.insert("member").has_value());
    CHECK(bench.slot.insert("foreign").error().reason == "card_inserted");
    bench.slot.remove_during_next_call();
    CHECK(sign(bench, "c").error().reason == "card_removed");
    CHECK(sign(bench, "c").error().reason == "card_absent");
    CHECK(bench.slot.insert("nobody's").error().reason == "card_unknown");
    DeviceWatch<ChipCardState> watch(bench.slot);
    REQUIRE(bench.slot.insert("member").has_value());
    REQUIRE(watch.wait_for<ChipCardReady>());
    bench.slot.remove();
    CHECK(watch.wait_for<ChipCardAbsent>());
}

TEST_CASE("chip card: each insertion is a new one") {
    if (skipped())
        return;
    SoftCardBench bench({"member", "foreign"});
    DeviceWatch<ChipCardState> watch(bench.slot);
    std::uint64_t last = 0;
    for (char const* name : {"member", "member", "foreign"}) {
        REQUIRE(bench.slot.insert(name).has_value());
        REQUIRE(watch.wait_for<ChipCardReady>());
        auto const now = std::get<ChipCardReady>(bench.slot.state()).insertion;
        CHECK(now > last);
        last = now;
        bench.slot.remove();
    }
}

TEST_CASE("chip card: cancelled before the PIN is tried") {
    if (skipped())
        return;
    SoftCardBench bench;
    REQUIRE(bench.slot.insert("member").has_value());
    std::stop_source cancel;
    cancel.request_stop();
    CHECK(bench.slot.sign_challenge(as_bytes("c"), Secret("000000"), cancel.get_token()).error().kind ==
          ErrorKind::Cancelled);
    CHECK(sign(bench, "c", "000000").error().tries_left == 2);
}

TEST_CASE("chip card: a module that is missing or is none is refused") {
    CHECK(Pkcs11ChipCardReader::create({"/nonexistent/module.so"}).error().reason == "card_module_unusable");
    CHECK(Pkcs11ChipCardReader::create({"libc.so.6"}).error().reason == "card_module_unusable");
}
