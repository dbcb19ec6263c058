// What a desk keeps for central, with the real effects and a real outbox.

#include "agent/app/effects.h"
#include "shared/crypto/sealing.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/scratch_folder.h"

#include <condition_variable>
#include <mutex>

using namespace portico;
using namespace portico::agent;

namespace {

/// The cable is out: a call hangs until it is given up.
class Silence final : public client::Transport {
public:
    Result<client::HttpReply> call(client::HttpRequest /*request*/, std::stop_token cancel) override {
        std::mutex guard;
        std::condition_variable_any never;
        std::unique_lock lock(guard);
        never.wait(lock, std::move(cancel), [] { return false; });
        return error(ErrorKind::Unavailable, "central_unreachable");
    }
    void forget() override {}
};

class NoKey final : public SecurityKey {
public:
    SecurityKeyState state() const override { return KeyAbsent{}; }
    void watch(std::function<void(SecurityKeyState const&)> /*changed*/) override {}
    Result<Attestation> make_credential(MakeCredentialRequest const&, Secret const&, TouchPrompt const&,
                                        std::stop_token) override {
        return error(ErrorKind::Unavailable, "key_absent");
    }
    Result<Assertion> get_assertion(GetAssertionRequest const&, Secret const&, TouchPrompt const&,
                                    std::stop_token) override {
        return error(ErrorKind::Unavailable, "key_absent");
    }
    Result<int> pin_tries_left() override { return error(ErrorKind::Unavailable, "key_absent"); }
    Result<void> set_pin(Secret const&) override { return error(ErrorKind::Unavailable, "key_absent"); }
};

} // namespace

TEST_CASE("written down: it waits for no call that hangs, and for no session") {
    crypto::initialise();
    portico::test::ScratchFolder folder;
    ManualClock clock{UtcTime{std::chrono::hours(490'000)}};
    auto outbox =
        client::Outbox::open(folder.path / "outbox.db", crypto::SealingKeyPair::generate().public_key, clock);
    REQUIRE(outbox);
    client::Central central(std::make_unique<Silence>());
    NoKey key;
    Effects effects(Services{.central = central, .key = key, .outbox = *outbox.value(), .clock = clock},
                    [](Event) {});
    for (int i = 0; i < worker_count; ++i)
        effects.run({.request = 1, .session = 1, .token = "token", .body = FetchLine{}});
    api::Operation operation;
    operation.request_mailed_card = api::RequestMailedCard{.reason = "damaged"};
    effects.run({.request = 2, .session = 1, .token = "token", .body = KeepOperation{"old", operation}});
    effects.run({.session = 1, .token = "token", .body = EndSession{}}); // signed out at once
    CHECK(portico::test::eventually([&] { return outbox.value()->counts().value().waiting == 1; }));
}
