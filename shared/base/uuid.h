#pragma once

#include "shared/base/clock.h"
#include "shared/base/encoding.h"

#include <string>

namespace portico {

/// `count` bytes from the system's random source; the program stops if it has none.
Bytes random_bytes(std::size_t count);

/// A UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, then random bits; text in lower case.
/// Two made in one millisecond keep their order within one process.
std::string make_uuid_v7(Clock const& clock);

/// True for the canonical 36-character text of a version 7 UUID.
bool is_uuid_v7(std::string_view text);
/// Milliseconds since 1970 that a version 7 UUID carries; 0 when `text` is none.
std::int64_t uuid_v7_time_ms(std::string_view text);

} // namespace portico
