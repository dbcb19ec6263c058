#include "shared/devices/webauthn_client_data.h"

namespace portico {

namespace {

// CCDToString of the WebAuthn specification: quotes, backslashes and control characters only.
void append_quoted(std::string& out, std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    out += '"';
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += digits[byte >> 4U];
            out += digits[byte & 0xFU];
        } else {
            out += c;
        }
    }
    out += '"';
}

} // namespace

std::string webauthn_client_data(std::string_view type, ByteView challenge, std::string_view origin) {
    std::string json = "{\"type\":";
    append_quoted(json, type);
    json += ",\"challenge\":";
    append_quoted(json, to_base64url(challenge));
    json += ",\"origin\":";
    append_quoted(json, origin);
    json += ",\"crossOrigin\":false}";
    return json;
}

} // namespace portico
