#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

namespace portico {

/// No key is plugged in.
struct KeyAbsent {
    bool operator==(KeyAbsent const&) const = default;
};

/// A key is plugged in and answered.
struct KeyReady {
    /// What the key calls itself, such as "Sample Key"; may be empty.
    std::string product;
    /// False: the key has no PIN yet; `set_pin` comes first.
    bool pin_set = false;
    /// The key can verify its user itself (fingerprint), and is set up to.
    bool has_fingerprint = false;
    /// Counts insertions, from 1: the same key pulled and put back is a new insertion.
    std::uint64_t insertion = 0;
    bool operator==(KeyReady const&) const = default;
};

/// Something is plugged in that cannot be used; `error.reason` says why (key_not_supported, key_unreadable).
struct KeyFault {
    Error error;
    bool operator==(KeyFault const&) const = default;
};

using SecurityKeyState = std::variant<KeyAbsent, KeyReady, KeyFault>;

/// How long one call may take, PIN exchange and touch together.
inline constexpr std::chrono::seconds key_touch_timeout_s{30};

/// What is asked of the key when a credential is made. Source: WebAuthn level 2, section 5.4.
struct MakeCredentialRequest {
    std::string rp_id;     ///< the plan's domain, such as "plan.example.org"
    std::string rp_name;   ///< shown by keys that have a screen
    std::string origin;    ///< "https://" and the rp id; stands in the client data
    Bytes challenge;       ///< central's, 16 bytes or more, used once
    Bytes user_id;         ///< 1 to 64 bytes, opaque, no personal data
    std::string user_name; ///< what the key may show to tell accounts apart
    std::string user_display_name;
    std::vector<Bytes> exclude; ///< credential ids this account has: refused with key_already_registered
    bool resident_key = true;   ///< the key can later sign in without a username
    bool verify_user = true;    ///< PIN or fingerprint must be checked by the key
    std::chrono::milliseconds timeout = key_touch_timeout_s;
};

/// What a key answers to MakeCredentialRequest; all of it goes to central, which decides.
struct Attestation {
    Bytes credential_id;
    Bytes public_key_cose;    ///< COSE_Key as it stands in `auth_data`
    Bytes auth_data;          ///< authenticator data, raw
    Bytes attestation_object; ///< CBOR map of fmt, attStmt, authData (WebAuthn section 6.5.4)
    std::string client_data_json;
};

/// What is asked of the key at sign-in. Source: WebAuthn level 2, section 5.5.
struct GetAssertionRequest {
    std::string rp_id;
    std::string origin;
    Bytes challenge;
    std::vector<Bytes> allow; ///< empty: any credential the key itself keeps for this rp id
    bool verify_user = true;
    std::chrono::milliseconds timeout = key_touch_timeout_s;
};

/// What a key answers to GetAssertionRequest.
struct Assertion {
    Bytes credential_id;
    Bytes auth_data;
    Bytes signature;   ///< over auth_data and SHA-256 of client_data_json; ECDSA in DER
    Bytes user_handle; ///< the user_id of registration; empty for a credential that is not resident
    std::string client_data_json;
};

/// Called on the calling worker's thread when the key starts to blink and waits for a finger.
using TouchPrompt = std::function<void()>;

/// One FIDO2 security key. All calls that talk to the key block for as long as `timeout`: call them from a
/// worker thread, one at a time (a second call waits for the first). `cancel` ends a call within 0.1 s.
///
/// Errors of every call, by `reason`:
///   key_absent (Unavailable)         no key is plugged in
///   key_unplugged (Unavailable)      the key was pulled during the call
///   key_pin_wrong (Refused)          `tries_left` says how many remain
///   key_pin_auth_blocked (Refused)   too many wrong PINs since it was plugged in: pull it and put it back
///   key_pin_blocked (Locked)         no tries left: the key must be reset, all its credentials are lost
///   key_pin_not_set (Refused)        set a PIN first
///   key_pin_required (Refused)       no PIN was given and the key has no fingerprint set up
///   key_pin_policy (InvalidInput)    new PIN is too short or too long (4 characters to 63 bytes)
///   key_pin_set_already (Conflict)   `set_pin` on a key that has one
///   key_fingerprint_wrong (Refused)  the key did not know the finger
///   key_no_credential (NotFound)     this key has none for this rp id, or none of the allowed ones
///   key_already_registered (Conflict) the key already holds one of `exclude`
///   key_full (Full)                  no room for another resident credential
///   key_touch_timeout (TimedOut)     nobody touched it in time
///   key_not_supported (Unavailable)  not a FIDO2 key, or it lacks what was asked
///   key_unreadable (Unavailable)     the key answered nonsense
///   cancelled (Cancelled)
class SecurityKey {
public:
    SecurityKey() = default;
    SecurityKey(SecurityKey const&) = delete;
    SecurityKey& operator=(SecurityKey const&) = delete;
    virtual ~SecurityKey() = default;

    /// Never blocks for long; any thread.
    virtual SecurityKeyState state() const = 0;
    /// Calls `changed` with the present state before it returns, then on every change, from the device's own
    /// thread: post to a Mailbox there. One watcher; an empty function ends it, and none runs after that.
    virtual void watch(std::function<void(SecurityKeyState const&)> changed) = 0;

    virtual Result<Attestation> make_credential(MakeCredentialRequest const& request, Secret const& pin,
                                                TouchPrompt const& touch, std::stop_token cancel) = 0;
    virtual Result<Assertion> get_assertion(GetAssertionRequest const& request, Secret const& pin,
                                            TouchPrompt const& touch, std::stop_token cancel) = 0;
    /// Wrong PINs left before the key locks for good; usually 8 at most.
    virtual Result<int> pin_tries_left() = 0;
    /// First PIN of a key that has none.
    virtual Result<void> set_pin(Secret const& new_pin) = 0;
};

} // namespace portico
