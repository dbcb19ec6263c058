#pragma once

#include "shared/base/encoding.h"

#include <string>
#include <string_view>

namespace portico {

/// Collected client data as the bytes a key signs the hash of. `type` is "webauthn.create" or "webauthn.get".
/// Source: WebAuthn level 2, section 5.8.1.1 (order and escaping of the serialization).
std::string webauthn_client_data(std::string_view type, ByteView challenge, std::string_view origin);

} // namespace portico
