#include "kiosk/screens/call_check.h"

#include "kiosk/app/app.h"

#include <span>

namespace portico::kiosk {

namespace {

/// Upright with small text: the numbers can be wide, and the other answer far from them.
bool has_room(ui::Ui const& ui) {
    return !ui.landscape() && !ui.theme().large_text();
}

void number_buttons(ui::Ui& ui, std::span<std::string const> numbers, MaybeIntent& intent) {
    auto const buttons = [&](std::span<std::string const> some) {
        for (auto const& number : some)
            want(intent, ui.button(data(number), {.key = number}), AnswerCall{number});
    };
    ui.card([&] {
        // No number is left for another page, where nobody would look for it.
        if (low_screen(ui))
            return ui.grid(static_cast<int>(numbers.size()), [&] { buttons(numbers); });
        std::size_t const in_a_row = has_room(ui) ? 2 : 3;
        for (auto left = numbers; !left.empty();) {
            auto const row = left.first(std::min(in_a_row, left.size()));
            left = left.subspan(row.size());
            ui.buttons([&] { buttons(row); });
        }
    });
}

void question(ui::Ui& ui, CallCheckPage const& screen, MaybeIntent& intent) {
    want(intent, ui.back("part.back"_msg), GoBack{});
    ui.heading("call_check.title"_msg, {.subtitle = "call_check.subtitle"_msg});
    if (screen.doing.waiting())
        return ui.spinner("call_check.telling"_msg);
    if (screen.doing.failure)
        problem_banner(ui, *screen.doing.failure, intent, true);
    else if (screen.renewed > 0)
        ui.banner(ui::BannerKind::Notice, "call_check.renewed"_msg,
                  {.text = "call_check.renewed_more"_msg,
                   .key = std::to_string(screen.renewed),
                   .live = ui::Live::Assertive});
    number_buttons(ui, screen.question.numbers, intent);
    float const apart = has_room(ui) ? 32 : 0;
    ui.space(apart);
    ui.divider();
    ui.space(apart);
    want(intent, ui.button("call_check.not_on_phone"_msg, {.icon = "x"}), AnswerCall{});
}

void ending(ui::Ui& ui, CallCheckEnd end) {
    switch (end) {
    case CallCheckEnd::Right:
        return ui.heading("call_check.right"_msg, {.subtitle = "call_check.right_more"_msg});
    case CallCheckEnd::WrongNumber:
        return ui.heading("call_check.wrong"_msg, {.subtitle = "call_check.wrong_more"_msg});
    case CallCheckEnd::NotOnPhone:
        return ui.heading("call_check.told"_msg, {.subtitle = "call_check.told_more"_msg});
    case CallCheckEnd::Gone:
    case CallCheckEnd::NotYet:
        return ui.heading("call_check.gone"_msg, {.subtitle = "call_check.gone_more"_msg});
    }
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, CallCheckPage const& screen) {
    MaybeIntent intent;
    auto spec = frame_of(app, CallCheckPage::name);
    spec.part = std::to_string(screen.renewed) + "." + std::to_string(static_cast<int>(screen.end));
    auto const bar = ui.frame(spec, [&] {
        if (screen.end == CallCheckEnd::NotYet)
            return question(ui, screen, intent);
        ending(ui, screen.end);
        want(intent, ui.button("part.continue"_msg, {.kind = ui::ButtonKind::Primary, .icon = "check"}),
             Continue{});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
