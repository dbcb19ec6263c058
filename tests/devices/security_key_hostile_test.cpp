#include "shared/devices/virtual/cbor_value.h"
#include "tests/support/catch.h"
#include "tests/support/device_key_bench.h"

#include <atomic>
#include <memory>
#include <random>
#include <set>

using namespace portico;
using namespace portico::test;
using namespace std::chrono_literals;

namespace {

std::set<std::string> const known_reasons{"key_absent",
                                          "key_unplugged",
                                          "key_pin_wrong",
                                          "key_pin_auth_blocked",
                                          "key_pin_blocked",
                                          "key_pin_not_set",
                                          "key_pin_required",
                                          "key_pin_policy",
                                          "key_no_credential",
                                          "key_already_registered",
                                          "key_full",
                                          "key_touch_timeout",
                                          "key_not_supported",
                                          "key_unreadable",
                                          "key_fingerprint_wrong"};

/// Damages what the key sends: seeded, so that a failure can be run again.
class Damage {
public:
    using Done = std::shared_ptr<std::atomic<bool>>;
    /// Even seeds damage one report, odd ones every fourth or so. `done` becomes true with the first.
    Damage(unsigned seed, Done done)
        : only_(seed % 2 == 0 ? std::optional(seed / 2 % 24) : std::nullopt), random_(seed),
          done_(std::move(done)) {}

    void operator()(HidReport& report) {
        if (only_ ? report_++ != *only_ : below(4) != 0)
            return;
        *done_ = true;
        for (std::size_t changes = 1 + below(3); changes > 0; --changes) {
            // Mostly the message itself; at times the frame around it.
            std::size_t const at = below(8) == 0 ? below(7) : 7 + below(report.size() - 7);
            static constexpr std::uint8_t favourites[] = {0x00, 0x01, 0x7F, 0x80, 0xFF,
                                                          0x5F, 0x9F, 0xBF, 0xA0, 0x40};
            report[at] = below(2) == 0 ? favourites[below(std::size(favourites))]
                                       : static_cast<std::uint8_t>(below(256));
        }
    }

private:
    std::size_t below(std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
    }
    std::optional<unsigned> only_;
    unsigned report_ = 0;
    std::mt19937 random_;
    Done done_;
};

} // namespace

TEST_CASE("security key: a key that talks nonsense is an error, never a crash, and never a proof") {
    KeyBench bench;
    auto const attestation = bench.key.make_credential(sample_registration(), pin(), {}, {}).value();
    auto request = sample_sign_in({attestation.credential_id});
    request.timeout = 100ms; // a lost report is a key that does not go on
    auto registration = sample_registration("user-2");
    registration.timeout = 100ms;
    int errors = 0;
    int proofs = 0;
    for (unsigned seed = 0; seed < 120; ++seed) {
        INFO("seed " << seed);
        auto const damaged = std::make_shared<std::atomic<bool>>(false);
        bench.slot.set_report_filter(Damage(seed, damaged));
        std::string reason;
        if (seed % 3 == 0) {
            auto const made = bench.key.make_credential(registration, pin(), {}, {});
            reason = made.has_error() ? made.error().reason : "";
        } else {
            auto assertion = bench.key.get_assertion(request, pin(), {}, {});
            if (assertion.has_error() && !*damaged) { // all was well, and the machine slow
                bench.slot.set_report_filter({});
                assertion =
                    bench.key.get_assertion(sample_sign_in({attestation.credential_id}), pin(), {}, {});
            }
            reason = assertion.has_error() ? assertion.error().reason : "";
            if (assertion.has_value())
                // Damage that still parses may come through; central's signature check is what it meets.
                proofs += proves(assertion.value(), attestation, "plan.example.org") ? 1 : 0;
        }
        if (!reason.empty()) {
            ++errors;
            CHECK(known_reasons.contains(reason));
        }
        // A damaged PIN token may cost tries; a new insertion starts clean.
        bench.slot.set_report_filter({});
        bench.slot.authenticator().preset_pin(sample_pin);
        bench.slot.remove();
        bench.slot.insert();
    }
    CHECK(errors > 25);
    CHECK(proofs > 0);
    REQUIRE(bench.wait_ready());
    auto const last = bench.key.get_assertion(sample_sign_in({attestation.credential_id}), pin(), {}, {});
    CHECK(proves(last.value(), attestation, "plan.example.org"));
}

