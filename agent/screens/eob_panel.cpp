#include "agent/screens/eob_panel.h"

#include "agent/app/acts.h"
#include "agent/screens/case_words.h"
#include "agent/screens/claims_panel.h"
#include "agent/screens/desk_parts.h"
#include "agent/screens/eob_aloud_panel.h"
#include "agent/screens/eob_system_panel.h"
#include "agent/screens/eob_then_panel.h"
#include "agent/screens/eob_versions_panel.h"
#include "shared/terminal/eob_words.h"

#include <algorithm>
#include <set>

namespace portico::agent {

namespace {

using terminal::money_or_unknown;

void head(ui::Ui& ui, api::EobDetail const& detail) {
    auto const& eob = detail.eob;
    ui.columns([&] {
        ui.column([&] {
            ui.fact("desk_eob.claim"_msg, data(eob.claim_number));
            ui.fact("desk_claims.service_date"_msg, terminal::date_text(eob.service.start));
            ui.fact("desk_claims.state"_msg,
                    claim_state_text(eob.status, eob.outcome, eob.replaced_by.has_value()));
        });
        ui.column([&] {
            if (!detail.patient_given_name.empty())
                ui.fact("desk_eob.patient"_msg, data(detail.patient_given_name));
            ui.fact("desk_eob.kind"_msg,
                    found_or(ui, "claim_kind."_msgs, name(eob.kind), "part.not_given"_msg));
        });
    });
}

/// The first that waits for an answer has the key for it; the others their buttons.
void findings(ui::Ui& ui, App const& app, api::EobDetail const& detail, MaybeIntent& intent) {
    bool first = true;
    int number = 0;
    for (auto const& finding : detail.findings) {
        ++number;
        bool const told = is_answered(app, detail, finding.kind);
        auto const key = name(finding.kind) + terminal::line_numbers(finding);
        ui.banner(told ? ui::BannerKind::Notice : ui::BannerKind::LookAgain,
                  told ? "desk_eob.answered"_msg : "eob.looks_wrong"_msg,
                  {.text = terminal::finding_text(ui, detail.eob, finding, terminal::Reader::Staff),
                   .icon = told ? "" : "flag",
                   .key = key},
                  [&] {
                      if (told)
                          return;
                      if (first)
                          act_button(ui, app, Act::CheckClaim, {.icon = "flag", .say_why = true}, intent);
                      else if (can_do(app, Act::CheckClaim))
                          want(intent,
                               ui.button("desk_eob.check_other"_msg.with("number", number),
                                         {.icon = "flag", .key = key}),
                               AnswerFinding{finding.kind});
                  });
        first = first && told;
    }
}

struct Stated {
    AmountCategory category;
    ui::Msg label;
};
constexpr Stated parts_of_the_share[] = {{AmountCategory::Deductible, "word_help.deductible"_msg},
                                         {AmountCategory::Copay, "word_help.copay"_msg},
                                         {AmountCategory::Coinsurance, "word_help.coinsurance"_msg},
                                         {AmountCategory::Noncovered, "eob.denied_line"_msg}};

/// As the payer stated them; what makes up the share only where it is stated.
void amounts(ui::Ui& ui, Eob const& eob) {
    auto const flow = dollar_flow(eob);
    auto const stated = [&](Stated const& each) {
        if (auto const amount = stated_amount(eob, each.category))
            ui.fact(each.label, ui::money(amount->cents), {.strong = false});
    };
    ui.section("desk_eob.amounts"_msg);
    ui.columns([&] {
        ui.column([&] {
            ui.fact("eob.asked"_msg, money_or_unknown(flow.asked));
            ui.fact("eob.discount"_msg, money_or_unknown(flow.discount));
            stated({AmountCategory::Eligible, "word_help.allowed"_msg});
            if (flow.other_insurance)
                ui.fact("eob.other_insurance"_msg, ui::money(flow.other_insurance->cents));
            ui.fact("eob.plan_paid"_msg, money_or_unknown(flow.plan_paid));
        });
        ui.column([&] {
            for (auto const& each : parts_of_the_share)
                stated(each);
            ui.fact("desk_claims.owed"_msg, money_or_unknown(flow.member_share));
        });
    });
    if (!flow.adds_up && flow.asked)
        ui.text("desk_eob.does_not_add_up"_msg, ui::TextKind::Secondary);
}

void lines(ui::Ui& ui, api::EobDetail const& detail, ui::Mark mark) {
    if (detail.eob.lines.empty())
        return;
    std::set<int> flagged;
    for (auto const& finding : detail.findings)
        flagged.insert(finding.line_sequences.begin(), finding.line_sequences.end());
    ui::TableSpec table{.header = {"eob.what"_msg, "desk_eob.charged"_msg, "desk_eob.allowed"_msg,
                                   "desk_eob.plan_paid"_msg, "desk_claims.owed"_msg},
                        .rows = {}};
    for (auto const& line : detail.eob.lines) {
        auto const amount = [&](AmountCategory category) {
            return money_or_unknown(terminal::line_amount(line, category));
        };
        table.rows.push_back({.key = std::to_string(line.sequence),
                              .cells = {{terminal::line_text(line)},
                                        {amount(AmountCategory::Submitted)},
                                        {amount(AmountCategory::Eligible)},
                                        {amount(AmountCategory::Benefit)},
                                        {money_or_unknown(terminal::line_share(line)), true}},
                              .flag = flagged.contains(line.sequence) ? "claims.look_again"_msg : ui::Text(),
                              .note = line.denied ? "eob.denied_line"_msg : ui::Text()});
    }
    ui.card([&] { ui.table("eob.lines"_msg, table); }, {.tight = true, .mark = mark});
}

/// A code without a meaning stands as it is: the rep can look it up.
void reasons(ui::Ui& ui, api::EobDetail const& detail, ui::Mark mark) {
    if (detail.reasons.empty() && detail.eob.notes.empty())
        return;
    ui.card(
        [&] {
            ui.section("eob.why"_msg, {.icon = "info"});
            for (auto const& reason : detail.reasons) {
                auto words = terminal::reason_text(ui, reason);
                if (words.id() == "reason.no_words")
                    ui.text(data(reason.code.code));
                else
                    ui.text("eob.reason"_msg.with("words", std::move(words)).with("code", reason.code.code));
            }
            for (auto const& note : detail.eob.notes)
                ui.text(data(note), ui::TextKind::Small);
        },
        {.tight = true, .mark = mark});
}

void story(ui::Ui& ui, api::EobDetail const& detail, ui::Mark mark) {
    if (detail.timeline.empty())
        return;
    ui.card(
        [&] {
            ui.timeline("eob_story.timeline"_msg, terminal::story_steps(ui, detail, terminal::Reader::Staff));
        },
        {.tight = true, .mark = mark});
}

ui::Text title(ClaimsAtHand const& claims) {
    for (auto const& each : claims.claims)
        if (each.id.text() == claims.opened)
            return provider_text(each.provider_name);
    return "desk_claims.title"_msg;
}

void back(ui::Ui& ui, App const& app, MaybeIntent& intent) {
    ui.row([&] {
        act_button(ui, app, Act::EobAsSystem, {.icon = "file-text"}, intent);
        act_button(ui, app, Act::EobVersions, {.icon = "list"}, intent);
        act_button(ui, app, Act::EobReadAloud, {.icon = "volume-2"}, intent);
    });
    ui.row([&] {
        act_button(ui, app, Act::MailEob, {.icon = "mail"}, intent);
        want(intent, ui.button("desk_eob.back"_msg, {.icon = "undo-2", .shortcut = ui::Key::Escape}),
             Close{});
    });
}

} // namespace

void draw_eob(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    auto const& eob = at_hand.claims->eob;
    auto const mark = case_mark(app, at_hand);
    ui.card(
        [&] {
            ui.section(title(*at_hand.claims), {.aside = case_name(ui, at_hand.item)});
            if (eob.value)
                head(ui, *eob.value);
            else if (app.facts.offline())
                ui.text("desk_eob.offline"_msg, ui::TextKind::Secondary);
            else if (eob.failure)
                case_problem_banner(ui, *eob.failure, "eob");
            else
                ui.spinner("desk_eob.loading"_msg);
            back(ui, app, intent);
        },
        {.tight = true, .mark = mark});
    if (!eob.value)
        return;
    auto const& detail = *eob.value;
    switch (at_hand.claims->view) {
    case EobView::AsSystem:
        return draw_eob_as_system(ui, app, at_hand);
    case EobView::Versions:
        return draw_eob_versions(ui, app, at_hand, intent);
    case EobView::ReadAloud:
        return draw_eob_read_aloud(ui, app, at_hand, intent);
    case EobView::AsMember:
        break;
    }
    findings(ui, app, detail, intent);
    ui.card([&] { amounts(ui, detail.eob); }, {.tight = true, .mark = mark});
    lines(ui, detail, mark);
    reasons(ui, detail, mark);
    story(ui, detail, mark);
    draw_eob_then(ui, app, at_hand);
}

} // namespace portico::agent
