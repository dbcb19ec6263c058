#include "agent/screens/eob_aloud_panel.h"

#include "agent/app/acts.h"
#include "agent/screens/desk_parts.h"
#include "shared/base/language.h"
#include "shared/terminal/eob_explanation.h"

namespace portico::agent {

namespace {

/// The member's language where Portico has not all texts in it; else empty.
std::string without_texts(CaseAtHand const& at_hand) {
    auto const& member = at_hand.member.value;
    if (!member || member->language.empty())
        return {};
    auto const* language = find_language(member->language);
    if (language != nullptr && language->is_complete())
        return {};
    return language == nullptr ? member->language : std::string(language->own_name);
}

std::string_view language_of(App const& app, CaseAtHand const& at_hand) {
    auto const& member = at_hand.member.value;
    bool const of_member = at_hand.claims->in_members_language && member && !member->language.empty();
    return terminal::language_to_explain(of_member ? member->language : app.settings.language);
}

} // namespace

void draw_eob_read_aloud(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    auto const& detail = *at_hand.claims->eob.value;
    auto const language = std::string(language_of(app, at_hand));
    auto const answered = [&](FindingKind kind) { return is_answered(app, detail, kind); };
    case_card(ui, app, at_hand, [&] {
        ui.section("act.eob_read_aloud"_msg, {.icon = "volume-2"});
        ui.text("eob_aloud.how"_msg, ui::TextKind::Secondary);
        if (auto const missing = without_texts(at_hand);
            !missing.empty() &&
            (at_hand.claims->in_members_language || !speaks_another_language(app, at_hand)))
            ui.text("eob_aloud.no_language"_msg.with("language", missing), ui::TextKind::Strong);
        int number = 0;
        for (auto& sentence : terminal::eob_read_aloud(ui.catalog(), detail, language, answered))
            ui.keyed(std::to_string(++number), [&] {
                ui.text(data(std::move(sentence), language == ui.language() ? std::string() : language));
            });
        ui.row([&] { act_button(ui, app, Act::OtherLanguage, {.icon = "languages"}, intent); });
    });
}

} // namespace portico::agent
