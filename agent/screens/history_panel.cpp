#include "agent/screens/history_panel.h"

#include "agent/app/app.h"
#include "agent/screens/case_words.h"
#include "agent/screens/desk_parts.h"
#include "agent/screens/on_behalf_words.h"
#include "agent/screens/work_words.h"

#include <sstream>

namespace portico::agent {

namespace {

struct Reading {
    char const* key;
    ui::Msg words;
};

/// What has arrived; else that it is read, what went wrong, or what hinders it.
template <class T, class Body>
void when_read(ui::Ui& ui, App const& app, Load<T> const& load, Reading const& reading, Body body) {
    if (load.value)
        body(*load.value);
    if (load.failure && !said_by_offline(app, *load.failure))
        case_problem_banner(ui, *load.failure, reading.key);
    else if (!load.value && app.facts.offline())
        ui.text("history.offline"_msg, ui::TextKind::Secondary);
    else if (!load.value && !load.failure)
        ui.spinner(reading.words);
}

void text_of(ui::Ui& ui, std::string const& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (!line.empty())
            ui.text(data(line));
}

void note(ui::Ui& ui, api::CaseNote const& each) {
    ui.text("history.note_by"_msg.with("name", each.staff_name).with("time", day_time_text(each.at)),
            ui::TextKind::Small);
    text_of(ui, each.text);
}

void notes(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    ui.section("history.notes"_msg, {.aside = case_name(ui, at_hand.item)});
    when_read(ui, app, at_hand.history->notes, {"notes", "history.loading_notes"_msg},
              [&](api::CaseNotes const& read) {
                  if (read.notes.empty())
                      ui.text("history.no_notes"_msg, ui::TextKind::Secondary);
                  for (auto const& each : read.notes)
                      note(ui, each);
              });
    ui.row([&] {
        act_button(ui, app, Act::AddNote, {.icon = "pencil"}, intent);
        act_button(ui, app, Act::ShowHistory, {.icon = "undo-2"}, intent);
    });
}

void requests(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    ui.section("history.requests"_msg);
    if (!at_hand.verified())
        return ui.text("behalf.verify_first"_msg, ui::TextKind::Secondary);
    when_read(ui, app, at_hand.history->requests, {"requests", "history.loading_requests"_msg},
              [&](api::Requests const& read) {
                  if (read.requests.empty())
                      return ui.text("history.no_requests"_msg, ui::TextKind::Secondary);
                  ui::TableSpec table{.header = {"history.what"_msg, "history.state"_msg, "history.when"_msg},
                                      .rows = {}};
                  table.words = true;
                  for (auto const& each : read.requests)
                      table.rows.push_back({.key = each.operation_id,
                                            .cells = {{request_text(ui, each.kind)},
                                                      {request_state_text(ui, each)},
                                                      {day_text(each.captured_at)}},
                                            .note = each.on_behalf ? "history.by_phone"_msg : ui::Text()});
                  ui.table("history.request_list"_msg, table);
                  // One change at a time can be on hold.
                  auto const held = std::find_if(
                      read.requests.begin(), read.requests.end(), [&](api::RequestEntry const& each) {
                          return each.can_withdraw && !app.written.takes_back(each.operation_id);
                      });
                  if (held != read.requests.end() && at_hand.proven())
                      ui.row([&] {
                          want(intent, ui.button("behalf.withdraw"_msg, {.icon = "undo-2"}),
                               WithdrawFor{held->operation_id});
                      });
              });
}

void earlier(ui::Ui& ui, App const& app, CaseAtHand const& at_hand) {
    ui.section("history.earlier"_msg);
    if (!at_hand.verified())
        return ui.text("behalf.verify_first"_msg, ui::TextKind::Secondary);
    when_read(ui, app, at_hand.history->earlier, {"earlier", "history.loading_earlier"_msg},
              [&](api::EarlierCases const& read) {
                  if (read.cases.empty())
                      return ui.text("history.no_earlier"_msg, ui::TextKind::Secondary);
                  bool first = true;
                  for (auto const& each : read.cases) {
                      if (!first)
                          ui.divider();
                      first = false;
                      ui.text("history.case"_msg.with("reason", case_reason_text(ui, each.reason))
                                  .with("channel", case_channel_text(ui, each.channel))
                                  .with("outcome", case_outcome_text(ui, each.outcome))
                                  .with("day", day_text(each.opened)),
                              ui::TextKind::Strong);
                      for (auto const& written : each.notes)
                          note(ui, written);
                  }
              });
}

} // namespace

void draw_history(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    case_card(ui, app, at_hand, [&] { notes(ui, app, at_hand, intent); });
    case_card(ui, app, at_hand, [&] { requests(ui, app, at_hand, intent); });
    case_card(ui, app, at_hand, [&] { earlier(ui, app, at_hand); });
    want(intent, ui.shortcut(ui::Key::Escape), Close{});
}

} // namespace portico::agent
