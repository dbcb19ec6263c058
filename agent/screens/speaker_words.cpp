#include "agent/screens/speaker_words.h"

#include "agent/screens/case_words.h"
#include "shared/ui/catalog.h"

#include <algorithm>

namespace portico::agent {

ui::Text speaker_kind_text(ui::Ui const& ui, std::string const& kind) {
    return found_or(ui, "speaker_kind."_msgs, kind, "speaker_kind.other"_msg);
}

ui::Text speaker_scopes_text(ui::Ui const& ui, std::vector<std::string> const& scopes) {
    ui::Text list;
    for (auto const& each : scopes) {
        auto const word = found_or(ui, "speaker_scope."_msgs, each, "speaker_scope.other"_msg);
        list = list.empty() ? word : ui::Text("speaker.and"_msg.with("first", list).with("next", word));
    }
    return list;
}

ui::Text speaker_hindrance_text(ui::Ui const& ui, std::string const& hindrance) {
    return hindrance.empty()
               ? ui::Text()
               : found_or(ui, "speaker_hindrance."_msgs, hindrance, "speaker_hindrance.ended"_msg);
}

ui::Text why_not_spoken(CaseAtHand const& at_hand, std::string_view scope) {
    auto const& item = at_hand.item;
    if (item.speaker.empty())
        return {};
    if (!item.speaker_hindrance.empty())
        return "speaker.not_in_force"_msg;
    auto const& scopes = item.speaker_scopes;
    return std::find(scopes.begin(), scopes.end(), scope) == scopes.end()
               ? ui::Text("speaker.not_covered"_msg)
               : ui::Text();
}

} // namespace portico::agent
