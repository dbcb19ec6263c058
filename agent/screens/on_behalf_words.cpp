#include "agent/screens/on_behalf_words.h"

#include "agent/screens/case_words.h"
#include "agent/screens/work_words.h"
#include "shared/ui/catalog.h"

#include <array>

namespace portico::agent {

namespace {

struct AskReason {
    char const* reason;
    Field field;
};
constexpr AskReason ask_reasons[] = {
    {"phone_missing", Field::NewPhone},      {"phone_invalid", Field::NewPhone},
    {"email_missing", Field::NewEmail},      {"email_invalid", Field::NewEmail},
    {"email_long", Field::NewEmail},         {"address_missing", Field::AddressLine},
    {"address_long", Field::AddressLine},    {"address_invalid", Field::AddressLine},
    {"city_missing", Field::City},           {"state_invalid", Field::State},
    {"zip_invalid", Field::AddressZip},      {"message_empty", Field::MessageText},
    {"message_long", Field::MessageText},    {"message_invalid", Field::MessageText},
    {"call_day_invalid", Field::CallBackOn}, {"call_day_outside", Field::CallBackOn},
    {"about_empty", Field::CallBackAbout},   {"about_invalid", Field::CallBackAbout}};

} // namespace

ui::Text on_behalf_text(ui::Ui const& ui, OnBehalf what) {
    static constexpr std::array<char const*, on_behalf_count> words{
        "check_claim", "mail_eob", "mail_card", "change_contact", "write", "promise_call", "withdraw"};
    return found_or(ui, "behalf_kind."_msgs, words.at(static_cast<std::size_t>(what)), "work_kind.other"_msg);
}

ui::Text request_text(ui::Ui const& ui, OperationKind kind) {
    return found_or(ui, "behalf_request."_msgs, name(kind), "work_kind.other"_msg);
}

ui::Text refused_text(ui::Ui const& ui, std::string const& reason) {
    return found_or(ui, "desk_refusal."_msgs, reason, "desk_refusal.other"_msg);
}

ui::Text request_state_text(ui::Ui const& ui, api::RequestEntry const& entry) {
    switch (entry.state) {
    case OperationState::Waiting:
        return entry.settles_at.empty() ? ui::Text("behalf.state_waiting"_msg)
                                        : "behalf.state_hold"_msg.with("when", day_text(entry.settles_at));
    case OperationState::Applied:
        return "behalf.state_done"_msg;
    case OperationState::Refused:
        return "behalf.state_refused"_msg.with("why", refused_text(ui, entry.reason));
    case OperationState::Withdrawn:
        break;
    }
    return "behalf.state_withdrawn"_msg;
}

ui::Text card_reason_text(ui::Ui const& ui, std::string const& reason) {
    return found_or(ui, "behalf_card."_msgs, reason, "behalf_card.extra"_msg);
}

bool is_ask_problem(Error const& failure) {
    return std::any_of(std::begin(ask_reasons), std::end(ask_reasons),
                       [&](AskReason const& each) { return failure.reason == each.reason; });
}

ui::Text ask_problem(ui::Ui const& ui, AskDialog const& dialog, Field field) {
    if (dialog.wrong)
        for (auto const& each : ask_reasons)
            if (each.field == field && dialog.wrong->reason == each.reason)
                return found_or(ui, "behalf_problem."_msgs, each.reason, "behalf_problem.other"_msg);
    return {};
}

} // namespace portico::agent
