#include "agent/screens/on_behalf_panel.h"

#include "agent/app/app.h"
#include "agent/screens/case_words.h"
#include "agent/screens/desk_parts.h"
#include "agent/screens/on_behalf_words.h"

namespace portico::agent {

namespace {

/// Of one case, the newest first.
constexpr int shown_max = 4;

CaseAtHand const* case_shown(App const& app) {
    auto const* cases = std::get_if<Cases>(&app.screen);
    return cases == nullptr ? nullptr : cases->at_hand.get();
}

/// The oldest that was refused: in this case, or in another one.
Written const* first_refused(App const& app, CaseAtHand const* shown, bool of_it) {
    for (auto const& each : app.written.all) {
        bool const here = shown != nullptr && shown->item.case_id == each.of.case_id;
        if (each.state == Written::State::Refused && here == of_it)
            return &each;
    }
    return nullptr;
}

bool is_open(App const& app, std::string const& case_id) {
    auto const* cases = app.cases();
    if (cases == nullptr || !cases->list.value)
        return false;
    auto const& items = cases->list.value->items;
    return std::any_of(items.begin(), items.end(),
                       [&](api::CaseItem const& each) { return each.case_id == case_id; });
}

/// What was typed and can be sent again, when it is put right.
bool can_correct(Written const& written) {
    return written.draft && (written.draft->is_typed() || written.what == OnBehalf::MailCard);
}

ui::Text state_text(Written const& written) {
    switch (written.state) {
    case Written::State::Keeping:
        return "behalf.state_keeping"_msg;
    case Written::State::OnItsWay:
        return "behalf.state_sent"_msg;
    case Written::State::Done:
        return "behalf.state_done"_msg;
    case Written::State::Refused:
        break;
    }
    return "behalf.state_not_done"_msg;
}

void refused(ui::Ui& ui, App const& app, Written const& written, MaybeIntent& intent) {
    bool const case_is_open = is_open(app, written.of.case_id);
    ui.banner(
        ui::BannerKind::Error,
        "behalf.refused"_msg.with("what", on_behalf_text(ui, written.what))
            .with("case", case_name(ui, written.of)),
        {.text = refused_text(ui, written.reason), .key = written.operation, .live = ui::Live::Assertive},
        [&] {
            if (can_correct(written) && case_is_open && std::holds_alternative<Cases>(app.screen))
                want(intent,
                     ui.button("behalf.correct"_msg,
                               {.icon = "pencil", .key = written.operation, .small = true}),
                     Correct{written.operation});
            want(intent,
                 ui.button("behalf.seen"_msg, {.icon = "check", .key = written.operation, .small = true}),
                 HasSeen{written.operation});
        });
    // Nothing that was typed is lost with its case.
    if (!case_is_open && written.draft && !written.draft->text.empty())
        ui.text(data(written.draft->text), ui::TextKind::Small);
}

} // namespace

void draw_written(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    auto const& all = app.written.all;
    std::vector<Written const*> newest;
    if (auto const* first = first_refused(app, &at_hand, true))
        refused(ui, app, *first, intent);
    for (auto each = all.rbegin(); each != all.rend(); ++each)
        if (each->of.case_id == at_hand.item.case_id && each->state != Written::State::Refused &&
            newest.size() < shown_max)
            newest.push_back(&*each);
    if (newest.empty())
        return;
    case_card(ui, app, at_hand, [&] {
        ui.section("behalf.written_title"_msg);
        for (auto const* each : newest)
            ui.fact(on_behalf_text(ui, each->what), state_text(*each),
                    {.key = each->operation.empty() ? std::to_string(each->keeping) : each->operation,
                     .strong = false,
                     .icon = each->state == Written::State::Done ? "circle-check" : "send"});
    });
}

void refused_elsewhere(ui::Ui& ui, App const& app, MaybeIntent& intent) {
    auto const* shown = case_shown(app);
    if (first_refused(app, shown, true) != nullptr)
        return; // it stands in its case
    if (auto const* first = first_refused(app, shown, false))
        return refused(ui, app, *first, intent);
    if (app.written.before.empty())
        return;
    auto const& each = app.written.before.front();
    ui.banner(ui::BannerKind::Error, "behalf.refused_before"_msg,
              {.text = refused_text(ui, each.reason), .key = each.id, .live = ui::Live::Assertive}, [&] {
                  want(intent, ui.button("behalf.seen"_msg, {.icon = "check", .key = each.id, .small = true}),
                       HasSeen{each.id});
              });
}

void waiting_pill(ui::Ui& ui, App const& app) {
    if (app.written.counts.waiting > 0)
        ui.pill("behalf.waiting_count"_msg.with("count", app.written.counts.waiting),
                {.kind = ui::PillKind::Plain, .icon = "send"});
}

} // namespace portico::agent
