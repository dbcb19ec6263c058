#include "shared/devices/virtual/bench_devices.h"
#include "tests/support/catch.h"
#include "tests/support/device_key_bench.h"
#include "tests/support/smart_card_soft.h"

#include <fstream>
#include <iostream>

using namespace portico;
using namespace portico::test;
using namespace std::chrono_literals;

namespace {

struct Bench {
    ManualClock clock{UtcTime{1'000'000s}};
    DeviceFolder folder;
    std::unique_ptr<BenchDevices> devices;

    explicit Bench(std::string card_module = {}) {
        devices = BenchDevices::create(
                      {folder.path(), sample_pin, std::move(card_module), sample_card_pin, 0ms}, clock)
                      .value();
    }
    std::string act(std::string_view device, std::string_view action, std::string_view value = {}) {
        auto const done = devices->act(device, action, value);
        return done.has_value() ? "done" : done.error().reason;
    }
};

} // namespace

TEST_CASE("bench: hands work every device, and what is not possible is answered with what is") {
    Bench bench;
    auto const refused = bench.devices->act("security_key", "eat").error();
    CHECK(refused.reason == "device_action_unknown");
    CHECK(refused.message.find("security_key: insert remove touch") != std::string::npos);
    CHECK(refused.message.find("letter_printer: take empty refill") != std::string::npos);
    CHECK(bench.act("card_printer", "touch") == "device_action_unknown");

    DeviceWatch<SecurityKeyState> key(bench.devices->security_key());
    CHECK(bench.act("security_key", "touch") == "key_not_waiting");
    CHECK(bench.act("security_key", "insert") == "done");
    CHECK(key.wait_for<KeyReady>());
    CHECK(bench.act("security_key", "remove") == "done");
    CHECK(key.wait_for<KeyAbsent>());
    CHECK(bench.act("security_key", "remove") == "done"); // nothing in: nothing to do
    CHECK(bench.act("security_key", "insert") == "done"); // the same again
    CHECK(key.wait_for<KeyReady>());
    CHECK(bench.devices->key_slot().authenticator().has_pin());
    CHECK(bench.act("security_key", "insert", "other") == "key_inserted");
    CHECK(bench.act("security_key", "remove") == "done");
    CHECK(key.wait_for<KeyAbsent>());

    std::string scanned;
    bench.devices->barcode().watch([&](Scan const& scan) { scanned = scan.value(); }, {});
    CHECK(bench.act("barcode", "scan", "%80840") == "done");
    CHECK(scanned == "%80840");
    CHECK(bench.act("barcode", "unplug") == "done");
    CHECK(bench.act("barcode", "scan", "x") == "barcode_reader_absent");

    auto const state = [&] { return bench.devices->card_printer().status({}).state; };
    CHECK(std::holds_alternative<PrinterReady>(state()));
    for (auto const& [off, on] : {std::pair{"empty", "refill"}, {"jam", "clear"}, {"unplug", "plug"}}) {
        CHECK(bench.act("card_printer", off) == "done");
        CHECK_FALSE(std::holds_alternative<PrinterReady>(state()));
        CHECK(std::holds_alternative<PrinterReady>(bench.devices->letter_printer().status({}).state));
        CHECK(bench.act("card_printer", on) == "done");
        CHECK(std::holds_alternative<PrinterReady>(state()));
    }
    CHECK(bench.act("chip_card", "insert") == "card_unknown"); // this bench has no cards
}

TEST_CASE("bench: a caller rings on a line, keys and hangs up") {
    Bench bench;
    auto const calls = [&] { return bench.devices->telephone().view().calls; };
    CHECK(bench.act("telephone", "key", "123456") == "done"); // nobody is there to hear it
    CHECK(bench.act("telephone", "hang_up") == "no_call");
    CHECK(bench.act("telephone", "ring", "+15550100134 members") == "done");
    CHECK(bench.act("telephone", "ring") == "done");
    REQUIRE(calls().size() == 2);
    CHECK(calls()[0].from == "+15550100134");
    CHECK(calls()[0].line == "members");
    CHECK(calls()[1].from.empty());
    CHECK(bench.act("telephone", "hang_up") == "done"); // the newest
    REQUIRE(calls().size() == 1);
    REQUIRE(bench.devices->telephone().answer(calls()[0].id).has_value());
    REQUIRE(bench.devices->telephone().start_keying(calls()[0].id).has_value());
    CHECK(bench.act("telephone", "key", "123456") == "done");
    CHECK(calls()[0].keyed == 6);
    CHECK(bench.act("telephone", "outcome", "right") == "done");
    CHECK(calls()[0].state == PhoneCall::State::Talking);
    CHECK(bench.act("telephone", "break_line", "+15550100134") == "done");
    CHECK(bench.act("telephone", "unregister") == "done");
    CHECK(bench.act("telephone", "unplug") == "done");
    CHECK(bench.act("telephone", "ring") == "telephone_gone");
    CHECK(bench.act("telephone", "plug") == "done");
    CHECK(bench.act("telephone", "ring") == "done");
}

