#pragma once

#include "central/http/caller.h"
#include "shared/base/clock.h"
#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <string>
#include <string_view>

/// Challenges that a key or chip card signs: 32 random bytes, single use, bound to the terminal, the session
/// (or to having none) and the purpose. In the store: another central node may check the answer.
namespace portico::central {

inline constexpr std::int64_t challenge_s = 120;
inline constexpr std::size_t challenge_bytes = 32;

inline constexpr std::string_view purpose_security_key = "security_key";
inline constexpr std::string_view purpose_chip_card = "chip_card";
inline constexpr std::string_view purpose_register_key = "register_key";
inline constexpr std::string_view purpose_staff_key = "staff_key";

struct Challenge {
    std::string id;
    Bytes bytes;
};
Result<Challenge> make_challenge(storage::Database& database, Clock const& clock, Caller const& caller,
                                 std::string_view purpose);

/// Spends it, whatever comes of it. Errors, all Refused: "challenge_unknown" (never was, spent, of another
/// terminal, session or purpose), "challenge_stale" (older than `challenge_s`, or the clock went back).
Result<Bytes> spend_challenge(storage::Database& database, Clock const& clock, Caller const& caller,
                              std::string_view purpose, std::string const& id);

Result<void> purge_challenges(storage::Database& database, UtcTime now);

} // namespace portico::central