TEST_CASE("security key: a key that only ever says 'wait' is held to our time") {
    KeyBench bench;
    REQUIRE(bench.key.make_credential(sample_registration(), pin(), {}, {}).has_value());
    bench.slot.set_auto_touch(false);
    bench.slot.set_report_filter([](HidReport& report) {
        if (report[4] == 0xBB)
            report[7] = 1; // "processing", so that nobody is told to touch it
    });
    auto request = sample_sign_in();
    request.timeout = 250ms;
    bool prompted = false;
    CHECK(bench.key.get_assertion(request, pin(), [&] { prompted = true; }, {}).error().reason ==
          "key_touch_timeout");
    CHECK_FALSE(prompted);
}

TEST_CASE("security key: one that does not answer at all is a fault in its state") {
    KeyBench bench;
    REQUIRE(bench.wait_ready());
    DeviceWatch<SecurityKeyState> watch(bench.key);
    bench.slot.set_report_filter([](HidReport& report) { report = {}; });
    bench.slot.remove();
    bench.slot.insert();
    REQUIRE(watch.wait_for<KeyFault>());
    CHECK(std::get<KeyFault>(bench.key.state()).error.kind == ErrorKind::Unavailable);
    bench.slot.set_report_filter({});
    bench.slot.remove();
    bench.slot.insert();
    CHECK(watch.wait_for<KeyReady>());
}

TEST_CASE("security key: one that knows only U2F, and so no PIN, is not supported") {
    KeyBench bench;
    REQUIRE(bench.wait_ready());
    DeviceWatch<SecurityKeyState> watch(bench.key);
    bench.slot.set_report_filter([](HidReport& report) {
        constexpr std::size_t capabilities_at = 7 + 16;
        if (report[4] == 0x86) // the answer to INIT
            report[capabilities_at] = 0;
    });
    bench.slot.remove();
    bench.slot.insert();
    REQUIRE(watch.wait_for<KeyFault>());
    CHECK(std::get<KeyFault>(bench.key.state()).error.reason == "key_not_supported");
    CHECK(bench.key.get_assertion(sample_sign_in(), pin(), {}, {}).error().reason == "key_not_supported");
}

TEST_CASE("authenticator: it refuses malformed commands and stays usable") {
    KeyBench bench;
    REQUIRE(bench.wait_ready());
    auto& authenticator = bench.slot.authenticator();
    auto const send = [&](std::uint8_t command, Bytes const& parameters) {
        return authenticator.handle(command, parameters, [] { return Touch::Given; }).front();
    };
    auto const status = [](CtapStatus value) { return static_cast<std::uint8_t>(value); };
    CHECK(send(0x55, {}) == status(CtapStatus::InvalidCommand));
    CHECK(send(0x01, {}) == status(CtapStatus::MissingParameter));
    CHECK(send(0x01, {0xFF}) == status(CtapStatus::InvalidCbor));
    CHECK(send(0x02, {0x01}) == status(CtapStatus::InvalidCbor));       // no map
    CHECK(send(0x02, {0xA1, 0x01}) == status(CtapStatus::InvalidCbor)); // cut off
    CHECK(send(0x02, {0xA0, 0x00}) == status(CtapStatus::InvalidCbor)); // bytes after it
    CHECK(send(0x06, {0xBF, 0xFF}) == status(CtapStatus::InvalidCbor)); // indefinite length
    CHECK(send(0x06, {0xA1, 0x01, 0x01}) == status(CtapStatus::MissingParameter));
    CHECK(send(0x08, {}) == status(CtapStatus::NotAllowed));
    CHECK(send(0x06, Bytes(300, 0x81)) == status(CtapStatus::InvalidCbor)); // nested 300 deep
    Bytes nested(40, 0x81);
    nested.push_back(0x00);
    CHECK(send(0x06, nested) == status(CtapStatus::InvalidCbor));
    CHECK(bench.key.make_credential(sample_registration(), pin(), {}, {}).has_value());
}

TEST_CASE("cbor: what is written is read, and every cut of it is refused") {
    CborValue const value =
        CborValue::Map{{1, CborValue::Array{-1, 0, 23, 24, 255, 256, 65536, std::int64_t{1} << 40}},
                       {"text", "caf\xC3\xA9"},
                       {"bytes", Bytes(300, 7)},
                       {"flags", CborValue::Array{true, false}}};
    auto const bytes = value.encode();
    CHECK(CborValue::parse(bytes).value() == value);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK(CborValue::parse(ByteView(bytes).first(size)).has_error());
}
