#include "agent/screens/on_behalf_dialogs.h"

#include "agent/app/acts.h"
#include "agent/app/limits.h"
#include "agent/screens/case_words.h"
#include "agent/screens/desk_parts.h"
#include "agent/screens/dialog_parts.h"
#include "agent/screens/on_behalf_words.h"
#include "shared/domain/contact_rules.h"
#include "shared/domain/plain_text.h"
#include "shared/terminal/eob_words.h"
#include "shared/ui/catalog.h"

namespace portico::agent {

namespace {

/// Lines of a text that are seen at once.
constexpr int text_lines = 6;
constexpr int text_lines_large = 3;

int seen_lines(ui::Ui const& ui) {
    return ui.theme().large_text() ? text_lines_large : text_lines;
}

ui::Text left_text(std::size_t length_max, std::string const& text) {
    auto const left = length_max - std::min(length_max, character_count(text));
    return "behalf.left"_msg.with("count", static_cast<std::int64_t>(left));
}

struct AskField {
    ui::Msg label;
    Field field{};
    ui::FieldKind kind = ui::FieldKind::Text;
    ui::Text help = {};
    std::size_t length_max = address_line_characters_max;
    int lines = 1;
    bool first = false;
};

/// One dialog of them, with what it is drawn from.
struct Ask {
    ui::Ui& ui;
    App const& app;
    CaseAtHand const& at_hand;
    AskDialog const& dialog;
    AskDraft const& draft;
    MaybeIntent& intent;

