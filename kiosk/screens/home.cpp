#include "kiosk/screens/home.h"

#include "kiosk/app/app.h"

#include <span>

namespace portico::kiosk {

namespace {

/// The accumulator that matters most to one person: their own, in network.
Accumulator const* accumulator(api::Home const& home, AccumulatorKind kind) {
    Accumulator const* best = nullptr;
    for (auto const& each : home.accumulators)
        if (each.kind == kind && each.in_network && each.limit.cents > 0 &&
            (best == nullptr || each.scope == AccumulatorScope::Individual))
            best = &each;
    return best;
}

void year_ring(ui::Ui& ui, Accumulator const& accumulator, ui::Text const& label, ui::Msg to_go,
               ui::Msg met) {
    auto const left = std::max<std::int64_t>(0, accumulator.limit.cents - accumulator.met.cents);
    ui.ring(label, {.fraction = std::clamp(static_cast<double>(accumulator.met.cents) /
                                               static_cast<double>(accumulator.limit.cents),
                                           0.0, 1.0),
                    .value = ui::money_whole(accumulator.met.cents),
                    .of = "home.of"_msg.with("limit", ui::whole_dollars(accumulator.limit.cents)),
                    .caption = left > 0 ? to_go.with("amount", ui::whole_dollars(left)) : ui::Text(met)});
}

/// Since when the figures count, up to today.
ui::Text year_dates(api::Home const& home, Date today) {
    auto const& year = home.accumulators.front().plan_year;
    if (!year.start.has_day() || !today.has_day())
        return {};
    return "home.year_dates"_msg.with("from", date_text(year.start, ui::DateLength::MonthDay))
        .with("to", date_text(today, ui::DateLength::Short));
}

void year_so_far(ui::Ui& ui, api::Home const& home, Date today) {
    auto const* deductible = accumulator(home, AccumulatorKind::Deductible);
    auto const* out_of_pocket = accumulator(home, AccumulatorKind::OutOfPocket);
    if (deductible == nullptr && out_of_pocket == nullptr)
        return;
    ui.card([&] {
        ui.section("home.year"_msg, {.aside = year_dates(home, today)});
        auto const rings = [&] {
            if (deductible != nullptr)
                year_ring(ui, *deductible, "home.deductible"_msg, "home.deductible_left"_msg,
                          "home.deductible_met"_msg);
            if (out_of_pocket != nullptr)
                year_ring(ui, *out_of_pocket, "home.out_of_pocket"_msg, "home.out_of_pocket_left"_msg,
                          "home.out_of_pocket_met"_msg);
        };
        if (ui.theme().large_text())
            ui.column(rings);
        else
            ui.columns(rings, {.divider = true});
    });
}

void plan_heading(ui::Ui& ui, api::Home const& home) {
    ui::HeadingSpec spec{.aside = "home.id_ending"_msg.with("end", home.member_id_end)};
    if (home.coverage) {
        spec.subtitle = data(home.coverage->plan_name);
        spec.pill = home.covered_today ? "home.covered"_msg : "home.not_covered"_msg;
        spec.pill_icon = home.covered_today ? "check" : "circle-alert";
    } else {
        spec.subtitle = "home.no_plan"_msg;
    }
    ui.heading("home.hello"_msg.with("name", home.name.given), spec);
}

void look_again(ui::Ui& ui, api::Home const& home, MaybeIntent& intent) {
    if (home.look_again_count == 0 || !home.look_again)
        return;
    auto const& claim = *home.look_again;
    ui.banner(ui::BannerKind::LookAgain, "home.look_again"_msg.with("count", home.look_again_count),
              {.text = "home.look_again_which"_msg.with("provider", claim.provider_name)
                           .with("date", date_text(claim.service_start, ui::DateLength::Short))},
              [&] {
                  want(intent, ui.button("home.look"_msg, {.kind = ui::ButtonKind::Primary, .small = true}),
                       OpenClaim{claim.id, claim.provider_name});
              });
}

/// While there are new ones, above all else that may be opened; what was read is under "More".
void new_messages(ui::Ui& ui, api::Home const& home, MaybeIntent& intent) {
    if (home.unread_message_count == 0)
        return;
    ui::RowButtonSpec spec{.icon = "mail"};
    spec.pills.push_back(
        {"home.messages_new"_msg.with("count", home.unread_message_count), ui::PillKind::Notice, ""});
    want(intent, ui.row_button("home.messages"_msg, spec), Open{Place::Messages});
}

void tiles(ui::Ui& ui, api::Home const* home, MaybeIntent& intent) {
    ui.grid(2, [&] {
        want(intent,
             ui.tile("home.claims"_msg,
                     {.icon = "receipt-text",
                      .subtitle = "home.claims_more"_msg,
                      .badge = home != nullptr && home->look_again_count > 0
                                   ? "home.look_again_badge"_msg.with("count", home->look_again_count)
                                   : ui::Text()}),
             Open{Place::Claims});
        want(intent, ui.tile("home.card"_msg, {.icon = "id-card", .subtitle = "home.card_more"_msg}),
             Open{Place::Card});
        want(intent, ui.tile("home.doctor"_msg, {.icon = "stethoscope", .subtitle = "home.doctor_more"_msg}),
             Open{Place::FindDoctor});
        want(intent, ui.tile("home.requests"_msg, {.icon = "inbox", .subtitle = "home.requests_more"_msg}),
             Open{Place::Requests});
    });
    bool const small = two_columns(ui);
    ui.buttons([&] {
        want(intent, ui.button("home.more"_msg, {.icon = "ellipsis", .small = small}), Open{Place::More});
        want(intent, ui.button("home.talk"_msg, {.icon = "phone-call", .small = small}),
             Open{Place::CallBack});
    });
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, Home const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, Home::name), [&] {
        if (!screen.home.value) {
            ui.heading("home.hello"_msg.with("name", app.session.given_name));
            if (!screen.home.failure)
                offline_banner(ui, app, "home.offline"_msg);
            when_loaded(ui, screen.home, "home.loading"_msg, intent, [](api::Home const&) {});
            return tiles(ui, nullptr, intent);
        }
        auto const& home = *screen.home.value;
        plan_heading(ui, home);
        offline_banner(ui, app, "home.offline"_msg);
        notices_for(ui, app, "all");
        ui.columns(
            [&] {
                ui.column([&] { year_so_far(ui, home, app.facts.today); });
                ui.column([&] {
                    new_messages(ui, home, intent);
                    look_again(ui, home, intent);
                    tiles(ui, &home, intent);
                });
            },
            {.only_landscape = true});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, More const&) {
    MaybeIntent intent;
    struct Row {
        ui::Msg title, subtitle;
        char const* icon;
        Place place;
    };
    Row const rows[] = {{"more.costs"_msg, "more.costs_more"_msg, "receipt-text", Place::Costs},
                        {"more.contact"_msg, "more.contact_more"_msg, "pencil", Place::Contact},
                        {"more.methods"_msg, "more.methods_more"_msg, "key-round", Place::Methods},
                        {"more.requests"_msg, "more.requests_more"_msg, "inbox", Place::Requests},
                        {"more.messages"_msg, "more.messages_more"_msg, "mail", Place::Messages},
                        {"more.mail_card"_msg, "more.mail_card_more"_msg, "id-card", Place::MailCard},
                        {"more.notices"_msg, "more.notices_more"_msg, "megaphone", Place::Notices},
                        {"more.who_calls"_msg, "more.who_calls_more"_msg, "shield", Place::WhoCalls},
                        {"more.help"_msg, "more.help_more"_msg, "life-buoy", Place::Help}};
    auto const list = [&](std::span<Row const> part) {
        ui.list([&] {
            for (auto const& row : part)
                want(intent, ui.row_button(row.title, {.icon = row.icon, .subtitle = row.subtitle}),
                     Open{row.place});
        });
    };
    auto const bar = ui.frame(frame_of(app, More::name), [&] {
        want(intent, ui.back("part.home"_msg), GoBack{});
        ui.heading("more.title"_msg);
        if (!two_columns(ui))
            return list(rows);
        ui.columns([&] {
            list(std::span(rows).first(4));
            list(std::span(rows).subspan(4));
        });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
