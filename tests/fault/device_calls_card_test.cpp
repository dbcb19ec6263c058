#include "shared/devices/real/pkcs11_card.h"
#include "shared/devices/virtual/soft_card.h"
#include "tests/fault/masked_pin.h"
#include "tests/fault/pkcs11_fault.h"
#include "tests/fault/shown_problem.h"
#include "tests/support/catch.h"
#include "tests/support/device_watch.h"
#include "tests/support/must.h"
#include "tests/support/smart_card_cac.h"
#include "tests/support/smart_card_soft.h"

#include <iostream>
#include <thread>

using namespace portico;
using namespace portico::test;
using namespace std::chrono_literals;

namespace {

using How = Pkcs11Fault::How;

constexpr std::uint64_t calls_max = 200;
constexpr char const* challenge = "a challenge of central's";

struct Way {
    CK_RV code;
    How how;
    char const* name;
};
constexpr Way ways[] = {
    {CKR_DEVICE_ERROR, How::NotDone, "device error"},     {CKR_TOKEN_NOT_PRESENT, How::NotDone, "no token"},
    {CKR_DEVICE_REMOVED, How::NotDone, "device removed"}, {CKR_HOST_MEMORY, How::NotDone, "no memory"},
    {CKR_DEVICE_ERROR, How::DoneUnheard, "answer lost"},  {CKR_DEVICE_REMOVED, How::Dead, "dead"}};

auto calls_of_this_thread() {
    return [id = std::this_thread::get_id()] { return std::this_thread::get_id() == id; };
}
auto calls_of_other_threads() {
    return [id = std::this_thread::get_id()] { return std::this_thread::get_id() != id; };
}

/// Runs `round(plan)`, which tells whether the fault struck, from the first call on until one runs to its end
/// without; gives how many calls that were.
template <class Round>
std::uint64_t each_call(Way const& way, std::function<bool()> const& concerns, Round round) {
    std::uint64_t after = 0;
    for (bool struck = true; struck; ++after) {
        REQUIRE(after < calls_max);
        INFO(way.name << " at call " << after);
        struck = round(Pkcs11Fault::Plan{way.code, way.how, after, concerns});
    }
    return after - 1;
}

bool ready_with(ChipCardState const& state, ChipCardPin pin) {
    auto const* ready = std::get_if<ChipCardReady>(&state);
    return ready != nullptr && ready->pin == pin;
}

/// A software card whose PIN is this test's alone, and its reader.
struct FaultyCard {
    FaultyCard()
        : identity(make_card_identity(folder_of_cards.authority, "Alex Sample", CardKeyKind::P256)),
          module(must(Pkcs11Module::load(soft_card_module()))) {
        must(issue_soft_card(soft_card_module(), "member", pin.open(), identity.private_key,
                             identity.certificate));
    }
    std::unique_ptr<Pkcs11ChipCardReader> reader() const {
        return must(Pkcs11ChipCardReader::create({soft_card_module(), "member", 5ms}));
    }
    /// Whether a PIN's right still stands, so that anybody may sign.
    bool logged_in() const {
        auto const slots = look_at_slots(*module, "member");
        std::optional<Pkcs11Session> session;
        REQUIRE(Pkcs11Session::open(*module, slots.with_card.value(), false, session) == CKR_OK);
        CK_SESSION_INFO info{};
        REQUIRE((*module)->C_GetSessionInfo(session->handle(), &info) == CKR_OK);
        return info.state != CKS_RO_PUBLIC_SESSION;
    }

    MaskedPin pin;
    SoftCardBench folder_of_cards{std::set<std::string>{}};
    CardIdentity identity;
    std::shared_ptr<Pkcs11Module> module; ///< kept, so that it goes on from one reader to the next
};

} // namespace

