#include "agent/screens/eob_then_panel.h"

#include "agent/app/acts.h"
#include "agent/screens/case_words.h"
#include "agent/screens/desk_parts.h"
#include "agent/screens/eob_text.h"
#include "shared/terminal/eob_words.h"

namespace portico::agent {

namespace {

ui::Text accumulator_name(AccumulatorThen const& each) {
    bool const family = each.scope == AccumulatorScope::Family;
    if (each.kind == AccumulatorKind::Deductible)
        return family ? "eob_then.deductible_family"_msg : "eob_then.deductible_individual"_msg;
    return family ? "eob_then.out_of_pocket_family"_msg : "eob_then.out_of_pocket_individual"_msg;
}

void accumulators(ui::Ui& ui, api::EobReview const& review) {
    auto const& figures = review.accumulators;
    if (figures.empty())
        return ui.text("eob_then.unknown"_msg, ui::TextKind::Secondary);
    auto const& year = figures.front().plan_year;
    ui.text("eob_then.year"_msg.with("from", terminal::date_text(year.start, ui::DateLength::Short))
                .with("to", terminal::date_text(year.end, ui::DateLength::Short)),
            ui::TextKind::Secondary);
    ui::TableSpec table{.header = {"eob_then.what"_msg, "eob_then.before"_msg, "eob_then.after"_msg,
                                   "eob_then.left"_msg, "eob_then.limit"_msg},
                        .rows = {}};
    for (std::size_t i = 0; i < figures.size(); ++i) {
        auto const& each = figures[i];
        table.rows.push_back(
            {.key = std::to_string(i),
             .cells = {{accumulator_name(each)},
                       {ui::money(each.met_before.cents)},
                       {ui::money(each.met_after.cents), true},
                       {ui::money(left_of(each.limit, each.met_after).cents)},
                       {ui::money(each.limit.cents)}},
             .note = each.in_network ? "eob_network.in_network"_msg : "eob_network.out_of_network"_msg});
    }
    ui.keyed("table", [&] { ui.table("eob_then.title"_msg, table); });
    ui.text("eob_then.how"_msg, ui::TextKind::Small);
}

ui::Text today_text(ui::Ui const& ui, api::EobReview const& review) {
    if (review.directory_today == NetworkStatus::Unknown)
        return "eob_net.not_listed"_msg;
    auto status = network_text(ui, review.directory_today);
    if (review.directory_since.start.is_empty())
        return status;
    return "eob_net.today_since"_msg.with("status", std::move(status))
        .with("date", terminal::date_text(review.directory_since.start, ui::DateLength::Short));
}

/// Two facts, and no judgement: what the payer stated then, and what the directory says now.
void network(ui::Ui& ui, Eob const& eob, api::EobReview const* review) {
    ui.section("eob_net.title"_msg);
    ui.fact("eob_net.billing"_msg, network_text(ui, eob.billing_network));
    ui.fact("eob_net.rendering"_msg, network_text(ui, eob.rendering_network));
    ui.fact("eob_net.payment"_msg, network_text(ui, eob.payment_network));
    if (review != nullptr)
        ui.fact("eob_net.today"_msg, today_text(ui, *review));
}

} // namespace

bool draw_review_missing(ui::Ui& ui, App const& app, CaseAtHand const& at_hand) {
    auto const& review = at_hand.claims->review;
    if (review.value)
        return false;
    if (app.facts.offline())
        ui.text("eob_version.offline"_msg, ui::TextKind::Secondary);
    else if (review.failure)
        case_problem_banner(ui, *review.failure, "review");
    else
        ui.spinner("eob_version.loading"_msg);
    return true;
}

void draw_eob_then(ui::Ui& ui, App const& app, CaseAtHand const& at_hand) {
    auto const& claims = *at_hand.claims;
    auto const* review = claims.review.value ? &*claims.review.value : nullptr;
    case_card(ui, app, at_hand, [&] { network(ui, claims.eob.value->eob, review); });
    case_card(ui, app, at_hand, [&] {
        ui.section("eob_then.title"_msg);
        if (draw_review_missing(ui, app, at_hand))
            return;
        accumulators(ui, *review);
        if (review->version_count > 1)
            ui.text("eob_version.there_are"_msg.with("count", review->version_count));
    });
}

} // namespace portico::agent
