#pragma once

#include "tests/support/rounds.h"

#include <string>

namespace portico::test {

/// Writes client data anew (WebAuthn level 2, section 5.8.1): with other values, members left out, doubled or
/// added, or the same values in other words. `earlier_challenge` is one that was good once, in base64url.
std::string mutate_client_data(Dice& dice, std::string const& json, std::string const& earlier_challenge);

} // namespace portico::test