TEST_CASE(
    "device calls: a chip card's signature that any one call fails is told, costs no PIN try, leaves nobody "
    "logged in, and the next one works") {
    if (soft_card_module().empty()) {
        std::cout << "SKIP: SoftHSM2 is not installed\n";
        return;
    }
    FaultyCard card;
    VirtualChipCardSlot slot; // counts wrong PINs as a card does
    slot.add_card("member", card.reader());
    must(slot.insert("member"));
    REQUIRE(eventually([&] { return ready_with(slot.state(), ChipCardPin::Ready); }));
    auto const sign = [&](Secret const& pin) { return slot.sign_challenge(as_bytes(challenge), pin, {}); };
    auto const is_good = [&](ChipCardProof const& proof) {
        return certificate_verifies(card.identity.certificate, as_bytes(challenge), proof.signature);
    };
    std::string reached;
    for (auto const& way : ways) {
        auto const calls = each_call(way, calls_of_this_thread(), [&](Pkcs11Fault::Plan const& plan) {
            {
                Pkcs11Fault const fault(plan);
                auto const proof = sign(card.pin.open());
                INFO(fault.where() << ": " << (proof.has_error() ? proof.error().reason : "signed"));
                if (proof.has_error()) {
                    auto const& reason = proof.error().reason;
                    CHECK(
                        (reason == "card_absent" || reason == "card_removed" || reason == "card_unreadable"));
                    CHECK(can_be_shown(proof.error()));
                } else {
                    CHECK(is_good(proof.value()));
                }
                if (!fault.struck())
                    return false;
            }
            CHECK_FALSE(card.logged_in());
            // The reader's own.
            CHECK(eventually([&] { return Pkcs11Fault::open_sessions() == 1; }));
            CHECK(eventually([&] { return ready_with(slot.state(), ChipCardPin::Ready); }));
            CHECK(is_good(must(sign(card.pin.open()))));
            return true;
        });
        CHECK(sign(Secret("00000000")).error().tries_left == virtual_card_pin_tries_max - 1);
        CHECK(is_good(must(sign(card.pin.open()))));
        reached += std::string(way.name) + " " + std::to_string(calls) + ", ";
    }
    INFO(reached);
    CHECK_FALSE(card.pin.stands_in_memory());
}

TEST_CASE(
    "device calls: a chip card of which any one call fails while it is found is shown by itself with its own "
    "certificate") {
    if (soft_card_module().empty()) {
        std::cout << "SKIP: SoftHSM2 is not installed\n";
        return;
    }
    FaultyCard const card;
    std::string reached;
    std::uint64_t least = calls_max;
    for (auto const& way : ways) {
        auto const calls = each_call(way, calls_of_other_threads(), [&](Pkcs11Fault::Plan const& plan) {
            Pkcs11Fault const fault(plan);
            auto const reader = card.reader();
            DeviceWatch<ChipCardState> watch(*reader);
            REQUIRE(eventually(
                [&] { return ready_with(reader->state(), ChipCardPin::Ready) || fault.struck(); }));
            bool const struck = fault.struck();
            INFO(fault.where());
            fault.end();
            auto const ready = watch.take<ChipCardReady>(); // a fault at a later look may be told of next
            REQUIRE(ready);
            CHECK(ready->certificate == card.identity.certificate);
            // Not found is not what a failure says.
            for (auto const& state : watch.all())
                if (auto const* told = std::get_if<ChipCardFault>(&state))
                    CHECK(told->error.reason == "card_unreadable");
            return struck;
        });
        least = std::min(least, calls);
        reached += std::string(way.name) + " " + std::to_string(calls) + ", ";
    }
    INFO(reached);
    CHECK(least > 5);
}

TEST_CASE(
    "device calls: a card over pc/sc whose signature any one call fails is told, and the next one works") {
    if (auto const missing = CacBench::missing(); !missing.empty()) {
        std::cout << "SKIP: a chip card over PC/SC needs " << missing << '\n';
        return;
    }
    CacBench bench;
    REQUIRE(bench.start());
    auto const reader = bench.reader();
    bench.insert();
    bool const found = DeviceWatch<ChipCardState>(*reader).wait_for<ChipCardReady>();
    auto const state = reader->state();
    if (auto const* fault = std::get_if<ChipCardFault>(&state))
        UNSCOPED_INFO(fault->error.reason);
    if (!found)
        UNSCOPED_INFO(bench.told());
    REQUIRE(found);
    auto const sign = [&] { return reader->sign_challenge(as_bytes(challenge), Secret(sample_cac_pin), {}); };
    auto const is_good = [&](ChipCardProof const& proof) {
        return certificate_verifies(bench.identity().certificate, as_bytes(challenge), proof.signature);
    };
    std::uint64_t after = 0;
    for (bool struck = true; struck; ++after) {
        REQUIRE(after < calls_max);
        auto const& way = ways[after % std::size(ways)];
        {
            Pkcs11Fault const fault({way.code, way.how, after, calls_of_this_thread()});
            auto const proof = sign();
            struck = fault.struck();
            INFO(way.name << " at " << fault.where() << ": "
                          << (proof.has_error() ? proof.error().reason : "signed"));
            if (proof.has_error())
                CHECK((proof.error().reason == "card_absent" || proof.error().reason == "card_removed" ||
                       proof.error().reason == "card_unreadable"));
            else
                CHECK(is_good(proof.value()));
        }
        CHECK(is_good(must(sign())));
    }
    INFO("calls " << after - 1);
    CHECK(after > 15);
}
