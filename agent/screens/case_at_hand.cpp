#include "agent/screens/case_at_hand.h"

namespace portico::agent {

std::string* TypedFacts::of(Field field) {
    switch (field) {
    case Field::MemberNumber:
        return &member_id;
    case Field::GivenNames:
        return &given;
    case Field::FamilyName:
        return &family;
    case Field::BirthDate:
        return &birth_date;
    case Field::Zip:
        return &zip;
    default:
        return nullptr;
    }
}

int TypedFacts::said() const {
    return int{!member_id.empty()} + int{!given.empty() || !family.empty()} + int{!birth_date.empty()} +
           int{!zip.empty()};
}

void TypedFacts::wipe() {
    for (auto* text : {&member_id, &given, &family, &birth_date, &zip})
        portico::wipe(*text);
}

AskDraft& CaseAtHand::draft(OnBehalf what) {
    auto& place = drafts.at(static_cast<std::size_t>(what));
    if (!place)
        place = std::make_unique<AskDraft>(what);
    return *place;
}

bool CaseAtHand::has_draft() const {
    for (auto const& each : drafts)
        if (each && each->is_typed())
            return true;
    return !noting.text.empty();
}

std::vector<std::string> const& case_reasons() {
    static std::vector<std::string> const words{"eob_question", "unlock",  "dispute", "contact_change",
                                                "card",         "message", "other"};
    return words;
}

std::vector<std::string> const& case_channels() {
    static std::vector<std::string> const words{"phone", "call_back", "walk_in"};
    return words;
}

std::vector<std::string> const& case_outcomes() {
    static std::vector<std::string> const words{"resolved", "handed_on", "not_identified", "caller_left",
                                                "refused"};
    return words;
}

std::vector<std::string> const& case_fields() {
    static std::vector<std::string> const words{"name",  "birth_date", "member_id",
                                                "phone", "email",      "postal_address"};
    return words;
}

std::vector<std::string> const& reveal_reasons() {
    static std::vector<std::string> const words{"call_back", "send_mail", "caller_corrects", "hand_on"};
    return words;
}

std::vector<std::string> const& recovery_reasons() {
    static std::vector<std::string> const words{"forgotten", "lost", "stolen", "broken", "another_knows"};
    return words;
}

std::vector<std::string> const& unlock_reasons() {
    static std::vector<std::string> const words{"mistyped", "forgotten", "another_tried", "terminal_fault"};
    return words;
}

} // namespace portico::agent
