#include "tests/support/catch.h"
#include "tests/support/device_watch.h"
#include "tests/support/smart_card_cac.h"

#include <iostream>

using namespace portico;
using namespace portico::test;

namespace {

bool skipped() {
    auto const missing = CacBench::missing();
    if (missing.empty())
        return false;
    std::cout << "SKIP: a chip card over PC/SC needs " << missing << '\n';
    return true;
}

Result<ChipCardProof> sign(ChipCardReader& reader, std::string_view with_pin = sample_cac_pin) {
    return reader.sign_challenge(as_bytes("a challenge"), Secret(with_pin), {});
}

} // namespace

TEST_CASE("chip card over pc/sc: inserted, it shows its certificate and signs, pulled, it is gone") {
    if (skipped())
        return;
    CacBench bench;
    REQUIRE(bench.start());
    auto const reader = bench.reader();
    DeviceWatch<ChipCardState> watch(*reader);
    REQUIRE(watch.wait([](ChipCardState const& state) {
        auto const* absent = std::get_if<ChipCardAbsent>(&state);
        return absent != nullptr && absent->reader_present;
    }));
    CHECK(sign(*reader).error().reason == "card_absent");
    for (std::uint64_t round = 1; round <= 2; ++round) {
        bench.insert();
        auto const ready = watch.take<ChipCardReady>();
        REQUIRE(ready);
        CHECK(ready->certificate == bench.identity().certificate);
        CHECK(ready->insertion == round);
        auto const proof = sign(*reader).value();
        CHECK(proof.scheme == ChipCardScheme::RsaPkcs1Sha256);
        CHECK(certificate_verifies(ready->certificate, as_bytes("a challenge"), proof.signature));
        bench.remove();
        REQUIRE(watch.wait_for<ChipCardAbsent>());
        CHECK(sign(*reader).error().reason == "card_absent");
    }
}

TEST_CASE("chip card over pc/sc: wrong PINs warn, then block, over insertions too") {
    if (skipped())
        return;
    CacBench bench;
    REQUIRE(bench.start());
    auto const reader = bench.reader();
    DeviceWatch<ChipCardState> watch(*reader);
    bench.insert();
    REQUIRE(watch.wait_for<ChipCardReady>());
    CHECK(sign(*reader, "1").error().reason == "card_pin_length");
    CHECK(sign(*reader, "123456789").error().reason == "card_pin_length");
    CHECK(sign(*reader, "000000").error().reason == "card_pin_wrong");
    auto const right = sign(*reader); // restores the tries
    INFO((right.has_error() ? right.error().reason + " " + right.error().message : ""));
    CHECK(right.has_value());
    CHECK(sign(*reader, "000000").error().reason == "card_pin_wrong");
    CHECK(sign(*reader, "000000").error().reason == "card_pin_wrong");
    auto const blocked = sign(*reader, "000000").error();
    CHECK(blocked.reason == "card_pin_blocked");
    CHECK(blocked.kind == ErrorKind::Locked);
    CHECK(sign(*reader).error().reason == "card_pin_blocked");
    bench.remove();
    REQUIRE(watch.wait_for<ChipCardAbsent>());
    bench.insert();
    REQUIRE(watch.wait_for<ChipCardReady>());
    CHECK(sign(*reader).error().reason == "card_pin_blocked");
}

TEST_CASE("chip card over pc/sc: pulled at every command of a signature, the next one works") {
    if (skipped())
        return;
    CacBench bench;
    REQUIRE(bench.start());
    bool signed_once = false;
    int pulled = 0;
    for (int commands = 0; commands < 150 && !signed_once; commands += 7) {
        bench.insert(commands);
        {
            auto const reader = bench.reader();
            eventually([&] {
                return !std::holds_alternative<ChipCardAbsent>(reader->state()) || !bench.inserted();
            });
            auto const proof = sign(*reader);
            INFO("pulled after command " << commands);
            if (proof.has_value()) {
                CHECK(certificate_verifies(bench.identity().certificate, as_bytes("a challenge"),
                                           proof.value().signature));
                signed_once = true;
            } else {
                ++pulled;
                auto const& reason = proof.error().reason;
                CHECK((reason == "card_absent" || reason == "card_removed" || reason == "card_unreadable" ||
                       reason == "card_no_certificate"));
            }
        }
        bench.remove();
        if (signed_once)
            break;
        auto const reader = bench.reader();
        bench.insert();
        DeviceWatch<ChipCardState> watch(*reader);
        REQUIRE(watch.wait_for<ChipCardReady>());
        CHECK(sign(*reader).has_value());
        bench.remove();
        REQUIRE(watch.wait_for<ChipCardAbsent>());
    }
    CHECK(signed_once);
    CHECK(pulled > 2);
}
