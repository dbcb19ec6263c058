#pragma once

#include "shared/base/clock.h"

#include <optional>
#include <string_view>

namespace portico {

/// How long it matters that an account was restored, or that the ways to reach the member changed.
/// Source: DOMAIN, "Second approver".
inline constexpr std::chrono::hours restored_lately{24 * 30};
inline constexpr std::chrono::hours contact_changed_lately{24 * 30};

/// Whether a way to reach the member changed so lately that it proves little. What is said to be in the
/// future (a clock that went back) counts as lately.
bool is_changed_lately(std::optional<UtcTime> const& changed, UtcTime now);

/// What decides whether an unlock that a verified caller asks for needs a second person.
struct UnlockFacts {
    UtcTime now;
    std::optional<UtcTime> restored;        ///< when the account was unlocked or recovered last
    std::optional<UtcTime> contact_changed; ///< when address, phone or email changed last
    bool protected_record = false;          ///< of which many are curious
    bool verified_by_mail = false;          ///< and by nothing stronger
    bool by_representative = false;         ///< who asks speaks for the member
};

inline constexpr std::string_view second_yes_of_mail = "verified_by_mail";
/// Why it does: "representative", "verified_by_mail", "protected_record", "restored_lately",
/// "contact_changed_lately"; empty: one person may.
std::string_view second_yes_for(UnlockFacts const& facts);

bool is_unlock_reason(std::string_view word);

} // namespace portico
