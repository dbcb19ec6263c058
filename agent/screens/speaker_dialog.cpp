#include "agent/screens/speaker_dialog.h"

#include "agent/app/app.h"
#include "agent/screens/case_words.h"
#include "agent/screens/desk_parts.h"
#include "agent/screens/dialog_parts.h"
#include "agent/screens/speaker_words.h"
#include "shared/domain/date.h"

#include <chrono>

namespace portico::agent {

namespace {

ui::Text speaker_text(ui::Ui const& ui, api::SpeakerItem const& each) {
    auto const kind = speaker_kind_text(ui, each.kind);
    return each.initials.empty() ? kind
                                 : "speaker.who"_msg.with("initials", each.initials).with("kind", kind);
}

ui::Text until_text(std::string const& until) {
    auto const day = Date::parse(until);
    if (day.has_error())
        return data(until);
    std::chrono::sys_days const days{std::chrono::days{day_number(day.value())}};
    return ui::date(days, ui::DateLength::Short);
}

/// Why not, else until when.
ui::Text note_of(ui::Ui const& ui, api::SpeakerItem const& each) {
    if (!each.hindrance.empty())
        return speaker_hindrance_text(ui, each.hindrance);
    return each.until.empty() ? ui::Text() : "speaker.until"_msg.with("day", until_text(each.until));
}

void choose(ui::Ui& ui, SpeakerDialog const& dialog, MaybeIntent& intent) {
    ui::TableSpec table{.header = {"speaker.caller"_msg, "speaker.about"_msg}, .rows = {}};
    table.words = table.pickable = true;
    table.rows.push_back({.key = std::string(speaker_member),
                          .cells = {{"speaker.member"_msg}, {"speaker.everything"_msg}},
                          .note = {},
                          .selected = dialog.speaker == speaker_member});
    if (dialog.speakers.value)
        for (auto const& each : dialog.speakers.value->speakers)
            table.rows.push_back({.key = each.speaker,
                                  .cells = {{speaker_text(ui, each)}, {speaker_scopes_text(ui, each.scopes)}},
                                  .note = note_of(ui, each),
                                  .selected = dialog.speaker == each.speaker});
    if (auto const row = ui.table("speaker.list"_msg, table))
        intent = ChooseInCase{CaseChoice::Speaker, *row};
}

ui::Text why_not(ui::Ui const& ui, App const& app, SpeakerDialog const& dialog) {
    auto const* chosen = dialog.chosen();
    // The one who speaks now could not be read: nobody else is taken for them.
    if (chosen == nullptr && dialog.speaker != speaker_member)
        return held_up(app).empty() ? ui::Text("speaker.read_first"_msg) : held_up(app);
    return chosen != nullptr && !chosen->hindrance.empty() ? speaker_hindrance_text(ui, chosen->hindrance)
                                                           : held_up(app);
}

} // namespace

void draw_speakers(ui::Ui& ui, App const& app, Cases const& cases, SpeakerDialog const& dialog,
                   MaybeIntent& intent) {
    if (!cases.at_hand)
        return;
    auto const& at_hand = *cases.at_hand;
    auto const& speakers = dialog.speakers;
    desk_dialog(ui, app, intent, "speaker.title"_msg, {.text = case_name(ui, at_hand.item)}, [&] {
        if (auto const& failure = at_hand.doing.failure ? at_hand.doing.failure : speakers.failure;
            failure && !said_by_offline(app, *failure))
            case_problem_banner(ui, *failure, "speaker");
        if (speakers.waiting())
            ui.spinner("speaker.loading"_msg);
        else
            choose(ui, dialog, intent);
        if (speakers.value && speakers.value->speakers.empty())
            ui.banner(ui::BannerKind::Notice, "speaker.nobody"_msg,
                      {.text = "speaker.nobody_more"_msg, .icon = "users", .key = "nobody"});
        dialog_ending(ui, "speaker.go"_msg, "user", why_not(ui, app, dialog), at_hand.doing.waiting(),
                      intent);
    });
}

} // namespace portico::agent
