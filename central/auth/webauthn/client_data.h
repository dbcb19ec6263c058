#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"

#include <string>
#include <string_view>

namespace portico::central {

/// What the terminal says it asked the key (WebAuthn level 2, section 5.8.1).
struct ClientData {
    std::string type; ///< "webauthn.create", "webauthn.get"
    Bytes challenge;  ///< decoded
    std::string origin;
    bool cross_origin = false; ///< true also when a topOrigin is named
};
inline constexpr std::size_t client_data_bytes_max = 4096;

/// Errors: InvalidInput "client_data_invalid": not UTF-8 JSON of an object with these members.
Result<ClientData> parse_client_data(std::string_view json);

/// Holds it against what we asked, one error for each verification step (sections 7.1 steps 7-10 and 7.2
/// steps 11-14), all Refused: "client_data_type", "client_data_challenge", "client_data_origin",
/// "client_data_cross_origin".
Result<void> check_client_data(ClientData const& data, std::string_view type, ByteView challenge,
                               std::string_view origin);

} // namespace portico::central
