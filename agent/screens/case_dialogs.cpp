#include "agent/screens/case_dialogs.h"

#include "agent/app/acts.h"
#include "agent/app/limits.h"
#include "agent/screens/call_words.h"
#include "agent/screens/case_words.h"
#include "agent/screens/desk_parts.h"
#include "agent/screens/dialog_parts.h"
#include "agent/screens/on_behalf_dialogs.h"
#include "agent/screens/recovery_dialog.h"
#include "agent/screens/speaker_dialog.h"
#include "agent/screens/unlock_words.h"
#include "agent/screens/verify_ways.h"
#include "shared/domain/plain_text.h"

namespace portico::agent {

namespace {

void draw(ui::Ui& ui, App const& app, Cases const& cases, OpenCaseDialog const& dialog, MaybeIntent& intent) {
    desk_dialog(ui, app, intent, "open_case.title"_msg, {.text = "open_case.text"_msg}, [&] {
        if (cases.doing.failure)
            case_problem_banner(ui, *cases.doing.failure, "open");
        std::vector<ui::Text> channels;
        for (auto const& each : case_channels())
            channels.push_back(case_channel_text(ui, each));
        if (auto const chosen = ui.choice("open_case.channel"_msg, channels, dialog.channel))
            intent = ChooseInCase{CaseChoice::Channel, *chosen};
        choose_word(ui,
                    {"open_case.reasons"_msg, "open_case.reason"_msg, case_reasons(), dialog.reason,
                     CaseChoice::Reason},
                    case_reason_text, intent);
        dialog_ending(ui, "open_case.go"_msg, "plus", held_up(app), cases.doing.waiting(), intent);
    });
}

void draw(ui::Ui& ui, App const& app, Cases const& cases, ReasonDialog const& dialog, MaybeIntent& intent) {
    if (!cases.at_hand)
        return;
    auto const& at_hand = *cases.at_hand;
    desk_dialog(ui, app, intent, "change_reason.title"_msg, {.text = case_name(ui, at_hand.item)}, [&] {
        if (at_hand.doing.failure)
            case_problem_banner(ui, *at_hand.doing.failure, "reason");
        choose_word(ui,
                    {"open_case.reasons"_msg, "open_case.reason"_msg, case_reasons(), dialog.reason,
                     CaseChoice::Reason},
                    case_reason_text, intent);
        dialog_ending(ui, "change_reason.go"_msg, "check", held_up(app), at_hand.doing.waiting(), intent);
    });
}

ui::Text note_help(std::string const& note) {
    auto const left = static_cast<std::int64_t>(note_length_max) -
                      static_cast<std::int64_t>(std::min(note_length_max, character_count(note)));
    return "close_case.note_help"_msg.with("count", left);
}

void draw(ui::Ui& ui, App const& app, Cases const& cases, CloseCaseDialog const&, MaybeIntent& intent) {
    if (!cases.at_hand)
        return;
    auto const& at_hand = *cases.at_hand;
    auto const& failure = at_hand.doing.failure;
    bool const of_note = failure && (failure->reason == "note_long" || failure->reason == "note_invalid");
    desk_dialog(ui, app, intent, "close_case.title"_msg, {.text = case_name(ui, at_hand.item)}, [&] {
        if (failure && !of_note)
            case_problem_banner(ui, *failure, "close");
        if (at_hand.has_draft())
            ui.banner(ui::BannerKind::LookAgain, "close_case.draft"_msg,
                      {.text = "close_case.draft_more"_msg, .key = "draft"});
        if (auto typed = ui.field("close_case.note"_msg, at_hand.note,
                                  {.help = note_help(at_hand.note),
                                   .error = of_note ? case_problem_text(ui, *failure) : ui::Text(),
                                   .length_max = note_length_max,
                                   .read_only = at_hand.doing.waiting(),
                                   .first = true}))
            intent = Typed{Field::Note, std::move(*typed)};
        if (ui.submitted())
            intent = Continue{};
        choose_word(ui,
                    {"close_case.outcomes"_msg, "close_case.outcome"_msg, case_outcomes(), at_hand.outcome,
                     CaseChoice::Outcome},
                    case_outcome_text, intent);
        dialog_ending(ui, "close_case.go"_msg, "check", held_up(app), at_hand.doing.waiting(), intent);
    });
}

void draw(ui::Ui& ui, App const& app, Cases const& cases, AllowMoreDialog const& dialog,
          MaybeIntent& intent) {
    auto const& failure = cases.doing.failure;
    bool const of_staff =
        failure && (failure->reason == "colleague_unknown" || failure->reason == "not_for_oneself");
    desk_dialog(ui, app, intent, "allow_more.title"_msg, {.text = "allow_more.text"_msg}, [&] {
        if (failure && !of_staff)
            case_problem_banner(ui, *failure, "allow");
        choose_colleague(ui, app, dialog.staff, of_staff ? case_problem_text(ui, *failure) : ui::Text(),
                         intent);
        dialog_ending(ui, "allow_more.go"_msg, "check",
                      dialog.staff.empty() ? ui::Text("allow_more.who_first"_msg) : held_up(app),
                      cases.doing.waiting(), intent);
    });
}

void draw(ui::Ui& ui, App const& app, Cases const& cases, RevealDialog const& dialog, MaybeIntent& intent) {
    if (!cases.at_hand)
        return;
    auto const& doing = cases.at_hand->doing;
    desk_dialog(ui, app, intent, "reveal.title"_msg, {.text = case_name(ui, cases.at_hand->item)}, [&] {
        ui.text("reveal.text"_msg, ui::TextKind::Secondary);
        if (doing.failure)
            case_problem_banner(ui, *doing.failure, "reveal");
        ui.columns([&] {
            choose_word(ui,
                        {"reveal.reasons"_msg, "reveal.reason"_msg, reveal_reasons(), dialog.reason,
                         CaseChoice::RevealReason},
                        reveal_reason_text, intent);
            choose_word(ui,
                        {"reveal.fields"_msg, "reveal.field"_msg, case_fields(), dialog.field,
                         CaseChoice::RevealedField},
                        case_field_text, intent);
        });
        dialog_ending(ui, "reveal.go"_msg, "zoom-in",
                      dialog.reason ? held_up(app) : ui::Text("reveal.why_first"_msg), doing.waiting(),
                      intent);
    });
}

void draw(ui::Ui& ui, App const& app, Cases const& cases, GlassDialog const&, MaybeIntent& intent) {
    if (!cases.at_hand)
        return;
    auto const& at_hand = *cases.at_hand;
    auto const& failure = at_hand.doing.failure;
    bool const of_reason = failure && failure->reason == "glass_reason_invalid";
    bool const short_reason = character_count(at_hand.glass_reason) < glass_reason_length_min;
    desk_dialog(ui, app, intent, "glass.title"_msg, {.text = case_name(ui, at_hand.item)}, [&] {
        ui.banner(ui::BannerKind::LookAgain, "glass.told"_msg,
                  {.text = "glass.told_more"_msg, .icon = "shield"});
        if (failure && !of_reason)
            case_problem_banner(ui, *failure, "glass");
        if (auto typed = ui.field("glass.reason"_msg, at_hand.glass_reason,
                                  {.help = "glass.reason_help"_msg,
                                   .error = of_reason ? case_problem_text(ui, *failure) : ui::Text(),
                                   .length_max = glass_reason_length_max,
                                   .read_only = at_hand.doing.waiting(),
                                   .first = true}))
            intent = Typed{Field::GlassReason, std::move(*typed)};
        if (ui.submitted())
            intent = Continue{};
        dialog_ending(ui, "glass.go"_msg, "lock-open",
                      short_reason ? ui::Text("glass.why_first"_msg) : held_up(app), at_hand.doing.waiting(),
                      intent);
    });
}

/// Why it cannot be unlocked now; empty: it can.
ui::Text why_no_unlock(App const& app, UnlockDialog const& dialog) {
    auto const act = offered(app, Act::UnlockAccount);
    if (!act)
        return "unlock.not_locked"_msg;
    if (!act->off.empty())
        return act->off;
    if (!dialog.lock.value)
        return "unlock.read_first"_msg;
    return dialog.reason ? ui::Text() : ui::Text("unlock.why_first"_msg);
}

void draw(ui::Ui& ui, App const& app, Cases const& cases, UnlockDialog const& dialog, MaybeIntent& intent) {
    if (!cases.at_hand)
        return;
    auto const& doing = cases.at_hand->doing;
    auto const& lock = dialog.lock;
    desk_dialog(ui, app, intent, "unlock.title"_msg, {.text = case_name(ui, cases.at_hand->item)}, [&] {
        if (auto const& failure = doing.failure ? doing.failure : lock.failure)
            case_problem_banner(ui, *failure, "unlock");
        if (lock.value && !lock.value->second_yes.empty())
            ui.banner(
                ui::BannerKind::LookAgain, "unlock.second_yes"_msg,
                {.text = second_yes_text(ui, lock.value->second_yes), .icon = "users", .key = "second"});
        auto const reasons = [&] {
            choose_word(ui,
                        {"unlock.reasons"_msg, "unlock.reason"_msg, unlock_reasons(), dialog.reason,
                         CaseChoice::UnlockReason},
                        unlock_reason_text, intent);
        };
        // With large text what is chosen comes first: the list would push it off the page.
        bool const below = ui.theme().large_text();
        if (below)
            reasons();
        if (lock.value)
            wrong_sign_ins(ui, lock.value->wrong_sign_ins);
        else if (!lock.failure)
            ui.spinner("unlock.loading"_msg);
        if (!below)
            reasons();
        dialog_ending(ui, "unlock.go"_msg, "lock-open", why_no_unlock(app, dialog), doing.waiting(), intent);
    });
}

void draw(ui::Ui& ui, App const& app, Cases const& cases, RecoveryDialog const& dialog, MaybeIntent& intent) {
    draw_recovery(ui, app, cases, dialog, intent);
}

void choose_way(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, VerifyDialog const& dialog,
                MaybeIntent& intent) {
    ui::TableSpec table{.header = {"ways.way"_msg, "ways.to"_msg}, .rows = {}};
    table.words = table.pickable = true;
    for (auto const& each : dialog.offered())
        table.rows.push_back(
            {.key = each.way,
             .cells = {{verify_way_text(ui, each.way)},
                       {each.way == "totp" ? ui::Text("ways.code_app"_msg)
                        : each.to.empty()  ? ui::Text("ways.nowhere"_msg)
                                           : data(each.to)}},
             .note = hindrance_text(ui, way_hindrance(each, app.calls, at_hand.item.case_id)),
             .selected = each.way == dialog.way});
    if (auto const row = ui.table("ways.list"_msg, table))
        intent = ChooseInCase{CaseChoice::VerifyWay, *row};
}

/// Why the caller cannot be verified by what is chosen; empty: they can.
ui::Text why_no_way(ui::Ui const& ui, App const& app, CaseAtHand const& at_hand, VerifyDialog const& dialog) {
    for (auto const& each : dialog.offered())
        if (each.way == dialog.way) {
            auto const hindered = hindrance_text(ui, way_hindrance(each, app.calls, at_hand.item.case_id));
            return hindered.empty() ? held_up(app) : hindered;
        }
    return "ways.choose_first"_msg;
}

void draw(ui::Ui& ui, App const& app, Cases const& cases, VerifyDialog const& dialog, MaybeIntent& intent) {
    if (!cases.at_hand)
        return;
    auto const& at_hand = *cases.at_hand;
    desk_dialog(ui, app, intent, "ways.title"_msg, {.text = case_name(ui, at_hand.item)}, [&] {
        if (auto const& failure = dialog.ways.failure; failure && !said_by_offline(app, *failure))
            case_problem_banner(ui, *failure, "ways");
        if (dialog.ways.waiting())
            ui.spinner("ways.loading"_msg);
        else
            choose_way(ui, app, at_hand, dialog, intent);
        dialog_ending(ui, "ways.go"_msg, "shield-check", why_no_way(ui, app, at_hand, dialog),
                      at_hand.doing.waiting(), intent);
    });
}

void draw(ui::Ui& ui, App const& app, Cases const&, TransferDialog const& dialog, MaybeIntent& intent) {
    auto const* call = app.calls.find(dialog.call);
    bool const gone = call == nullptr || !call->live();
    desk_dialog(ui, app, intent, "transfer.title"_msg,
                {.text = call == nullptr ? ui::Text() : caller_text(*call)}, [&] {
                    if (gone)
                        ui.banner(ui::BannerKind::LookAgain, "transfer.gone"_msg, {.key = "gone"});
                    if (auto typed = ui.field("transfer.to"_msg, dialog.to,
                                              {.kind = ui::FieldKind::Text,
                                               .help = "transfer.to_help"_msg,
                                               .error = dialog.wrong ? "transfer.wrong"_msg : ui::Text(),
                                               .icon = "phone",
                                               .length_max = transfer_length_max,
                                               .first = true}))
                        intent = Typed{Field::TransferTo, std::move(*typed)};
                    if (ui.submitted())
                        intent = Continue{};
                    dialog_ending(ui, "transfer.go"_msg, "phone-forwarded",
                                  gone                ? ui::Text("transfer.gone"_msg)
                                  : dialog.to.empty() ? ui::Text("transfer.to_first"_msg)
                                                      : ui::Text(),
                                  false, intent);
                });
}

void draw(ui::Ui& ui, App const& app, Cases const& cases, ForMemberDialog const&, MaybeIntent& intent) {
    draw_for_member(ui, app, cases, intent);
}

void draw(ui::Ui& ui, App const& app, Cases const& cases, AskDialog const& dialog, MaybeIntent& intent) {
    draw_ask(ui, app, cases, dialog, intent);
}

void draw(ui::Ui& ui, App const& app, Cases const& cases, NoteDialog const&, MaybeIntent& intent) {
    draw_note(ui, app, cases, intent);
}

void draw(ui::Ui& ui, App const& app, Cases const& cases, SpeakerDialog const& dialog, MaybeIntent& intent) {
    draw_speakers(ui, app, cases, dialog, intent);
}

void draw(ui::Ui& ui, App const& app, Cases const&, Palette const& palette, MaybeIntent& intent) {
    draw_palette(ui, app, palette, intent);
}

void draw(ui::Ui&, App const&, Cases const&, NoDialog const&, MaybeIntent&) {}

} // namespace

void draw_dialog(ui::Ui& ui, App const& app, Cases const& screen, MaybeIntent& intent) {
    std::visit([&](auto const& dialog) { draw(ui, app, screen, dialog, intent); }, screen.dialog);
}

} // namespace portico::agent
