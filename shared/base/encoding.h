#pragma once

#include "shared/base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<std::uint8_t const>;

inline ByteView as_bytes(std::string_view text) {
    return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) {
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

/// Lower-case hexadecimal.
std::string to_hex(ByteView bytes);
/// Errors: InvalidInput "hex_invalid".
Result<Bytes> from_hex(std::string_view text);

/// RFC 4648 section 5, no padding.
std::string to_base64url(ByteView bytes);
/// Errors: InvalidInput "base64url_invalid" (padding and the other alphabet are refused).
Result<Bytes> from_base64url(std::string_view text);
/// RFC 4648 section 4, with padding.
std::string to_base64(ByteView bytes);

/// RFC 4648 section 6, no padding; TOTP secrets are written so.
std::string to_base32(ByteView bytes);
/// Errors: InvalidInput "base32_invalid". Case and spaces are forgiven: people type these.
Result<Bytes> from_base32(std::string_view text);

/// True when the text is well-formed UTF-8 (no surrogates, no overlong forms).
bool is_utf8(std::string_view text);

} // namespace portico
