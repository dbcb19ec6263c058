#include "agent/screens/unlock_words.h"

#include "agent/screens/case_words.h"
#include "agent/screens/work_words.h"

namespace portico::agent {

ui::Text unlock_reason_text(ui::Ui const& ui, std::string const& reason) {
    return found_or(ui, "unlock_reason."_msgs, reason, "unlock.other"_msg);
}

ui::Text second_yes_text(ui::Ui const& ui, std::string const& why) {
    return found_or(ui, "second_yes."_msgs, why, "unlock.other"_msg);
}

ui::Text verified_way_text(ui::Ui const& ui, std::string const& way) {
    return found_or(ui, "verified_way."_msgs, way, "unlock.other"_msg);
}

void wrong_sign_ins(ui::Ui& ui, std::vector<api::WrongSignIn> const& tries) {
    if (tries.empty()) {
        ui.text("unlock.no_tries"_msg, ui::TextKind::Secondary);
        return;
    }
    ui::TableSpec table{.header = {"unlock.when"_msg, "unlock.how"_msg, "unlock.where"_msg}, .rows = {}};
    table.words = true;
    for (auto const& each : tries)
        table.rows.push_back({.key = std::to_string(table.rows.size()),
                              .cells = {{day_time_text(each.at)},
                                        {found_or(ui, "wrong_way."_msgs, each.way, "unlock.other"_msg)},
                                        {each.terminal_name.empty() ? ui::Text("unlock.where_unknown"_msg)
                                                                    : data(each.terminal_name)}}});
    ui.table("unlock.tries"_msg, table);
}

} // namespace portico::agent
