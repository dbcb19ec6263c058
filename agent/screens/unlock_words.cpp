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

namespace {

/// Tries that followed on one another, in one way at one place: a lock is ten of them, mostly.
struct Run {
    api::WrongSignIn const* newest = nullptr;
    api::WrongSignIn const* oldest = nullptr;
    int count = 0;
};

std::vector<Run> runs_of(std::vector<api::WrongSignIn> const& tries) {
    std::vector<Run> runs;
    for (auto const& each : tries) {
        bool const goes_on = !runs.empty() && runs.back().newest->way == each.way &&
                             runs.back().newest->terminal_name == each.terminal_name;
        if (!goes_on)
            runs.push_back({&each, &each, 0});
        runs.back().oldest = &each;
        ++runs.back().count;
    }
    return runs;
}

ui::TableRow row_of(ui::Ui const& ui, Run const& run) {
    auto const way = found_or(ui, "wrong_way."_msgs, run.newest->way, "unlock.other"_msg);
    auto const& where = run.newest->terminal_name;
    bool const several = run.count > 1;
    return {.key = run.newest->at,
            .cells = {{day_time_text(run.newest->at)},
                      {several ? "unlock.way_times"_msg.with("way", way).with("count", run.count) : way},
                      {where.empty() ? ui::Text("unlock.where_unknown"_msg) : data(where)}},
            .note = several ? "unlock.since"_msg.with("time", day_time_text(run.oldest->at)) : ui::Text()};
}

} // namespace

void wrong_sign_ins(ui::Ui& ui, std::vector<api::WrongSignIn> const& tries) {
    if (tries.empty()) {
        ui.text("unlock.no_tries"_msg, ui::TextKind::Secondary);
        return;
    }
    ui::TableSpec table{.header = {"unlock.when"_msg, "unlock.how"_msg, "unlock.where"_msg}, .rows = {}};
    table.words = true;
    for (auto const& run : runs_of(tries)) {
        table.rows.push_back(row_of(ui, run));
        table.rows.back().key += "#" + std::to_string(table.rows.size());
    }
    ui.table("unlock.tries"_msg, table);
}

} // namespace portico::agent
