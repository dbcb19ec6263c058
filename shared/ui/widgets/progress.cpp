#include "shared/ui/ui.h"
#include "shared/ui/widgets/parts.h"
#include "shared/ui/widgets/spinner.h"

#include <algorithm>
#include <cmath>

namespace portico::ui {
namespace {

constexpr float ring_side = 296;
constexpr float ring_stroke = 34;

void paint_step_mark(PaintContext& context, Rect r, StepState state, std::string const& number) {
    auto& painter = context.painter;
    auto const& color = painter.theme().color;
    Point const c = r.center();
    float const radius = r.w / 2;
    if (state == StepState::Done) {
        painter.circle(c, radius, color.plan);
        painter.icon("check", {c.x - radius / 2 - 2, c.y - radius / 2 - 2, radius + 4, radius + 4},
                     color.high_contrast ? color.page : color.surface);
    } else if (state == StepState::Now && !number.empty()) {
        painter.circle(c, radius, color.primary.ground);
    } else {
        painter.circle(c, radius, color.surface);
        painter.circle_outline(c, radius, color.edge, 3);
    }
}

/// The round mark of a step, with its number where it has one.
std::unique_ptr<Element> step_mark(Core& core, StepState state, int number) {
    auto const& theme = core.theme;
    float const side = theme.grown(60);
    if (number == 0 && state == StepState::Now)
        return spinner_drawing(core, side);
    std::string const text = number > 0 && state != StepState::Done ? std::to_string(number) : "";
    FontToken font = theme.type.small;
    font.weight = 700;
    font = theme.scaled(font);
    return std::make_unique<Drawing>(Size{side, side}, [=](PaintContext& context, Rect r) {
        paint_step_mark(context, r, state, text);
        if (text.empty())
            return;
        ResolvedText label;
        label.text = text;
        label.language = "en";
        auto const shaped = context.layout.text.shape(label, {font, Align::Start, false}, 0);
        auto const& color = context.painter.theme().color;
        Color const ink = state == StepState::Now ? color.primary.ink : color.ink;
        Point const at{std::round(r.x + (r.w - shaped->size().w) / 2),
                       std::round(r.y + (r.h - shaped->size().h) / 2)};
        context.painter.text(*shaped, at, ink);
    });
}

/// A bar of progress on its track.
void paint_bar(PaintContext& context, Rect r, float fraction) {
    auto const& color = context.painter.theme().color;
    context.painter.fill(r, color.track, r.h / 2);
    if (color.high_contrast)
        context.painter.outline(r, color.edge, 3, r.h / 2);
    if (fraction > 0)
        context.painter.fill({r.x, r.y, std::max(r.h, std::round(r.w * std::min(1.0F, fraction))), r.h},
                             color.plan, r.h / 2);
}

/// The figures inside a ring.
void paint_in_middle(PaintContext& context, Stack& figure, Rect r, float width) {
    float const h = figure.layout(context.layout, width);
    figure.place({r.center().x - width / 2, r.center().y - h / 2, width, h});
    OnScreen const here(context);
    figure.paint(context);
}

/// The font, smaller where the text would be wider than `width`.
FontToken fitting(Core& core, Text const& text, FontToken font, float width) {
    float const natural =
        core.text.shape(core.resolve(text), {core.theme.scaled(font), Align::Start, false}, 0)->size().w;
    if (natural <= width)
        return font;
    float const factor = width / natural;
    return {std::floor(font.size * factor), std::floor(font.line * factor), font.weight};
}

std::string state_word(Core& core, StepState state) {
    Text const word = state == StepState::Done  ? "ui.step.done"_msg
                      : state == StepState::Now ? "ui.step.now"_msg
                                                : "ui.step.next"_msg;
    return core.resolve(word).text;
}

/// Large text leaves no room inside a ring: the same as a bar, words above and below.
void straightened(Core& core, Box& box, Text const& label, RingSpec const& spec) {
    auto const& theme = core.theme;
    auto& stack = box.add<Stack>(8.0F);
    auto& top = stack.add<Line>(24.0F, Align::End, 0.0F);
    top.add(words(core, label, theme.type.row)).grow = 1;
    auto& figures = top.add<Line>(16.0F, Align::End, 0.0F);
    figures.wrap = false;
    figures.add(words(core, spec.value, theme.type.amount));
    if (!spec.of.empty())
        figures.add(words(core, spec.of, theme.type.small, Ink::Second));
    double const fraction = std::clamp(spec.fraction, 0.0, 1.0);
    stack.add<Drawing>(Size{400, theme.grown(24)}, [fraction](PaintContext& context, Rect r) {
        paint_bar(context, r, static_cast<float>(fraction));
    });
    if (!spec.caption.empty())
        stack.add(words(core, spec.caption, theme.type.small, Ink::Second));
}

} // namespace

void Ui::ring(Text const& label, RingSpec const& spec) {
    auto const& theme = core_.theme;
    Node node = core_.node_of(Role::Ring, label);
    node.value = joined(core_, {&spec.value, &spec.of, &spec.caption});
    auto box = std::make_unique<Box>(Padding{8, 8}, BoxLook{});
    box->node = std::move(node);
    box->whole = true;
    if (theme.large_text()) {
        straightened(core_, *box, label, spec);
        core_.parent().add(std::move(box));
        return;
    }
    float const side = ring_side;
    auto inside_ring = std::make_shared<Stack>(0.0F, Align::Center);
    inside_ring->add(
        words(core_, spec.value, fitting(core_, spec.value, {48, 56, 700}, side - 2 * ring_stroke - 24)));
    if (!spec.of.empty())
        inside_ring->add(words(core_, spec.of, theme.type.small, Ink::Second));
    double const fraction = std::clamp(spec.fraction, 0.0, 1.0);
    auto drawing =
        std::make_unique<Drawing>(Size{side, side}, [inside_ring, fraction](PaintContext& context, Rect r) {
            auto& painter = context.painter;
            auto const& color = painter.theme().color;
            float const radius = r.w / 2 - ring_stroke / 2;
            Point const c = r.center();
            if (color.high_contrast) {
                painter.circle_outline(c, r.w / 2, color.edge, 3);
                painter.circle_outline(c, r.w / 2 - ring_stroke, color.edge, 3);
            } else {
                painter.circle_outline(c, r.w / 2, color.track, ring_stroke);
            }
            if (fraction > 0)
                painter.arc(c, radius, ring_stroke - (color.high_contrast ? 10 : 0), 0,
                            static_cast<float>(fraction), color.plan);
            paint_in_middle(context, *inside_ring, r, r.w - 2 * ring_stroke - 16);
        });
    auto& stack = box->add<Stack>(12.0F, Align::Center);
    stack.add(std::move(drawing));
    auto& texts = stack.add<Stack>(4.0F, Align::Center);
    texts.add(words(core_, label, theme.type.row, Ink::Main, Align::Center));
    if (!spec.caption.empty())
        texts.add(words(core_, spec.caption, theme.type.small, Ink::Second, Align::Center));
    core_.parent().add(std::move(box));
}

void Ui::progress(Text const& label, ProgressSpec const& spec) {
    auto const& theme = core_.theme;
    Node node = core_.node_of(Role::Progress, label);
    node.value = core_.resolve(spec.left).text;
    node.live = Live::Polite;
    auto box = std::make_unique<Box>(Padding{0, 8}, BoxLook{});
    box->node = std::move(node);
    auto& stack = box->add<Stack>(24.0F);
    auto& top = stack.add<Line>(24.0F, Align::Center, 8.0F);
    double const fraction = std::clamp(spec.fraction, 0.0, 1.0);
    auto& bar = top.add<Drawing>(Size{400, 28}, [fraction](PaintContext& context, Rect r) {
        paint_bar(context, r, static_cast<float>(fraction));
    });
    bar.min_w = 240;
    bar.grow = 1;
    if (!spec.left.empty())
        top.add(words(core_, spec.left, theme.type.row)).keep_with_next = true;
    bool last = false;
    for (std::size_t i = 0; i < spec.steps.size(); ++i) {
        auto const& step = spec.steps[i];
        last = i + 1 == spec.steps.size();
        Node step_node = core_.node_of(Role::Step, step.label);
        step_node.value = joined(core_, {&step.when});
        step_node.value += (step_node.value.empty() ? "" : ". ") + state_word(core_, step.state);
        auto line_box = std::make_unique<Box>(Padding{}, BoxLook{});
        line_box->node = std::move(step_node);
        line_box->whole = true;
        auto& line = line_box->add<Line>(24.0F, Align::Center, 4.0F);
        line.add(step_mark(core_, step.state, 0));
        FontToken font = theme.type.body;
        font.weight = step.state == StepState::Now ? 700 : 400;
        line.add(words(core_, step.label, font)).grow = 1;
        if (!step.when.empty())
            line.add(words(core_, step.when, theme.type.small, Ink::Second));
        if (last && spec.picture && !theme.large_text()) {
            auto draw = spec.picture->draw;
            line.add<Drawing>(spec.picture->size, [draw](PaintContext& context, Rect r) {
                context.painter.as_it_stands(r, [&] { draw(context.painter, r); });
            });
        }
        stack.add(std::move(line_box));
    }
    core_.parent().add(std::move(box));
}

void Ui::steps(Text const& label, std::vector<StepSpec> const& steps) {
    auto const& theme = core_.theme;
    auto box = std::make_unique<Box>(Padding{}, BoxLook{});
    box->node = core_.node_of(Role::Progress, label);
    box->whole = true;
    auto& row = box->add<Line>(24.0F, Align::Center, 8.0F);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (i > 0) {
            bool const reached = steps[i].state != StepState::Next;
            auto& dash = row.add<Drawing>(Size{48, 4}, [reached](PaintContext& context, Rect r) {
                auto const& color = context.painter.theme().color;
                context.painter.fill(r, reached ? color.plan : color.divider);
            });
            dash.min_w = 16;
            dash.grow = 1;
        }
        Node node = core_.node_of(Role::Step, steps[i].label);
        node.value = state_word(core_, steps[i].state);
        node.states.selected = steps[i].state == StepState::Now;
        auto one = std::make_unique<Box>(Padding{}, BoxLook{});
        one->node = std::move(node);
        one->whole = true;
        auto& line = one->add<Line>(16.0F);
        line.wrap = false;
        line.add(step_mark(core_, steps[i].state, static_cast<int>(i) + 1));
        FontToken font = theme.type.body;
        font.size -= 2;
        font.weight = steps[i].state == StepState::Now ? 700 : 400;
        line.add(words(core_, steps[i].label, font));
        row.add(std::move(one));
    }
    core_.parent().add(std::move(box));
}

