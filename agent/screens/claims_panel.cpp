#include "agent/screens/claims_panel.h"

#include "agent/screens/case_words.h"
#include "agent/screens/desk_parts.h"
#include "agent/screens/eob_panel.h"
#include "shared/terminal/eob_words.h"

namespace portico::agent {

namespace {

bool is_open(ClaimOutcome outcome) {
    return outcome == ClaimOutcome::Queued || outcome == ClaimOutcome::Partial;
}

ui::Text owed_text(EobSummary const& claim) {
    if (!claim.flow.member_share && is_open(claim.outcome))
        return "claims.not_known_yet"_msg;
    return terminal::money_or_unknown(claim.flow.member_share);
}

/// The provider first: that column has room for a long name.
void table(ui::Ui& ui, App const& app, ClaimsAtHand const& claims, MaybeIntent& intent) {
    ui::TableSpec spec{.header = {"desk_claims.provider"_msg, "desk_claims.service_date"_msg,
                                  "desk_claims.state"_msg, "desk_claims.owed"_msg},
                       .rows = {}};
    spec.words = true;
    spec.pickable = !app.facts.offline();
    for (auto const& claim : claims.claims)
        spec.rows.push_back({.key = claim.id.text(),
                             .cells = {{provider_text(claim.provider_name)},
                                       {terminal::date_text(claim.service_start, ui::DateLength::Short)},
                                       {claim_state_text(claim.status, claim.outcome, claim.replaced)},
                                       {owed_text(claim), true}},
                             .flag = claim.finding_count > 0 ? "claims.look_again"_msg : ui::Text(),
                             .note = "eob_story.claim"_msg.with("number", claim.claim_number)});
    // Beside them stand the cases, whose rows are called by ids of their own.
    ui.keyed("claims", [&] {
        if (auto const row = ui.table("desk_claims.list"_msg, spec))
            intent = PickClaim{claims.claims[*row].id.text()};
    });
}

void list(ui::Ui& ui, App const& app, ClaimsAtHand const& claims, MaybeIntent& intent) {
    if (claims.read && claims.claims.empty())
        ui.text("desk_claims.none"_msg, ui::TextKind::Secondary);
    if (!claims.claims.empty())
        table(ui, app, claims, intent);
    if (claims.page.failure && !said_by_offline(app, *claims.page.failure))
        case_problem_banner(ui, *claims.page.failure, "claims");
    if (claims.read)
        return;
    if (app.facts.offline())
        ui.text("desk_claims.offline"_msg, ui::TextKind::Secondary);
    else if (!claims.page.failure)
        ui.spinner("desk_claims.loading"_msg);
}

ui::Text count_text(ClaimsAtHand const& claims) {
    if (claims.claims.empty())
        return {};
    return "desk_claims.shown"_msg.with("shown", static_cast<std::int64_t>(claims.claims.size()))
        .with("count", claims.total_count);
}

} // namespace

ui::Text claim_state_text(EobStatus status, ClaimOutcome outcome, bool replaced) {
    if (replaced)
        return "claims.replaced"_msg;
    if (status == EobStatus::Cancelled || status == EobStatus::EnteredInError)
        return "claims.cancelled"_msg;
    return is_open(outcome) ? "claims.in_progress"_msg : "claims.done"_msg;
}

ui::Text provider_text(std::string const& name) {
    return name.empty() ? ui::Text("claims.no_provider"_msg) : data(name);
}

void draw_claims(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    if (!at_hand.lists_claims())
        return draw_eob(ui, app, at_hand, intent);
    auto const& claims = *at_hand.claims;
    case_card(ui, app, at_hand, [&] {
        ui.section("desk_claims.title"_msg, {.aside = count_text(claims)});
        list(ui, app, claims, intent);
        ui.row([&] {
            act_button(ui, app, Act::OlderClaims,
                       {.icon = "chevron-down", .busy = claims.read && claims.page.waiting()}, intent);
            act_button(ui, app, Act::ShowClaims, {.icon = "undo-2"}, intent);
        });
    });
    want(intent, ui.shortcut(ui::Key::Escape), Close{});
}

} // namespace portico::agent
