#pragma once

#include "shared/devices/virtual/authenticator_state.h"
#include "shared/devices/virtual/cbor_value.h"
#include "shared/devices/virtual/ctap_status.h"

#include <atomic>
#include <functional>
#include <mutex>

namespace portico {

enum class Touch : std::uint8_t { Given, Cancelled, TimedOut };
/// Blocks until a finger comes, the host cancels, or nobody came.
using TouchWait = std::function<Touch()>;

struct AuthenticatorOptions {
    /// Where the key keeps its credentials; empty: only in memory.
    std::filesystem::path state_file = {};
    /// Offered to the host, best first.
    std::vector<int> pin_protocols{2, 1};
    std::size_t credentials_max = 100;
    /// Packed self attestation, or format "none".
    bool attests_itself = true;
    /// The key verifies its user by itself: each touch is a finger it knows.
    bool fingerprint = false;
};

/// A FIDO2 authenticator in software: CTAP2 commands in, replies out. It is a real one (ES256, resident keys,
/// clientPIN with both protocols, tries that count down) in all but the hardware. Any thread, one call at a
/// time. Source: CTAP 2.1, section 6.
class Authenticator {
public:
    /// Errors: as AuthenticatorState::load.
    static Result<std::unique_ptr<Authenticator>> create(AuthenticatorOptions options);

    /// As pulling it out and putting it back: a new PIN token, and three wrong PINs may follow again.
    void power_cycle();
    /// How often that was.
    std::uint64_t power_cycles() const { return power_cycles_; }
    /// One CTAP2 command with its CBOR parameters; returns the status byte and the reply's CBOR. A command
    /// that was given before the last power cycle (`given_after`: as many were then) went with it, and is not
    /// looked at.
    Bytes handle(std::uint8_t command, ByteView parameters, TouchWait const& touch,
                 std::optional<std::uint64_t> given_after = {});

    /// As done once at home: the PIN of a key that has none.
    void preset_pin(std::string_view pin);
    bool has_pin() const;
    std::size_t credential_count() const;
    /// For the counter checks of a server: the next signature carries `count` + 1.
    void set_signature_count(std::uint32_t count);
    std::uint32_t signature_count() const;

private:
    /// A reply's CBOR, or the status that says why there is none.
    struct Reply {
        CtapStatus status = CtapStatus::Ok;
        std::optional<CborValue> value;
        Reply(CtapStatus s) : status(s) {}
        Reply(CborValue v) : value(std::move(v)) {}
    };
    struct PinCheck {
        CtapStatus status = CtapStatus::Ok;
        bool verified = false;
    };

    explicit Authenticator(AuthenticatorOptions options, AuthenticatorState state);

    Reply run(std::uint8_t command, CborValue const& parameters, TouchWait const& touch);
    Reply get_info() const;
    Reply make_credential(CborValue const& parameters, TouchWait const& touch);
    Reply get_assertion(CborValue const& parameters, TouchWait const& touch);
    Reply next_assertion();
    Reply sign_assertion(KeyCredential const& credential, std::size_t total);
    std::vector<std::size_t> applicable(std::string const& rp_id, CborValue const* allow) const;
    CtapStatus store(KeyCredential credential);

    Reply client_pin(CborValue const& parameters);
    Reply set_or_change_pin(CborValue const& parameters, bool change);
    Reply pin_token(CborValue const& parameters);
    CtapStatus try_pin(Bytes const& hash);
    CtapStatus accept_new_pin(ByteView padded);
    PinCheck check_user(CborValue const& parameters, int auth_at, int protocol_at) const;

    Bytes auth_data(std::string const& rp_id, bool verified, Bytes const* attested) const;
    void persist();

    AuthenticatorOptions options_;
    mutable std::mutex guard_;
    AuthenticatorState state_;
    std::atomic<std::uint64_t> power_cycles_ = 0;
    // What power off forgets.
    int wrong_pins_since_power_ = 0;
    P256Key agreement_key_;
    Bytes pin_token_;
    struct Pending {
        std::vector<std::size_t> credentials; ///< indexes, the next one last
        std::string rp_id;
        Bytes client_data_hash;
        bool verified = false;
    } pending_;
};

} // namespace portico
