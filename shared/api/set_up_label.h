#pragma once

#include "shared/base/result.h"
#include "shared/base/secret.h"

#include <cstdint>
#include <string>
#include <string_view>

/// What a technician gives a new terminal, typed or in one barcode: where central is, by what it is known,
/// and the code that is good once.
namespace portico::api {

inline constexpr std::uint16_t serve_port_usual = 8443;
inline constexpr std::uint16_t enroll_port_usual = 8444;

/// "host", "host:port" or "[v6 address]:port", forgiving "https://" before and "/" behind it; small letters,
/// with the port. Errors: InvalidInput "central_address_invalid".
Result<std::string> central_address(std::string_view typed, std::uint16_t port_usual);
/// The same host at another port. `address` is one of `central_address`.
std::string at_port(std::string const& address, std::uint16_t port);
/// The SHA-256 of a certificate, 64 digits, forgiving blanks, colons and capitals; or a pin ("sha256//...")
/// as it is. Errors: InvalidInput "fingerprint_invalid".
Result<std::string> certificate_fingerprint(std::string_view typed);
/// Whether this may be a one-time code: four groups of four, forgiving case, blanks and dashes.
bool is_enrollment_code(std::string_view typed);

/// The text of the barcode that `portico-central terminal add --qr` draws:
///
///     PORTICO-SETUP/1/CENTRAL.EXAMPLE.ORG:8444/CENTRAL.EXAMPLE.ORG:8443/AAAA-BBBB-CCCC-DDDD/64 HEXADECIMAL
///     DIGITS
///
/// that is a mark, the layout's version, where terminals are certified, where they are served, the one-time
/// code and the fingerprint of the plan's authority. Capitals, digits and "-./:" alone: the denser mode of a
/// QR code, and keys that a reader which types finds on every keyboard.
struct SetUpLabel {
    std::string enroll_at; ///< host:port
    std::string serve_at;  ///< host:port
    Secret code;
    std::string fingerprint; ///< 64 hexadecimal digits
};

/// Longest text the parser looks at, bytes: two names of DNS's longest, and the rest.
inline constexpr std::size_t set_up_label_bytes_max = 700;

/// Errors: those of `parse_set_up_label`.
Result<Secret> encode_set_up_label(SetUpLabel const& label);
/// Errors: InvalidInput "set_up_label_not_ours" (another kind of barcode), "set_up_label_version" (a later
/// layout than this program knows), "set_up_label_fields". No message repeats any of it.
Result<SetUpLabel> parse_set_up_label(std::string_view text);

} // namespace portico::api
