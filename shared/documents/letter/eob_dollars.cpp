#include "shared/documents/drawing/fit.h"
#include "shared/documents/letter/eob_amounts.h"
#include "shared/documents/letter/eob_sections.h"
#include "shared/documents/letter/table.h"

#include <algorithm>

namespace portico::documents {

namespace {

struct Step {
    std::string label;
    std::string caption;
    Money amount;
    enum class Look : std::uint8_t { Asked, Discount, Other, Plan, You } look{};
};

std::vector<Step> steps_of(DollarFlow const& dollars, std::string const& provider, Texts const& texts) {
    std::vector<Step> steps;
    auto const add = [&](std::optional<Money> const& amount, std::string label, char const* caption,
                         Step::Look look) {
        if (amount)
            steps.push_back({std::move(label), texts.text(std::string("document.eob.dollars.") + caption),
                             *amount, look});
    };
    add(dollars.asked, texts.text("document.eob.dollars.asked", {{"provider", provider}}), "asked_caption",
        Step::Look::Asked);
    add(dollars.discount, texts.text("document.eob.dollars.discount"), "discount_caption",
        Step::Look::Discount);
    add(dollars.other_insurance, texts.text("document.eob.dollars.other"), "other_caption",
        Step::Look::Other);
    add(dollars.plan_paid, texts.text("document.eob.dollars.plan"), "plan_caption", Step::Look::Plan);
    add(dollars.member_share, texts.text("document.eob.dollars.you"), "you_caption", Step::Look::You);
    return steps;
}

/// The steps as a sentence each: "Discount: $142.00."
std::string spoken(std::vector<Step> const& steps, Texts const& texts) {
    std::string out;
    for (auto const& step : steps)
        out += (out.empty() ? "" : " ") + step.label + ": " + texts.money(step.amount) + ".";
    return out;
}

void draw_bar(Canvas& canvas, Rect const& bar, Step::Look look) {
    constexpr double radius_pt = 2;
    switch (look) {
    case Step::Look::Asked:
        canvas.fill(bar, color::ink_soft, radius_pt);
        break;
    case Step::Look::Discount:
        canvas.hatch(bar, color::hatch, color::hatch_edge);
        break;
    case Step::Look::Other:
        canvas.fill(bar, color::divider, radius_pt);
        canvas.stroke(bar, color::hatch_edge, 1, radius_pt);
        break;
    case Step::Look::Plan:
        canvas.fill(bar, color::plan_paid, radius_pt);
        break;
    case Step::Look::You:
        canvas.fill(bar, color::you_pay, radius_pt);
        canvas.stroke(bar, color::ink, 1.25, radius_pt);
        break;
    }
}

} // namespace

void EobSections::dollars() const {
    if (has_no_amounts(letter.eob))
        return;
    auto const flow_of_dollars = dollar_flow(letter.eob);
    bool const drawable = flow_of_dollars.adds_up && !has_negative_amount(letter.eob) &&
                          flow_of_dollars.asked && flow_of_dollars.asked->cents > 0;
    if (drawable)
        staircase(flow_of_dollars);
    else
        dollar_table(flow_of_dollars);
}

void EobSections::staircase(DollarFlow const& dollars) const {
    constexpr double row_pt = 37;
    constexpr double bar_pt = 13;
    constexpr double least_pt = 3;
    auto const steps = steps_of(dollars, provider(), texts);
    auto const height = row_pt * static_cast<double>(steps.size());
    flow.heading(2, texts.text("document.eob.dollars.title"), height);
    if (flow.measuring()) {
        flow.advance(height);
        return;
    }
    auto& canvas = flow.canvas();
    auto const whole = static_cast<double>(dollars.asked->cents);
    double used = 0;
    canvas.say_figure(spoken(steps, texts));
    Tag const figure(canvas, "Figure");
    for (auto const& step : steps) {
        auto const y = flow.y();
        auto const minus = step.look != Step::Look::Asked && step.look != Step::Look::You;
        TextBlock const amount(canvas, (minus ? "\u2212 " : "") + texts.money(step.amount),
                               {.size_pt = 12.5, .weight = Weight::Bold});
        auto const room = letter_inner_pt - amount.width() - 16;
        auto const label =
            fit(canvas, {step.label}, {.size_pt = 11, .weight = Weight::Semibold}, {room, 16, 8, 1});
        {
            Tag const text(canvas, "P");
            label.draw_on_baseline(letter_margin_pt, y + 11.5);
            TextBlock const caption(canvas, step.caption, {.size_pt = 9, .color = color::ink_soft});
            // A long name leaves no room for the caption; the name matters more.
            if (label.line_count() == 1 && label.text_width() + 10 + caption.width() < room)
                caption.draw_on_baseline(letter_margin_pt + label.text_width() + 10, y + 11.5);
            amount.draw_on_baseline(letter_margin_pt + letter_inner_pt - amount.width(), y + 11.5);
        }
        auto const part = static_cast<double>(step.amount.cents) / whole * letter_inner_pt;
        auto const bar_y = y + 17;
        if (step.look != Step::Look::Asked)
            canvas.line(letter_margin_pt, bar_y + bar_pt / 2, letter_margin_pt + letter_inner_pt,
                        bar_y + bar_pt / 2, color::divider, 1);
        if (step.amount.cents > 0) {
            auto const width = std::max(part, least_pt);
            auto const x = std::min(letter_margin_pt + used, letter_margin_pt + letter_inner_pt - width);
            draw_bar(canvas, {x, bar_y, width, bar_pt}, step.look);
        }
        if (step.look != Step::Look::Asked)
            used += part;
        flow.advance(row_pt);
    }
}

void EobSections::dollar_table(DollarFlow const& dollars) const {
    auto const steps = steps_of(dollars, provider(), texts);
    if (steps.empty())
        return;
    flow.heading(2, texts.text("document.eob.dollars.title"), 100);
    flow.paragraph(texts.text(has_negative_amount(letter.eob) ? "document.eob.dollars.negative"
                                                              : "document.eob.dollars.does_not_add_up"));
    Table table(flow,
                {{texts.text("document.eob.column.what"), letter_inner_pt - 110},
                 {texts.text("document.eob.column.amount"), 110, Align::Right}},
                flow.body_pt());
    for (auto const& step : steps)
        table.row({"", {step.label, texts.money(step.amount)}});
}

} // namespace portico::documents