TEST_CASE("bench: a touch by hand signs in, a resting finger does so by itself") {
    Bench bench;
    auto& key = bench.devices->security_key();
    CHECK(bench.act("security_key", "insert") == "done");
    auto const by_hand = [&] { CHECK(bench.act("security_key", "touch") == "done"); };
    auto const attestation = key.make_credential(sample_registration(), pin(), by_hand, {}).value();
    CHECK(bench.act("security_key", "rest_finger") == "done");
    CHECK(
        proves(key.get_assertion(sample_sign_in(), pin(), {}, {}).value(), attestation, "plan.example.org"));
}

TEST_CASE("bench: each name is a key of its own, and only one fits the port") {
    Bench bench;
    auto& key = bench.devices->security_key();
    CHECK(bench.act("security_key", "rest_finger") == "done");
    CHECK(bench.act("security_key", "insert", "staff") == "done");
    auto const staff = key.make_credential(sample_registration("staff"), pin(), {}, {}).value();
    CHECK(bench.act("security_key", "insert", "member") == "key_inserted");
    CHECK(bench.act("security_key", "remove") == "done");
    CHECK(bench.act("security_key", "insert", "member") == "done");
    CHECK(key.get_assertion(sample_sign_in(), pin(), {}, {}).error().reason == "key_no_credential");
    CHECK(bench.act("security_key", "remove") == "done");
    CHECK(bench.act("security_key", "insert", "../escape") == "key_name_invalid");
    CHECK(bench.act("security_key", "insert", "staff") == "done");
    CHECK(proves(key.get_assertion(sample_sign_in(), pin(), {}, {}).value(), staff, "plan.example.org"));
}

TEST_CASE("bench: a key and certificate in its folder become a chip card, now and after a restart") {
    if (soft_card_module().empty()) {
        std::cout << "SKIP: SoftHSM2 is not installed\n";
        return;
    }
    Bench bench;
    auto const cards = bench.folder.path() / "cards";
    std::filesystem::create_directories(cards);
    auto const identity =
        make_card_identity(make_card_authority("Sample Authority"), "Alex Sample", CardKeyKind::P256);
    std::ofstream(cards / "member.pem") << pem(identity);
    for (int round = 0; round < 2; ++round) {
        bench.devices.reset();
        bench.devices =
            BenchDevices::create({bench.folder.path(), sample_pin, soft_card_module(), sample_card_pin, 0ms},
                                 bench.clock)
                .value();
        auto& reader = bench.devices->chip_card();
        CHECK(bench.act("chip_card", "insert", "member") == "done");
        auto const proof = reader.sign_challenge(as_bytes("challenge"), Secret(sample_card_pin), {}).value();
        CHECK(proof.certificate == identity.certificate);
        CHECK(certificate_verifies(identity.certificate, as_bytes("challenge"), proof.signature));
        CHECK(bench.act("chip_card", "remove") == "done");
        CHECK(reader.sign_challenge(as_bytes("c"), Secret(sample_card_pin), {}).error().reason ==
              "card_absent");
    }
}

TEST_CASE("bench: a card file that holds no card is refused by name") {
    if (soft_card_module().empty())
        return;
    Bench bench;
    bench.devices.reset();
    std::filesystem::create_directories(bench.folder.path() / "cards");
    std::ofstream(bench.folder.path() / "cards" / "broken.pem") << "not PEM";
    auto const refused =
        BenchDevices::create({bench.folder.path(), "", soft_card_module(), sample_card_pin, 0ms}, bench.clock)
            .error();
    CHECK(refused.reason == "soft_card_file_invalid");
    CHECK(refused.message.find("broken.pem") != std::string::npos);
}
