#pragma once

#include "shared/devices/real/fido_security_key.h"
#include "shared/devices/virtual/virtual_key_slot.h"
#include "tests/support/device_watch.h"

namespace portico::test {

inline constexpr char const* sample_pin = "4711-sample";

/// libfido2 over the software authenticator: a key with `sample_pin`, plugged in, a finger always on it.
struct KeyBench {
    explicit KeyBench(AuthenticatorOptions options = {}, bool with_pin = true);

    /// Waits until the watcher has read the key.
    bool wait_ready();
    /// The same after the key was put in again: what is still told of the time before does not count.
    bool wait_ready_again();

    VirtualKeySlot slot;
    FidoSecurityKey key;

private:
    bool wait_later_than(std::uint64_t insertion);
    std::uint64_t seen_insertion_ = 0;
};

MakeCredentialRequest sample_registration(std::string user = "user-1");
GetAssertionRequest sample_sign_in(std::vector<Bytes> allow = {});
Secret pin(std::string_view text = sample_pin);

/// True when `assertion` was signed by the key of `attestation` for this rp id, user present and verified.
bool proves(Assertion const& assertion, Attestation const& attestation, std::string_view rp_id);
/// The packed self attestation holds.
bool attests_itself(Attestation const& attestation);

} // namespace portico::test