    void field(AskField const& spec) const {
        auto const& value = *draft.of(spec.field);
        if (auto typed = ui.field(spec.label, value,
                                  {.kind = spec.kind,
                                   .help = spec.help,
                                   .error = ask_problem(ui, dialog, spec.field),
                                   .length_max = spec.length_max,
                                   .lines = spec.lines,
                                   .read_only = dialog.keeping != 0,
                                   .first = spec.first}))
            intent = Typed{spec.field, std::move(*typed)};
        if (ui.submitted())
            intent = Continue{};
    }
    /// What is wrong with no field, or what central did not tell.
    void problem() const {
        auto const& failure = dialog.wrong ? dialog.wrong : at_hand.doing.failure;
        if (!failure || is_ask_problem(*failure))
            return;
        if (auto const exact = ui.catalog().find("behalf_problem."_msgs, failure->reason))
            ui.banner(ui::BannerKind::Error, *exact, {.key = "ask", .live = ui::Live::Assertive});
        else if (!said_by_offline(app, *failure))
            case_problem_banner(ui, *failure, "ask");
    }
    /// That it is sent later stands where it is written, and not afterwards.
    void ending(ui::Msg go, std::string icon, ui::Text const& off = {}) const {
        if (app.facts.offline())
            ui.text("behalf.sent_later"_msg, ui::TextKind::Secondary);
        auto const why = why_not_for_member(at_hand, draft.what);
        dialog_ending(ui, go, std::move(icon), why.empty() ? off : why, dialog.keeping != 0, intent);
    }
};

/// What the answer is about, where the EOB is read still.
void claim(Ask const& ask) {
    auto& ui = ask.ui;
    auto const& claims = ask.at_hand.claims;
    if (claims && claims->eob.value)
        for (auto const& each : claims->eob.value->findings)
            if (each.kind == ask.draft.finding)
                ui.text(terminal::finding_text(ui, claims->eob.value->eob, each, terminal::Reader::Staff));
    ui.text("behalf.claim_text"_msg, ui::TextKind::Secondary);
    if (auto const chosen =
            ui.choice("behalf.claim_answer"_msg, {"behalf.claim_check"_msg, "behalf.claim_right"_msg},
                      ask.draft.check_it ? 0 : 1))
        ask.intent = ChooseInCase{CaseChoice::ClaimAnswer, *chosen};
    ask.problem();
    ask.ending("behalf.write_down"_msg, "check");
}

void mailed_eob(Ask const& ask) {
    ask.ui.text("behalf.mail_eob_text"_msg, ui::TextKind::Secondary);
    ask.problem();
    ask.ending("behalf.write_down"_msg, "mail");
}

void mailed_card(Ask const& ask) {
    ask.ui.text("behalf.mail_card_text"_msg, ui::TextKind::Secondary);
    ask.problem();
    choose_word(ask.ui,
                {"behalf.card_reasons"_msg, "behalf.card_reason"_msg, card_reason_words(),
                 ask.draft.card_reason, CaseChoice::CardReason},
                card_reason_text, ask.intent);
    ask.ending("behalf.write_down"_msg, "mail",
               ask.draft.card_reason ? ui::Text() : ui::Text("behalf.reason_first"_msg));
}

/// Nobody types over a value that they have not seen: it is shown first, which is written down.
void choose_part(Ask const& ask) {
    static std::vector<std::string> const parts(contact_part_fields.begin(), contact_part_fields.end());
    ask.ui.text("behalf.contact_text"_msg, ui::TextKind::Secondary);
    ask.problem();
    std::optional<std::size_t> chosen;
    if (ask.draft.part)
        chosen = static_cast<std::size_t>(*ask.draft.part);
    choose_word(
        ask.ui,
        {"behalf.contact_parts"_msg, "behalf.contact_part"_msg, parts, chosen, CaseChoice::ContactPart},
        case_field_text, ask.intent);
    bool const busy = ask.at_hand.doing.waiting() && ask.at_hand.step == CaseStep::Reveal;
    auto const why = why_not_for_member(ask.at_hand, OnBehalf::ChangeContact);
    dialog_ending(ask.ui, "behalf.contact_show"_msg, "zoom-in",
                  !why.empty()      ? why
                  : !ask.draft.part ? ui::Text("behalf.part_first"_msg)
                                    : held_up(ask.app),
                  busy, ask.intent);
}

void old_value(Ask const& ask) {
    auto const* const field = contact_part_fields.at(static_cast<std::size_t>(ask.dialog.old->part));
    for (auto const& each : ask.at_hand.revealed)
        if (each.field == field)
            return ask.ui.fact("behalf.contact_old"_msg,
                               each.value.empty() ? ui::Text("member.not_on_file"_msg) : data(each.value),
                               {.key = "old", .icon = "zoom-in"});
    ask.ui.fact("behalf.contact_old"_msg, "behalf.contact_hidden"_msg, {.key = "old", .strong = false});
}

void new_value(Ask const& ask) {
    using ui::FieldKind;
    switch (ask.dialog.old->part) {
    case ContactPart::Phone:
        return ask.field({.label = "behalf.new_phone"_msg,
                          .field = Field::NewPhone,
                          .kind = FieldKind::Phone,
                          .length_max = 25,
                          .first = true});
    case ContactPart::Email:
        return ask.field({.label = "behalf.new_email"_msg,
                          .field = Field::NewEmail,
                          .kind = FieldKind::Email,
                          .length_max = email_characters_max,
                          .first = true});
    case ContactPart::Address:
        break;
    }
    ask.ui.columns([&] {
        ask.field({.label = "behalf.new_line"_msg, .field = Field::AddressLine, .first = true});
        ask.field({.label = "behalf.new_line2"_msg, .field = Field::AddressLine2});
    });
    ask.ui.columns(
        [&] {
            ask.field({.label = "behalf.new_city"_msg,
                       .field = Field::City,
                       .kind = FieldKind::Name,
                       .length_max = city_characters_max});
            ask.field({.label = "behalf.new_state"_msg, .field = Field::State, .length_max = 2});
            ask.field({.label = "behalf.new_zip"_msg, .field = Field::AddressZip, .length_max = 10});
        },
        {.weights = {2, 1, 1}});
}

void contact(Ask const& ask) {
    if (!ask.dialog.old)
        return choose_part(ask);
    old_value(ask);
    new_value(ask);
    ask.ui.text("behalf.contact_told"_msg, ui::TextKind::Secondary);
    ask.problem();
    ask.ending("behalf.write_down"_msg, "check");
}

void message(Ask const& ask) {
    ask.ui.text("behalf.message_text"_msg, ui::TextKind::Secondary);
    ask.field({.label = "behalf.message"_msg,
               .field = Field::MessageText,
               .help = left_text(message_length_max, ask.draft.text),
               .length_max = message_length_max,
               .lines = seen_lines(ask.ui),
               .first = true});
    ask.problem();
    ask.ending("behalf.message_send"_msg, "send");
}

void promise(Ask const& ask) {
    ask.ui.text("behalf.promise_text"_msg, ui::TextKind::Secondary);
    ask.field({.label = "behalf.promise_on"_msg,
               .field = Field::CallBackOn,
               .kind = ui::FieldKind::Date,
               .help = "behalf.promise_on_help"_msg,
               .length_max = 10,
               .first = true});
    ask.field({.label = "behalf.promise_about"_msg,
               .field = Field::CallBackAbout,
               .help = left_text(call_about_length_max, ask.draft.about),
               .length_max = call_about_length_max});
    ask.problem();
    ask.ending("behalf.write_down"_msg, "phone-call");
}

void withdrawal(Ask const& ask) {
    ask.ui.text("behalf.withdraw_text"_msg, ui::TextKind::Secondary);
    ask.problem();
    ask.ending("behalf.withdraw_go"_msg, "undo-2");
}

struct Drawn {
    ui::Msg title;
    void (*draw)(Ask const&);
};
Drawn const& drawn(OnBehalf what) {
    static std::array<Drawn, on_behalf_count> const all{{{"behalf.claim_title"_msg, claim},
                                                         {"behalf.mail_eob_title"_msg, mailed_eob},
                                                         {"behalf.mail_card_title"_msg, mailed_card},
                                                         {"behalf.contact_title"_msg, contact},
                                                         {"behalf.message_title"_msg, message},
                                                         {"behalf.promise_title"_msg, promise},
                                                         {"behalf.withdraw_title"_msg, withdrawal}}};
    return all.at(static_cast<std::size_t>(what));
}

} // namespace

void draw_for_member(ui::Ui& ui, App const& app, Cases const& cases, MaybeIntent& intent) {
    if (!cases.at_hand)
        return;
    auto const acts = acts_for_member(app, cases);
    desk_dialog(ui, app, intent, "behalf.title"_msg, {.text = case_name(ui, cases.at_hand->item)}, [&] {
        ui::TableSpec table{.header = {"palette.act"_msg, "palette.key"_msg}, .rows = {}};
        table.words = table.pickable = true;
        for (auto const& act : acts)
            table.rows.push_back({.key = ui::name(act.key),
                                  .cells = {{act.label}, {data(ui::name(act.key))}},
                                  .note = act.off});
        if (auto const row = ui.table("behalf.list"_msg, table))
            intent = Do{acts[*row].act};
        for (auto const& act : acts)
            if (act.off.empty())
                want(intent, ui.shortcut(act.key), Do{act.act});
        ui.row([&] { cancel_button(ui, intent); });
    });
}

void draw_ask(ui::Ui& ui, App const& app, Cases const& cases, AskDialog const& dialog, MaybeIntent& intent) {
    if (!cases.at_hand)
        return;
    AskDraft const nothing(dialog.what);
    auto const* typed = cases.at_hand->draft_of(dialog.what);
    auto const& shown = drawn(dialog.what);
    desk_dialog(ui, app, intent, shown.title, {.text = case_name(ui, cases.at_hand->item)}, [&] {
        shown.draw({ui, app, *cases.at_hand, dialog, typed == nullptr ? nothing : *typed, intent});
    });
}

void draw_note(ui::Ui& ui, App const& app, Cases const& cases, MaybeIntent& intent) {
    if (!cases.at_hand)
        return;
    auto const& at_hand = *cases.at_hand;
    auto const& doing = at_hand.doing;
    bool const mine = at_hand.step == CaseStep::AddNote;
    bool const of_text =
        doing.failure && (doing.failure->reason == "note_long" || doing.failure->reason == "note_invalid" ||
                          doing.failure->reason == "note_empty");
    desk_dialog(ui, app, intent, "note.title"_msg, {.text = case_name(ui, at_hand.item)}, [&] {
        if (doing.failure && !of_text && !said_by_offline(app, *doing.failure))
            case_problem_banner(ui, *doing.failure, "note");
        if (auto typed = ui.field("note.text"_msg, at_hand.noting.text,
                                  {.help = left_text(note_length_max, at_hand.noting.text),
                                   .error = of_text ? case_problem_text(ui, *doing.failure) : ui::Text(),
                                   .length_max = note_length_max,
                                   .lines = seen_lines(ui),
                                   .read_only = mine && doing.waiting(),
                                   .first = true}))
            intent = Typed{Field::NoteText, std::move(*typed)};
        dialog_ending(ui, "note.go"_msg, "check", held_up(app), doing.waiting(), intent);
    });
}

} // namespace portico::agent
