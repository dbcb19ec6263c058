#include "tests/fault/device_fault.h"
#include "tests/fault/masked_pin.h"
#include "tests/fault/shown_problem.h"
#include "tests/support/catch.h"
#include "tests/support/device_key_bench.h"
#include "tests/support/eventually.h"
#include "tests/support/must.h"

#include <memory>
#include <thread>

using namespace portico;
using namespace portico::test;

namespace {

constexpr char const* plan = "plan.example.org";
constexpr std::uint64_t calls_max = 200;
constexpr DeviceFaultKind kinds[] = {DeviceFaultKind::Error,       DeviceFaultKind::Interrupted,
                                     DeviceFaultKind::Ended,       DeviceFaultKind::Short,
                                     DeviceFaultKind::GarbledHead, DeviceFaultKind::GarbledTail,
                                     DeviceFaultKind::Lost,        DeviceFaultKind::Gone};

bool is_garbled(DeviceFaultKind kind) {
    return kind == DeviceFaultKind::GarbledHead || kind == DeviceFaultKind::GarbledTail;
}

/// A thread that asked this port what is plugged in: the key's own or the caller's, never the device's.
thread_local bool asks_port = false;

/// The key's port, whose own calls fail as those below it do.
class FaultyPort final : public KeyPort {
public:
    explicit FaultyPort(KeyPort& inner) : inner_(inner) {}
    Result<std::vector<PluggedKey>> list() override {
        asks_port = true;
        if (DeviceFault::meets(DeviceCall::List))
            return error(ErrorKind::Unavailable, "key_unreadable");
        return inner_.list();
    }
    void wait_for_change(std::stop_token stop) override {
        if (!DeviceFault::meets(DeviceCall::WaitForChange))
            inner_.wait_for_change(std::move(stop));
    }
    Result<FileDescriptor> open(std::string const& path) override {
        if (DeviceFault::meets(DeviceCall::Open))
            return error(ErrorKind::Unavailable, "key_unplugged"); // as a device node that is not there yet
        return inner_.open(path);
    }
    bool writes_report_number() const override { return inner_.writes_report_number(); }

private:
    KeyPort& inner_;
};

/// libfido2 over the software authenticator, with a port between them that fails.
struct FaultyKey {
    explicit FaultyKey(MaskedPin const* pin) : slot(must(Authenticator::create({}))) {
        if (pin != nullptr)
            slot.authenticator().preset_pin(pin->open().reveal());
        slot.set_auto_touch(true);
        slot.insert();
        REQUIRE(wait_ready());
    }
    bool wait_ready() { return DeviceWatch<SecurityKeyState>(key).wait_for<KeyReady>(); }
    /// What a person does who was told that the key was pulled.
    void put_in() {
        if (slot.inserted())
            return;
        REQUIRE(DeviceWatch<SecurityKeyState>(key).wait_for<KeyAbsent>());
        slot.insert();
        REQUIRE(wait_ready());
    }
    int tries_left() { return must(key.pin_tries_left()); }

    VirtualKeySlot slot;
    FaultyPort port{slot};
    FidoSecurityKey key{port};
};

/// What may be told of a call that failed; `reason` is empty when it was done all the same.
void check_told(DeviceFaultKind kind, std::string const& where, std::string const& reason) {
    INFO(where << ": " << reason);
    if (reason.empty())
        return;
    CHECK(can_be_shown(error(ErrorKind::Unavailable, reason)));
    switch (kind) {
    case DeviceFaultKind::Interrupted:
        FAIL_CHECK("an interruption is no failure");
        break;
    case DeviceFaultKind::Gone:
        CHECK((reason == "key_unplugged" || reason == "key_absent"));
        break;
    case DeviceFaultKind::Error:
    case DeviceFaultKind::Ended:
    case DeviceFaultKind::Short: // at once, and not when all time for a finger has gone by
        CHECK((reason == "key_unplugged" || reason == "key_unreadable"));
        break;
    case DeviceFaultKind::Lost:
        CHECK((reason == "key_touch_timeout" || reason == "key_unreadable"));
        break;
    case DeviceFaultKind::GarbledHead:
    case DeviceFaultKind::GarbledTail:
        CHECK(reason != "key_pin_auth_blocked");
        CHECK(reason != "key_pin_blocked");
        break;
    }
}

/// One wrong PIN may stand against a key whose report was changed on its way there: it did hear a wrong one.
void check_tries(DeviceFaultKind kind, std::string const& reason, int tries_left) {
    INFO(reason);
    CHECK(tries_left >= (is_garbled(kind) && reason == "key_pin_wrong" ? authenticator_pin_tries_max - 1
                                                                       : authenticator_pin_tries_max));
}

template <class T>
std::string reason_of(Result<T> const& result) {
    return result.has_error() ? result.error().reason : "";
}

/// Nothing of the PIN is left once nobody holds it; while somebody does, it is seen.
void check_memory(MaskedPin const& pin) {
    {
        auto const held = pin.open();
        CHECK(pin.stands_in_memory());
    }
    CHECK_FALSE(pin.stands_in_memory());
}

/// Runs `round(kind, after)`, which tells whether the fault struck, for each kind and from the first call on
/// until one runs to its end without; gives how many calls that were.
template <class Round>
std::string each_call(Round round) {
    std::string reached;
    for (auto const kind : kinds) {
        std::uint64_t after = 0;
        for (bool struck = true; struck; ++after) {
            REQUIRE(after < calls_max);
            INFO(name(kind) << " at call " << after);
            struck = round(kind, after);
        }
        CHECK(after > 3); // it did strike, call for call
        reached += std::string(name(kind)) + " " + std::to_string(after - 1) + ", ";
    }
    return reached;
}

} // namespace

