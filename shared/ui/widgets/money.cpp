#include "shared/ui/ui.h"
#include "shared/ui/widgets/money_drawing.h"
#include "shared/ui/widgets/parts.h"

#include <algorithm>
#include <cmath>

namespace portico::ui {
namespace {

constexpr float bar_height = 40;
constexpr float least_part = 6;

bool taken_off(MoneyKind kind) {
    return kind == MoneyKind::Discount || kind == MoneyKind::Plan;
}

/// Where each bar begins and ends, as shares of what was asked for.
struct Stretch {
    double from = 0, to = 0;
};

std::vector<Stretch> stretches(std::vector<MoneyStep> const& steps) {
    double whole = 0;
    for (auto const& step : steps)
        if (step.kind == MoneyKind::Asked)
            whole = std::max(whole, static_cast<double>(step.cents));
    double parts = 0;
    for (auto const& step : steps)
        if (step.kind != MoneyKind::Asked)
            parts += static_cast<double>(std::max<std::int64_t>(0, step.cents));
    whole = std::max({whole, parts, 1.0});
    std::vector<Stretch> out;
    double at = 0;
    for (auto const& step : steps) {
        double const share = static_cast<double>(std::max<std::int64_t>(0, step.cents)) / whole;
        if (step.kind == MoneyKind::Asked) {
            out.push_back({0, share});
        } else {
            out.push_back({at, at + share});
            at += share;
        }
    }
    return out;
}

void paint_stair(PaintContext& context, Rect r, MoneyKind kind, Stretch part) {
    auto const& color = context.painter.theme().color;
    if (kind != MoneyKind::Asked)
        context.painter.fill({r.x, std::round(r.center().y) - 1, r.w, 3}, color.divider);
    if (part.to <= part.from)
        return;
    float const x = std::round(r.x + r.w * static_cast<float>(part.from));
    float const to = std::round(r.x + r.w * static_cast<float>(part.to));
    float const w = std::max(least_part, to - x);
    paint_money(context, {std::min(x, r.right() - w), r.y, w, r.h}, kind);
}

} // namespace

void Ui::staircase(Text const& sentence, std::vector<MoneyStep> const& steps) {
    auto const& theme = core_.theme;
    bool const negative = std::any_of(steps.begin(), steps.end(), [](auto const& s) { return s.cents < 0; });
    auto box = std::make_unique<Box>(Padding{}, BoxLook{});
    box->node = core_.node_of(Role::Staircase, sentence);
    auto& stack = box->add<Stack>(landscape() ? theme.space.xs : theme.space.s);
    auto const parts = stretches(steps);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto const& step = steps[i];
        auto one = std::make_unique<Box>(Padding{}, BoxLook{});
        one->whole = true;
        Text const amount = taken_off(step.kind) ? money_taken_off(step.cents) : money(step.cents);
        one->node = core_.node_of(Role::Text, step.label);
        one->node->id.clear();
        one->node->value = joined(core_, {&amount, &step.note});
        auto amount_words = words(core_, amount, theme.type.amount);
        amount_words->solid = true;
        auto const kind = step.kind;
        auto const part = parts[i];
        auto bar = std::make_unique<Drawing>(
            Size{400, theme.grown(bar_height)},
            [kind, part](PaintContext& c, Rect r) { paint_stair(c, r, kind, part); });
        bar->min_w = 200;
        bar->grow = 1;
        FontToken label_font = theme.type.row;
        label_font.size -= 2;
        auto& rows = one->add<Stack>(4.0F);
        if (theme.large_text() && landscape()) {
            auto& line =
                rows.add<Columns>(std::vector<float>{0.3F, 0.48F, 0.22F}, 24.0F, false, std::nullopt);
            line.never_stack = true;
            line.add(words(core_, step.label, label_font));
            if (!negative)
                line.add(std::move(bar));
            auto end = std::make_unique<Line>(0.0F, Align::Center, 0.0F);
            end->along = Align::End;
            end->add(std::move(amount_words));
            line.add(std::move(end));
        } else if (theme.large_text()) {
            rows.add(words(core_, step.label, label_font));
            auto& line = rows.add<Line>(32.0F, Align::Center, 0.0F);
            if (!negative)
                line.add(std::move(bar));
            line.add(std::move(amount_words));
        } else {
            auto& line = rows.add<Line>(16.0F, Align::End, 0.0F);
            line.add(words(core_, step.label, label_font));
            if (!step.note.empty())
                line.add(words(core_, step.note, theme.type.small, Ink::Second));
            line.add<Gap>(Size{0, 0}, 1.0F);
            line.add(std::move(amount_words));
            if (!negative)
                rows.add(std::move(bar));
        }
        stack.add(std::move(one));
    }
    core_.parent().add(std::move(box));
}

void Ui::money_bar(Text const& label, std::vector<MoneyPart> const& parts) {
    auto drawing = money_bar_drawing(parts, 968, 36);
    drawing->node = core_.node_of(Role::MoneyBar, label);
    core_.parent().add(std::move(drawing));
}

void Ui::legend(std::vector<MoneyKind> const& kinds) {
    auto const& theme = core_.theme;
    auto box = std::make_unique<Box>(Padding{}, BoxLook{});
    box->node = core_.node_of(Role::Legend, "ui.money.legend"_msg);
    box->whole = true;
    auto& row = box->add<Line>(40.0F, Align::Center, 8.0F);
    struct Entry {
        MoneyKind kind;
        Text label;
    };
    Entry const entries[] = {{MoneyKind::Discount, "ui.money.discount"_msg},
                             {MoneyKind::Plan, "ui.money.plan_paid"_msg},
                             {MoneyKind::You, "ui.money.you_pay"_msg}};
    box->node->value = joined(core_, {&entries[0].label, &entries[1].label, &entries[2].label});
    for (auto const& entry : entries) {
        if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), entry.kind) == kinds.end())
            continue;
        auto& one = row.add<Line>(14.0F);
        one.wrap = false;
        auto const kind = entry.kind;
        one.add<Drawing>(Size{theme.grown(44), theme.grown(24)},
                         [kind](PaintContext& context, Rect r) { paint_money(context, r, kind); });
        one.add(words(core_, entry.label, theme.type.small));
    }
    core_.parent().add(std::move(box));
}

} // namespace portico::ui
