#include "shared/domain/staff_reasons.h"

#include <algorithm>
#include <array>

namespace portico {

namespace {

constexpr std::array<StaffReason, 10> staff_reasons_by_call{{
    {"ask_us", "*"},
    {"could_not_confirm", "contact_change_held mailed_card_needs_approval operation_refused unlock_approval "
                          "recovery_approval"},
    {"address_not_deliverable", "contact_change_held mailed_card mailed_card_needs_approval mailed_eob"},
    {"member_asked_to_stop", "contact_change_held mailed_card mailed_card_needs_approval finding_disputed "
                             "mailed_eob call_back_promised"},
    {"card_sent_before", "mailed_card mailed_card_needs_approval"},
    {"listing_is_right", "directory_error"},
    {"not_enough_told", "directory_error finding_disputed"},
    {"claim_is_right", "finding_disputed"},
    {"claim_was_replaced", "finding_disputed"},
    {"no_card_came_out", "card_outcome_unknown"},
}};

bool has_word(std::string_view list, std::string_view word) {
    while (!list.empty()) {
        auto const end = std::min(list.find(' '), list.size());
        if (list.substr(0, end) == word)
            return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

} // namespace

std::span<StaffReason const> staff_reasons() {
    return staff_reasons_by_call;
}

bool can_be_refused(std::string_view kind) {
    return kind != "send_letter" && kind != "sequence_gap" && kind != "glass_broken";
}

bool can_be_withdrawn(std::string_view kind) {
    return kind == "contact_change_held";
}

bool is_staff_reason(std::string_view word, std::string_view kind) {
    return std::any_of(
        staff_reasons_by_call.begin(), staff_reasons_by_call.end(), [&](StaffReason const& reason) {
            return reason.word == word && (reason.kinds == "*" || has_word(reason.kinds, kind));
        });
}

} // namespace portico