TEST_CASE(
    "device calls: a registration that any one call to the key fails is told, and the next one gives the "
    "account its only credential") {
    MaskedPin const pin;
    std::unique_ptr<FaultyKey> bench;
    auto const reached = each_call([&](DeviceFaultKind kind, std::uint64_t after) {
        if (after == 0)
            bench = std::make_unique<FaultyKey>(&pin);
        auto const& held = bench->slot.authenticator();
        auto const before = held.credential_count();
        auto const request = sample_registration("user-" + std::to_string(after));
        std::string reason;
        {
            DeviceFault const fault(kind, after, DeviceFault::this_thread(), [&] { bench->slot.remove(); });
            auto const made = bench->key.make_credential(request, pin.open(), {}, {});
            reason = reason_of(made);
            check_told(kind, fault.where(), reason);
            // What was garbled and still reads as an answer is central's to refuse.
            if (made.has_value() && !is_garbled(kind))
                CHECK(attests_itself(made.value()));
            if (!fault.struck())
                return false;
        }
        CHECK(held.credential_count() <= before + 1);
        bench->put_in();
        check_tries(kind, reason, bench->tries_left());
        auto const made = must(bench->key.make_credential(request, pin.open(), {}, {}));
        CHECK(attests_itself(made));
        // A key that had made one, and could not say so, puts the new one in its place: one for each account.
        CHECK(held.credential_count() == before + 1);
        auto const sign_in = sample_sign_in({made.credential_id});
        CHECK(proves(must(bench->key.get_assertion(sign_in, pin.open(), {}, {})), made, plan));
        CHECK(bench->tries_left() == authenticator_pin_tries_max);
        return true;
    });
    INFO(reached);
    check_memory(pin);
}

TEST_CASE(
    "device calls: a sign-in that any one call to the key fails is told and costs no PIN try, and the next "
    "one works") {
    MaskedPin const pin;
    FaultyKey bench(&pin);
    auto const account = must(bench.key.make_credential(sample_registration(), pin.open(), {}, {}));
    auto const reached = each_call([&](DeviceFaultKind kind, std::uint64_t after) {
        std::string reason;
        {
            DeviceFault const fault(kind, after, DeviceFault::this_thread(), [&] { bench.slot.remove(); });
            auto const assertion = bench.key.get_assertion(sample_sign_in(), pin.open(), {}, {});
            reason = reason_of(assertion);
            check_told(kind, fault.where(), reason);
            if (assertion.has_value() && !is_garbled(kind))
                CHECK(proves(assertion.value(), account, plan));
            if (!fault.struck())
                return false;
        }
        bench.put_in();
        check_tries(kind, reason, bench.tries_left());
        CHECK(proves(must(bench.key.get_assertion(sample_sign_in(), pin.open(), {}, {})), account, plan));
        CHECK(bench.tries_left() == authenticator_pin_tries_max);
        CHECK(bench.slot.authenticator().credential_count() == 1);
        return true;
    });
    INFO(reached);
    check_memory(pin);
}

