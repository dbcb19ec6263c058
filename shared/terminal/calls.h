#pragma once

#include "shared/api/sign_in.h"
#include "shared/client/central.h"
#include "shared/client/sync.h"
#include "shared/client/withdrawn.h"
#include "shared/devices/security_key.h"

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

/// What every terminal's calls to central have in common. All block: for workers.
namespace portico::terminal {

/// Keeps the state of the connection honest: every call tells. `sync` may be nothing.
template <class T>
Result<T> heard(client::Sync* sync, Result<T> result) {
    bool const gone = result.has_error() && (result.error().reason == "central_unreachable" ||
                                             result.error().kind == ErrorKind::TimedOut);
    if (sync != nullptr && (gone || result.has_value()))
        sync->heard(!gone);
    if (sync != nullptr && result.has_error() && client::is_withdrawn(result.error()))
        sync->heard_withdrawn();
    return result;
}

/// Each from base64url. Errors: as `from_base64url`.
Result<std::vector<Bytes>> decoded(std::vector<std::string> const& texts);

/// What a key is asked, and with what.
struct KeyQuestion {
    std::string purpose; ///< as api::ChallengeRequest
    Secret const& pin;   ///< empty: the key checks a fingerprint
    std::function<void()> touch_wanted;
    std::stop_token given_up;
    /// Any credential that the key keeps for this plan, not only those of the session's account: for central
    /// to say whose it is.
    bool of_anybody = false;
};
/// A fresh challenge of central's, answered by the key in the slot.
/// Errors: those of the call and of SecurityKey::get_assertion.
Result<api::SecurityKeySignIn> ask_key(client::Central& central, client::Sync* sync, client::With const& with,
                                       SecurityKey& key, KeyQuestion const& question);

} // namespace portico::terminal
