#pragma once

#include "shared/devices/real/key_port.h"
#include "shared/devices/security_key.h"

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

    SecurityKeyState state() const override;
    void watch(std::function<void(SecurityKeyState const&)> changed) override;
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
    void set_state(SecurityKeyState state);
    Result<PluggedKey> newest() const;

    KeyPort& port_;
    /// Held while a key is open: libfido2 and the key take one call at a time.
    std::mutex call_guard_;
    mutable std::mutex state_guard_;
    SecurityKeyState state_ = KeyAbsent{};
    std::atomic<std::uint64_t> insertions_ = 0;
    /// Held while `changed_` runs, so that none runs after `watch({})`.
    std::mutex watch_guard_;
    std::function<void(SecurityKeyState const&)> changed_;
    std::jthread watcher_; // last: it uses everything above
};

} // namespace portico
