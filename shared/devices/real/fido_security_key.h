#pragma once

#include "shared/devices/real/key_port.h"
#include "shared/devices/security_key.h"
#include "shared/devices/watched_state.h"

#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

namespace portico {

/// Security keys through libfido2, over the reports of a KeyPort. With several keys plugged in, the newest
/// counts.
class FidoSecurityKey final : public SecurityKey {
public:
    /// `port` must outlive this.
    explicit FidoSecurityKey(KeyPort& port);
    ~FidoSecurityKey() override;

    SecurityKeyState state() const override { return state_.get(); }
    void watch(std::function<void(SecurityKeyState const&)> changed) override {
        state_.watch(std::move(changed));
    }
    Result<Attestation> make_credential(MakeCredentialRequest const& request, Secret const& pin,
                                        TouchPrompt const& touch, std::stop_token cancel) override;
    Result<Assertion> get_assertion(GetAssertionRequest const& request, Secret const& pin,
                                    TouchPrompt const& touch, std::stop_token cancel) override;
    Result<int> pin_tries_left() override;
    Result<void> set_pin(Secret const& new_pin) override;

private:
    void run(std::stop_token stop);
    void look(std::optional<PluggedKey>& known);
    SecurityKeyState read_state(PluggedKey const& key);
    /// Errors: Unavailable "key_absent", "key_unreadable".
    Result<PluggedKey> newest() const;
    /// The port has another key, or none; false too when it cannot tell.
    bool is_gone(PluggedKey const& key) const;
    Result<void> set_first_pin(PluggedKey const& key, Secret const& new_pin);

    KeyPort& port_;
    /// Held while a key is open: libfido2 and the key take one call at a time.
    std::mutex call_guard_;
    WatchedState<SecurityKeyState> state_{KeyAbsent{}};
    std::atomic<std::uint64_t> insertions_ = 0;
    std::jthread watcher_; // last: it uses everything above
};

} // namespace portico
