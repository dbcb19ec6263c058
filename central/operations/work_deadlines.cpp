#include "central/operations/work_deadlines.h"

#include "shared/base/clock.h"

namespace portico::central {

namespace {

struct Deadline {
    std::string_view kind;
    int days; ///< of the calendar
    bool business_days = false;
};

constexpr Deadline deadlines[] = {
    {"contact_change_held", 1},  // the hold ends by itself then
    {"card_outcome_unknown", 1}, // somebody stands there without a card
    {"mailed_card_needs_approval", 1},
    {"glass_broken", 1, true}, // while whoever opened the record remembers why
    // A directory is put right within two business days: 42 U.S.C. 300gg-115(a)(2)(B).
    {"directory_error", 2, true},
    {"mailed_card", 2, true},
    {"mailed_eob", 2, true},
    {"send_letter", 2, true},
    {"operation_refused", 2, true},
    {"sequence_gap", 2, true},
    // As the first decision on a claim already paid: 29 CFR 2560.503-1(f)(2)(iii)(B).
    {"finding_disputed", 30},
};
constexpr Deadline other{"", 1};

/// 0 is Sunday; the first of January 1970 was a Thursday.
int weekday(std::int64_t day) {
    constexpr std::int64_t thursday = 4;
    return static_cast<int>((day + thursday) % 7);
}

} // namespace

std::int64_t work_due_us(std::string_view kind, std::int64_t at_us) {
    if (is_second_yes(kind))
        return at_us + unlock_approval_s * second_us;
    auto const* deadline = &other;
    for (auto const& each : deadlines)
        if (each.kind == kind)
            deadline = &each;
    if (!deadline->business_days)
        return at_us + deadline->days * day_us;
    auto due_us = at_us;
    for (int left = deadline->days; left > 0;) {
        due_us += day_us;
        auto const day = weekday(due_us / day_us);
        if (day != 0 && day != 6)
            --left;
    }
    return due_us;
}

} // namespace portico::central
