#include "kiosk/screens/claims.h"

#include "kiosk/app/app.h"

#include <map>

namespace portico::kiosk {

namespace {

using ui::MoneyKind;

std::optional<std::chrono::year_month_day> calendar_day(Date day) {
    if (!day.has_day())
        return std::nullopt;
    return std::chrono::year_month_day(std::chrono::year(day.year),
                                       std::chrono::month(static_cast<unsigned>(day.month)),
                                       std::chrono::day(static_cast<unsigned>(day.day)));
}

std::vector<ui::MoneyPart> parts_of(DollarFlow const& flow) {
    if (!flow.adds_up)
        return {};
    std::vector<ui::MoneyPart> parts;
    auto add = [&](MoneyKind kind, std::optional<Money> const& amount) {
        if (amount && amount->cents > 0)
            parts.push_back({kind, amount->cents});
    };
    add(MoneyKind::Discount, flow.discount);
    add(MoneyKind::Plan,
        flow.plan_paid || flow.other_insurance
            ? std::optional(flow.plan_paid.value_or(Money{}) + flow.other_insurance.value_or(Money{}))
            : std::nullopt);
    add(MoneyKind::You, flow.member_share);
    return parts;
}

ui::RowButtonSpec::Pill status_pill(EobSummary const& claim) {
    if (claim.replaced)
        return {"claims.replaced"_msg, ui::PillKind::Plain, "rotate-ccw"};
    if (claim.status == EobStatus::Cancelled || claim.status == EobStatus::EnteredInError)
        return {"claims.cancelled"_msg, ui::PillKind::Plain, "x"};
    if (claim.finding_count > 0)
        return {"claims.look_again"_msg, ui::PillKind::LookAgain, "flag"};
    if (claim.outcome == ClaimOutcome::Queued || claim.outcome == ClaimOutcome::Partial)
        return {"claims.in_progress"_msg, ui::PillKind::Plain, "clock"};
    return {"claims.done"_msg, ui::PillKind::Good, "check"};
}

bool is_in_progress(EobSummary const& claim) {
    return claim.outcome == ClaimOutcome::Queued || claim.outcome == ClaimOutcome::Partial;
}

void claim_row(ui::Ui& ui, EobSummary const& claim, MaybeIntent& intent) {
    auto parts = parts_of(claim.flow);
    ui::Text const share = claim.flow.member_share ? ui::money(claim.flow.member_share->cents)
                           : is_in_progress(claim) ? ui::Text("claims.not_known_yet"_msg)
                                                   : ui::Text("part.not_given"_msg);
    bool const nothing_to_draw = parts.empty();
    ui::Text const title =
        claim.provider_name.empty() ? ui::Text("claims.no_provider"_msg) : data(claim.provider_name);
    want(intent,
         ui.row_button(title, {.key = claim.id.text(),
                               .day = calendar_day(claim.service_start),
                               .subtitle = claim.patient_given_name.empty() ? date_text(claim.service_start)
                                                                            : data(claim.patient_given_name),
                               .pills = {status_pill(claim)},
                               .bar = std::move(parts),
                               .bar_unknown = nothing_to_draw && is_in_progress(claim),
                               .aside_label = "claims.you_pay"_msg,
                               .aside = share}),
         OpenClaim{claim.id, claim.provider_name});
}

void filters(ui::Ui& ui, Claims const& screen, MaybeIntent& intent) {
    auto const* page = screen.page.value ? &*screen.page.value : nullptr;
    int const counts[] = {page ? page->look_again_count + page->in_progress_count + page->done_count : 0,
                          page ? page->look_again_count : 0, page ? page->in_progress_count : 0,
                          page ? page->done_count : 0};
    ui::Msg const words[] = {"claims.all"_msg, "claims.filter_look_again"_msg,
                             "claims.filter_in_progress"_msg, "claims.filter_done"_msg};
    auto const chips = [&] {
        for (std::size_t i = 0; i < std::size(words); ++i)
            want(intent, ui.chip(words[i].with("count", counts[i]), screen.filter.status == i),
                 Picked{Choice::ClaimStatus, i});
        if (ui.theme().large_text())
            want(intent, ui.chip("claims.search"_msg, screen.filter.has_search(), {.icon = "search"}),
                 Open{Place::ClaimSearch});
    };
    auto const selects = [&] {
        std::vector<ui::Text> people{"claims.everyone"_msg};
        std::size_t person = 0;
        for (std::size_t i = 0; i < screen.people.size(); ++i) {
            people.push_back(data(screen.people[i]));
            if (screen.people[i] == screen.filter.person)
                person = i + 1;
        }
        if (auto const index = ui.select("claims.person"_msg, people, person))
            intent = Picked{Choice::ClaimPerson, *index};
        if (auto const index = ui.select("claims.when"_msg,
                                         {"claims.months_12"_msg, "claims.months_3"_msg,
                                          "claims.months_24"_msg, "claims.any_time"_msg},
                                         screen.filter.period))
            intent = Picked{Choice::ClaimPeriod, *index};
    };
    // A wide screen is low: all on one line there.
    if (two_columns(ui))
        return ui.row([&] {
            chips();
            selects();
        });
    ui.row(chips);
    ui.columns(selects);
}

/// Ways to look further, and what the bars of the list mean.
void tools(ui::Ui& ui, Claims const& screen, MaybeIntent& intent) {
    // With large text the search is among the chips, the costs under "Everything else", the legend below.
    if (ui.theme().large_text())
        return;
    bool const bars = screen.page.value && !screen.page.value->claims.empty();
    auto const ways = [&] {
        want(intent, ui.button("claims.search"_msg, {.icon = "search", .small = true}),
             Open{Place::ClaimSearch});
        want(intent, ui.button("claims.costs"_msg, {.icon = "receipt-text", .small = true}),
             Open{Place::Costs});
    };
    if (two_columns(ui)) {
        ui.row([&] {
            if (bars)
                ui.legend();
            ui.spacer();
            ways();
        });
    } else {
        ui.buttons(ways);
        if (bars)
            ui.legend();
    }
}

void searching(ui::Ui& ui, Claims const& screen, MaybeIntent& intent) {
    if (screen.filter.has_search())
        ui.banner(ui::BannerKind::Notice, "claims.searching"_msg, {.icon = "search"},
                  [&] { want(intent, ui.button("claims.clear"_msg, {.small = true}), ClearSearch{}); });
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, Claims const& screen) {
    MaybeIntent intent;
    auto spec = frame_of(app, Claims::name);
    spec.part = screen.cursor;
    auto const bar = ui.frame(spec, [&] {
        want(intent, ui.back("part.home"_msg), GoHome{});
        ui.heading("claims.title"_msg);
        notices_for(ui, app, "claims");
        filters(ui, screen, intent);
        tools(ui, screen, intent);
        searching(ui, screen, intent);
        when_loaded(ui, screen.page, "claims.loading"_msg, intent, [&](api::ClaimsPage const& page) {
            if (page.claims.empty()) {
                ui.banner(ui::BannerKind::Notice, "claims.none"_msg, {.text = "claims.none_more"_msg});
                return;
            }
            ui.list([&] {
                for (auto const& claim : page.claims)
                    claim_row(ui, claim, intent);
            });
            if (ui.theme().large_text())
                ui.legend();
            bool const newer = !screen.cursors.empty();
            if (!newer && page.next_cursor.empty())
                return;
            ui.buttons([&] {
                if (newer)
                    want(intent, ui.button("claims.newer"_msg, {.icon = "chevron-up"}), TurnClaims{false});
                if (!page.next_cursor.empty())
                    want(intent, ui.button("claims.older"_msg, {.icon = "chevron-down"}), TurnClaims{true});
            });
        });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, ClaimSearch const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, ClaimSearch::name), [&] {
        want(intent, ui.back("part.claims"_msg), GoBack{});
        ui.heading("claim_search.title"_msg, {.subtitle = "claim_search.subtitle"_msg});
        if (auto text = ui.field("claim_search.provider"_msg, screen.filter.provider,
                                 {.kind = ui::FieldKind::Name, .icon = "search", .first = true}))
            intent = Typed{Field::ClaimProvider, std::move(*text)};
        ui::Text const error = screen.amount_wrong ? "claim_search.amount_wrong"_msg : ui::Text();
        ui.columns([&] {
            if (auto text = ui.field("claim_search.least"_msg, screen.filter.amount_least,
                                     {.kind = ui::FieldKind::Number, .error = error, .length_max = 12}))
                intent = Typed{Field::AmountLeast, std::move(*text)};
            if (auto text = ui.field("claim_search.most"_msg, screen.filter.amount_most,
                                     {.kind = ui::FieldKind::Number, .length_max = 12}))
                intent = Typed{Field::AmountMost, std::move(*text)};
        });
        want(intent, ui.button("claim_search.show"_msg, {.kind = ui::ButtonKind::Primary, .icon = "search"}),
             Continue{});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

namespace {

struct CostLine {
    std::string name;
    int visits = 0;
    Money asked, plan, you;
};

/// One line a provider, the largest share first.
std::vector<CostLine> cost_lines(api::ClaimsPage const& page) {
    std::map<std::string, CostLine> by_name;
    for (auto const& claim : page.claims) {
        if (claim.replaced || claim.status != EobStatus::Active)
            continue;
        auto& line = by_name[claim.provider_name];
        line.name = claim.provider_name;
        ++line.visits;
        line.asked += claim.flow.asked.value_or(Money{});
        line.plan += claim.flow.plan_paid.value_or(Money{});
        line.you += claim.flow.member_share.value_or(Money{});
    }
    std::vector<CostLine> lines;
    lines.reserve(by_name.size());
    for (auto& [name, line] : by_name)
        lines.push_back(std::move(line));
    std::stable_sort(lines.begin(), lines.end(),
                     [](CostLine const& a, CostLine const& b) { return a.you > b.you; });
    return lines;
}

void cost_table(ui::Ui& ui, std::vector<CostLine> const& lines) {
    ui::TableSpec table{.header = {"costs.who"_msg, "costs.visits"_msg, "costs.plan"_msg, "costs.you"_msg},
                        .rows = {}};
    for (auto const& line : lines)
        table.rows.push_back(
            {.key = line.name,
             .cells = {{line.name.empty() ? ui::Text("claims.no_provider"_msg) : data(line.name)},
                       {ui::number(line.visits)},
                       {ui::money(line.plan.cents)},
                       {ui::money(line.you.cents), true}}});
    ui.card([&] { ui.table("costs.table"_msg, table); });
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, Costs const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, Costs::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("costs.title"_msg, {.subtitle = "costs.subtitle"_msg});
        when_loaded(ui, screen.page, "claims.loading"_msg, intent, [&](api::ClaimsPage const& page) {
            auto const lines = cost_lines(page);
            if (lines.empty()) {
                ui.banner(ui::BannerKind::Notice, "claims.none"_msg, {.text = "costs.none_more"_msg});
                return;
            }
            CostLine total;
            for (auto const& line : lines) {
                total.visits += line.visits;
                total.plan += line.plan;
                total.you += line.you;
            }
            ui.card([&] {
                if (total.plan.cents > 0 && total.you.cents >= 0)
                    ui.money_bar(
                        "costs.sentence"_msg.with("plan", ui::Cents{total.plan.cents})
                            .with("you", ui::Cents{total.you.cents}),
                        {{ui::MoneyKind::Plan, total.plan.cents}, {ui::MoneyKind::You, total.you.cents}});
                if (total.plan.cents > 0 && total.you.cents >= 0)
                    ui.legend({ui::MoneyKind::Plan, ui::MoneyKind::You});
                ui.fact("costs.total_visits"_msg, ui::number(total.visits));
                ui.fact("costs.total_plan"_msg, ui::money(total.plan.cents));
                ui.fact("costs.total_you"_msg, ui::money(total.you.cents));
            });
            cost_table(ui, lines);
            if (!page.next_cursor.empty())
                ui.text("costs.first_claims"_msg.with("count", page.claims.size()), ui::TextKind::Small);
        });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
