#include "shared/domain/unlock_rules.h"

#include <algorithm>
#include <array>

namespace portico {

namespace {

constexpr std::array<std::string_view, 4> reasons{"mistyped", "forgotten", "another_tried", "terminal_fault"};

bool within(std::optional<UtcTime> const& when, UtcTime now, std::chrono::hours time) {
    return when && now - *when < time;
}

} // namespace

std::string_view second_yes_for(UnlockFacts const& facts) {
    if (facts.protected_record)
        return "protected_record";
    if (within(facts.restored, facts.now, restored_lately))
        return "restored_lately";
    if (within(facts.contact_changed, facts.now, contact_changed_lately))
        return "contact_changed_lately";
    return "";
}

bool is_unlock_reason(std::string_view word) {
    return std::find(reasons.begin(), reasons.end(), word) != reasons.end();
}

} // namespace portico
