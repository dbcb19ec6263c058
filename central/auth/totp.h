#pragma once

#include "shared/base/clock.h"
#include "shared/base/encoding.h"
#include "shared/base/secret.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Time-based one-time codes. Source: RFC 6238 with RFC 4226's defaults (SHA-1, six digits), which every
/// authenticator app knows.
namespace portico::central {

inline constexpr std::int64_t totp_step_s = 30;
inline constexpr std::int64_t totp_steps_either_side = 1;
inline constexpr std::size_t totp_secret_bytes = 20;

/// The six digits of one time step (seconds since 1970 divided by 30).
Secret totp_code(Secret const& secret, std::int64_t step);
/// The time step of which `code` is, now or one step either side, none at or before `after_step`. All
/// candidates are compared in constant time.
std::optional<std::int64_t> totp_match(Secret const& secret, Secret const& code, UtcTime now,
                                       std::int64_t after_step);
/// otpauth:// address for an app.
std::string totp_uri(Secret const& secret_base32, std::string_view plan_name, std::string_view username);

} // namespace portico::central