void Ui::countdown(Text const& label, CountdownSpec const& spec) {
    auto const& theme = core_.theme;
    Node node = core_.node_of(Role::Countdown, label);
    Text const seconds = number(spec.seconds_left);
    node.value = core_.resolve(seconds).text + " " + core_.resolve(spec.unit).text;
    node.live = Live::Assertive;
    float const part =
        static_cast<float>(spec.seconds_left) / static_cast<float>(std::max(1, spec.seconds_total));
    if (theme.large_text() && landscape()) {
        // Low screen, large words: a bar beside the figure, so that the answer still fits on the same page.
        auto box = std::make_unique<Box>(Padding{}, BoxLook{});
        box->node = std::move(node);
        box->whole = true;
        auto& line = box->add<Line>(24.0F);
        line.wrap = false;
        line.add(words(core_, seconds, theme.type.amount_large));
        line.add(words(core_, spec.unit, theme.type.body));
        line.add<Drawing>(Size{200, 28},
                          [part](PaintContext& context, Rect r) { paint_bar(context, r, part); })
            .grow = 1;
        core_.parent().add(std::move(box));
        return;
    }
    auto figure = std::make_shared<Stack>(0.0F, Align::Center);
    bool const low = landscape();
    figure->add(words(core_, seconds, low ? FontToken{76, 80, 700} : FontToken{120, 124, 700}));
    bool const unit_inside = !theme.large_text();
    if (unit_inside)
        figure->add(words(core_, spec.unit, theme.type.small, Ink::Second));
    float const side = low ? 240.0F : 336.0F;
    auto drawing = std::make_unique<Drawing>(Size{side, side}, [figure, part](PaintContext& context, Rect r) {
        auto& painter = context.painter;
        auto const& color = painter.theme().color;
        float const stroke = std::round(r.w / 9);
        painter.circle_outline(r.center(), r.w / 2, color.high_contrast ? color.page : color.track, stroke);
        if (part > 0)
            painter.arc(r.center(), r.w / 2 - stroke / 2, stroke, 0, std::min(1.0F, part),
                        color.high_contrast ? color.edge : color.primary.ground);
        paint_in_middle(context, *figure, r, r.w - 2 * stroke);
    });
    auto box = std::make_unique<Box>(Padding{}, BoxLook{});
    box->node = std::move(node);
    box->whole = true;
    auto& stack = box->add<Stack>(4.0F, Align::Center);
    stack.add(std::move(drawing));
    if (!unit_inside)
        stack.add(words(core_, spec.unit, theme.type.small, Ink::Second));
    core_.parent().add(std::move(box));
}

} // namespace portico::ui