TEST_CASE(
    "device calls: a wrong PIN of which any one call to the key fails is never taken for a right one, and "
    "costs one try at most") {
    MaskedPin const pin;
    FaultyKey bench(&pin);
    auto const account = must(bench.key.make_credential(sample_registration(), pin.open(), {}, {}));
    auto const reached = each_call([&](DeviceFaultKind kind, std::uint64_t after) {
        bool struck = false;
        {
            DeviceFault const fault(kind, after, DeviceFault::this_thread(), [&] { bench.slot.remove(); });
            auto const refused = bench.key.get_assertion(sample_sign_in(), Secret("not-the-pin"), {}, {});
            REQUIRE(refused.has_error());
            INFO(fault.where() << ": " << refused.error().reason << ", tries " << refused.error().tries_left);
            CHECK(can_be_shown(refused.error()));
            // How many are left is asked for in a call of its own, which may be the one that failed.
            if (refused.error().reason == "key_pin_wrong" && !is_garbled(kind))
                CHECK((refused.error().tries_left == 7 || refused.error().tries_left == -1));
            struck = fault.struck();
            if (!struck || kind == DeviceFaultKind::Interrupted)
                CHECK(refused.error().tries_left == 7);
        }
        bench.put_in();
        CHECK(bench.tries_left() >= authenticator_pin_tries_max - 1);
        CHECK(proves(must(bench.key.get_assertion(sample_sign_in(), pin.open(), {}, {})), account, plan));
        CHECK(bench.tries_left() == authenticator_pin_tries_max);
        return struck;
    });
    INFO(reached);
}

TEST_CASE(
    "device calls: a first PIN that any one call to the key fails is told, and the key has it after the next "
    "try") {
    MaskedPin const pin;
    auto const reached = each_call([&](DeviceFaultKind kind, std::uint64_t after) {
        FaultyKey bench(nullptr);
        std::string reason;
        {
            DeviceFault const fault(kind, after, DeviceFault::this_thread(), [&] { bench.slot.remove(); });
            auto const set = bench.key.set_pin(pin.open());
            reason = reason_of(set);
            check_told(kind, fault.where(), reason);
            if (set.has_value())
                CHECK(bench.slot.authenticator().has_pin());
            if (!fault.struck())
                return false;
        }
        bench.put_in();
        auto const again = bench.key.set_pin(pin.open());
        // A key that took the PIN, and could not say so, takes no second one: the person is told, and uses
        // it.
        if (again.has_error())
            CHECK(again.error().reason == "key_pin_set_already");
        CHECK(std::get<KeyReady>(bench.key.state()).pin_set);
        CHECK(attests_itself(must(bench.key.make_credential(sample_registration(), pin.open(), {}, {}))));
        return true;
    });
    INFO(reached);
    check_memory(pin);
}

TEST_CASE("device calls: a key of which any one call fails while it is put in is shown, or the person is "
          "told to put "
          "it in again") {
    MaskedPin const pin;
    auto const by_watcher = [main = std::this_thread::get_id()](int, char const*) {
        return asks_port && std::this_thread::get_id() != main;
    };
    auto const reached = each_call([&](DeviceFaultKind kind, std::uint64_t after) {
        FaultyKey bench(&pin);
        auto const state_is = [&]<class State>(State) {
            return std::holds_alternative<State>(bench.key.state());
        };
        bench.slot.remove();
        REQUIRE(eventually([&] { return state_is(KeyAbsent{}); }));
        {
            DeviceFault const fault(kind, after, by_watcher, [&] { bench.slot.remove(); });
            bench.slot.insert();
            REQUIRE(eventually([&] { return !state_is(KeyAbsent{}) || !bench.slot.inserted(); }));
            if (!fault.struck())
                return false;
            INFO(fault.where());
        }
        if (auto const state = bench.key.state(); std::holds_alternative<KeyFault>(state)) {
            CHECK(can_be_shown(std::get<KeyFault>(state).error));
            CHECK(kind != DeviceFaultKind::Interrupted);
        }
        // What a person does who is told to.
        bench.slot.remove();
        REQUIRE(eventually([&] { return state_is(KeyAbsent{}); }));
        bench.slot.insert();
        REQUIRE(bench.wait_ready());
        CHECK(std::get<KeyReady>(bench.key.state()).pin_set);
        CHECK(attests_itself(must(bench.key.make_credential(sample_registration(), pin.open(), {}, {}))));
        return true;
    });
    INFO(reached);
}
