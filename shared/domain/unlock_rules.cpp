#include "shared/domain/unlock_rules.h"

#include <algorithm>
#include <array>

namespace portico {

namespace {

constexpr std::array<std::string_view, 4> lock_reasons{"mistyped", "forgotten", "another_tried",
                                                       "terminal_fault"};

bool within(std::optional<UtcTime> const& when, UtcTime now, std::chrono::hours time) {
    return when && now - *when < time;
}

} // namespace

bool is_changed_lately(std::optional<UtcTime> const& changed, UtcTime now) {
    return within(changed, now, contact_changed_lately);
}

std::string_view second_yes_for(UnlockFacts const& facts) {
    if (facts.by_representative)
        return "representative";
    if (facts.verified_by_mail)
        return second_yes_of_mail;
    if (facts.protected_record)
        return "protected_record";
    if (within(facts.restored, facts.now, restored_lately))
        return "restored_lately";
    if (is_changed_lately(facts.contact_changed, facts.now))
        return "contact_changed_lately";
    return "";
}

bool is_unlock_reason(std::string_view word) {
    return std::find(lock_reasons.begin(), lock_reasons.end(), word) != lock_reasons.end();
}

} // namespace portico
