#include "central/cases/case_words.h"

#include <algorithm>
#include <array>

namespace portico::central {

namespace {

constexpr std::array<std::string_view, 7> reasons{"unlock", "eob_question", "dispute", "contact_change",
                                                  "card",   "message",      "other"};
constexpr std::array<std::string_view, 4> channels{"phone", "call_back", "walk_in", "work"};
constexpr std::array<std::string_view, 5> outcomes{"resolved", "handed_on", "not_identified", "caller_left",
                                                   "refused"};
constexpr std::array<std::string_view, 6> reveal_fields{"name",  "birth_date", "member_id",
                                                        "phone", "email",      "postal_address"};
constexpr std::array<std::string_view, 4> reveal_reasons{"call_back", "send_mail", "caller_corrects",
                                                         "hand_on"};

template <class List>
bool is_in(List const& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

} // namespace

bool is_case_reason(std::string_view word) {
    return is_in(reasons, word);
}
bool is_case_channel(std::string_view word) {
    return is_in(channels, word);
}
bool is_case_outcome(std::string_view word) {
    return is_in(outcomes, word);
}
bool is_reveal_field(std::string_view word) {
    return is_in(reveal_fields, word);
}
bool is_reveal_reason(std::string_view word) {
    return is_in(reveal_reasons, word);
}

} // namespace portico::central
