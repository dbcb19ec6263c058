#include "agent/screens/matter_panel.h"

#include "agent/app/acts.h"
#include "agent/screens/case_words.h"
#include "agent/screens/desk_parts.h"
#include "agent/screens/on_behalf_words.h"
#include "agent/screens/work_words.h"

#include <algorithm>

namespace portico::agent {

namespace {

ui::Text changed_parts(ui::Ui const& ui, std::string const& parts) {
    // As ChangeContactDetails' summary has them: "address,phone".
    std::string key = parts;
    std::replace(key.begin(), key.end(), ',', '_');
    return found_or(ui, "matter_changed."_msgs, key, "matter_changed.several"_msg);
}

/// What the request says of itself, in words; empty where it says nothing more.
void asked_fact(ui::Ui& ui, api::CaseMatter const& matter) {
    if (matter.summary.empty())
        return;
    if (matter.kind == "finding_disputed" || matter.kind == "mailed_eob")
        ui.fact("desk_eob.claim"_msg, data(matter.summary));
    else if (matter.kind == "contact_change_held")
        ui.fact("matter.changes"_msg, changed_parts(ui, matter.summary));
    else if (matter.kind == "call_back_promised")
        ui.fact("matter.promised"_msg, day_text(matter.due));
    else
        ui.fact("matter.card"_msg, card_reason_text(ui, matter.summary));
}

void what_is_asked(ui::Ui& ui, App const& app, api::CaseMatter const& matter) {
    api::WorkItem item;
    item.kind = matter.kind;
    item.reason = matter.reason;
    item.due = matter.due;
    ui.columns([&] {
        ui.column([&] {
            ui.fact("matter.asked"_msg, day_time_text(matter.at));
            ui.fact("work.due"_msg, due_text(app.facts.minute, item));
        });
        ui.column([&] {
            if (auto const why = why_text(ui, item); !why.empty())
                ui.fact("work.reason"_msg, why);
            asked_fact(ui, matter);
        });
    });
    if (!matter.about.empty())
        ui.fact("matter.about"_msg, data(matter.about));
}

} // namespace

void draw_matter(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    if (at_hand.item.entry.empty() || at_hand.needs_glass())
        return;
    auto const& matter = at_hand.matter;
    case_card(ui, app, at_hand, [&] {
        ui.section(matter.value ? kind_text(ui, matter.value->kind) : ui::Text("matter.title"_msg),
                   {.aside = "matter.aside"_msg.with("number", short_number(at_hand.item.entry))});
        if (matter.value) {
            what_is_asked(ui, app, *matter.value);
            ui.text("matter.decide_there"_msg, ui::TextKind::Secondary);
            auto const kind =
                nobody_on_line(app, at_hand) ? ui::ButtonKind::Primary : ui::ButtonKind::Secondary;
            ui.row([&] {
                act_button(ui, app, Act::ReadMatterEob, {.kind = kind, .icon = "receipt-text"}, intent);
            });
        } else if (matter.failure && !said_by_offline(app, *matter.failure)) {
            case_problem_banner(ui, *matter.failure, "matter");
        } else if (!app.facts.offline()) {
            ui.spinner("matter.loading"_msg);
        }
    });
}

} // namespace portico::agent
