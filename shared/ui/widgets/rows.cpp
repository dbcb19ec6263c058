#include "shared/ui/ui.h"
#include "shared/ui/widgets/money_drawing.h"
#include "shared/ui/widgets/parts.h"

#include <numeric>

namespace portico::ui {
namespace {

constexpr float title_width_hint = 300;
constexpr float bar_width = 380;

/// A row whose title column is not squeezed below a readable width.
class TitleStack : public Stack {
public:
    explicit TitleStack(float hint) : Stack(2.0F), hint_(hint) {}
    float min_width(LayoutContext& context) override {
        return std::max(Stack::min_width(context), std::min(hint_, natural_width(context)));
    }

private:
    float hint_;
};

/// The rows of a list, with lines between them and round corners at the ends.
class ListStack : public Container {
public:
    float natural_width(LayoutContext& context) override {
        float out = 0;
        for (auto const& child : children_)
            out = std::max(out, child->natural_width(context));
        return out;
    }
    float min_width(LayoutContext& context) override {
        float out = 0;
        for (auto const& child : children_)
            out = std::max(out, child->min_width(context));
        return out;
    }
    float layout(LayoutContext& context, float width) override {
        heights_.clear();
        for (std::size_t i = 0; i < children_.size(); ++i) {
            if (auto* press = dynamic_cast<Press*>(children_[i].get())) {
                bool const first = i == 0;
                bool const last = i + 1 == children_.size();
                press->press_look.corners = first ? Corners::Top : Corners::Bottom;
                press->press_look.radius = first || last ? context.theme.radius.card : 0;
                if (first && last)
                    press->press_look.corners = Corners::All;
            }
            heights_.push_back(children_[i]->layout(context, width));
        }
        gap_ = context.theme.stroke.divider;
        return std::accumulate(heights_.begin(), heights_.end(), 0.0F) +
               gap_ * static_cast<float>(children_.empty() ? 0 : children_.size() - 1);
    }
    void place(Rect rect) override {
        rect_ = rect;
        float y = rect.y;
        for (std::size_t i = 0; i < children_.size(); ++i) {
            children_[i]->place({rect.x, y, rect.w, heights_[i]});
            y += heights_[i] + gap_;
        }
    }
    void paint(PaintContext& context) override {
        Container::paint(context);
        for (std::size_t i = 1; i < children_.size(); ++i) {
            bool const both = context.shown(children_[i - 1]->rect()) && context.shown(children_[i]->rect());
            if (!both)
                continue;
            Rect const r = children_[i]->rect();
            context.painter.fill(context.on_screen({r.x, r.y - gap_, r.w, gap_}),
                                 context.painter.theme().color.divider);
        }
    }

private:
    std::vector<float> heights_;
    float gap_ = 2;
};

class DayBox : public Box {
public:
    explicit DayBox(float width) : Box({}, {}), width_(width) {}
    float natural_width(LayoutContext& context) override {
        return std::max(width_, Box::natural_width(context));
    }
    float min_width(LayoutContext& context) override { return natural_width(context); }

private:
    float width_;
};

std::unique_ptr<Element> leading(Core& core, RowButtonSpec const& spec) {
    auto const& theme = core.theme;
    if (spec.day) {
        auto stack = std::make_unique<Stack>(0.0F, Align::Center);
        stack->add(words(core, date(*spec.day, DateLength::Month), theme.type.small, Ink::Second));
        stack->add(words(core, number(static_cast<unsigned>(spec.day->day())), theme.type.amount));
        // One width for every day of a list.
        auto box = std::make_unique<DayBox>(theme.grown(84));
        box->add(std::move(stack));
        return box;
    }
    if (spec.number) {
        BoxLook look;
        look.fill = theme.color.icon_ground;
        look.radius = 16;
        if (theme.color.high_contrast) {
            look.edge = theme.color.edge;
            look.stroke = 3;
        }
        auto box = std::make_unique<Box>(Padding{28, 18}, look);
        box->tone = theme.color.good;
        FontToken font = theme.type.row;
        font.weight = 700;
        box->add(words(core, number(*spec.number), font));
        return box;
    }
    if (spec.picture) {
        auto draw = spec.picture->draw;
        auto drawing = std::make_unique<Drawing>(spec.picture->size, [draw](PaintContext& context, Rect r) {
            context.painter.as_it_stands(r, [&] { draw(context.painter, r); });
        });
        return drawing;
    }
    if (!spec.icon.empty()) {
        auto icon = std::make_unique<Icon>(spec.icon, icon_size(theme, 40));
        icon->color = theme.color.icon;
        return icon;
    }
    return nullptr;
}

std::string row_value(Core& core, RowButtonSpec const& spec) {
    std::string out;
    auto const add = [&](Text const& text) {
        std::string const piece = core.resolve(text).text;
        if (!piece.empty())
            out += (out.empty() ? "" : ". ") + piece;
    };
    if (spec.day)
        add(date(*spec.day));
    add(spec.subtitle);
    for (auto const& line : spec.more_lines)
        add(line);
    for (auto const& pill : spec.pills)
        add(pill.text);
    if (!spec.aside_label.empty() && !spec.aside.empty()) {
        add(spec.aside_label);
        out += " " + core.resolve(spec.aside).text;
    } else {
        add(spec.aside);
    }
    add(spec.off);
    return out;
}

std::unique_ptr<Element> title_part(Core& core, Text const& title, RowButtonSpec const& spec, bool wide) {
    auto const& theme = core.theme;
    auto stack = std::make_unique<TitleStack>(theme.grown(title_width_hint));
    stack->grow = 1;
    stack->add(words(core, title, theme.type.row));
    auto const add_pills = [&](Line& line) {
        for (auto const& pill : spec.pills)
            line.add(pill_box(core, pill.text, pill.kind, pill.icon));
    };
    // Beside a short line; under several, where the screen is not wide.
    bool const beside = spec.more_lines.empty() || wide;
    if (!spec.subtitle.empty() || (beside && !spec.pills.empty())) {
        auto& line = stack->add<Line>(14.0F, Align::Center, 6.0F);
        if (!spec.subtitle.empty())
            line.add(words(core, spec.subtitle, theme.type.small, Ink::Second));
        if (beside)
            add_pills(line);
    }
    for (auto const& more : spec.more_lines)
        stack->add(words(core, more, theme.type.small, Ink::Second));
    if (!beside && !spec.pills.empty()) {
        stack->add<Gap>(Size{0, 6});
        add_pills(stack->add<Line>(14.0F, Align::Center, 6.0F));
    }
    if (!spec.off.empty())
        stack->add(words(core, spec.off, theme.type.small, Ink::Second));
    if (!spec.bar.empty() || spec.bar_unknown) {
        stack->add<Gap>(Size{0, 8});
        stack->add(money_bar_drawing(spec.bar, bar_width, 22));
    }
    return stack;
}

} // namespace

void Ui::list(Body body) {
    auto const& theme = core_.theme;
    BoxLook look;
    look.fill = theme.color.surface;
    look.radius = theme.radius.card;
    look.shadow = true;
    look.edge = theme.color.divider;
    look.stroke = theme.color.high_contrast ? 3 : 2;
    auto& box = core_.parent().add<Box>(Padding{}, look);
    core_.open.push_back(&box.add<ListStack>());
    if (body)
        body();
    core_.open.pop_back();
}

bool Ui::row_button(Text const& title, RowButtonSpec const& spec) {
    auto const& theme = core_.theme;
    bool const in_list = dynamic_cast<ListStack*>(core_.open.back()) != nullptr;
    Node node = core_.node_of(Role::Row, title, spec.key);
    node.value = row_value(core_, spec);
    node.states.selected = spec.selected;
    std::string const id = node.id;
    PressLook look;
    look.rest = {theme.color.surface, theme.color.ink, theme.color.divider};
    look.pressed = theme.color.secondary_pressed;
    look.stroke = in_list ? 0 : theme.color.high_contrast ? theme.stroke.control : 2;
    look.radius = in_list ? 0 : theme.radius.card;
    look.shadow = !in_list;
    look.tone_text = false;
    auto press = std::make_unique<Press>(core_, std::move(node), look, Padding{32, 26});
    press->height_min = 100;
    press->off = !spec.off.empty();
    auto& row = press->add<Line>(28.0F, Align::Center, 8.0F);
    if (auto lead = leading(core_, spec))
        row.add(std::move(lead));
    row.add(title_part(core_, title, spec, landscape()));
    bool const tail = !spec.aside.empty() || spec.chevron || spec.selected;
    if (tail) {
        auto& end = row.add<Line>(24.0F);
        end.wrap = false;
        end.grow = 0.001F;
        end.along = Align::End;
        if (!spec.aside.empty()) {
            auto& aside = end.add<Stack>(0.0F, Align::End);
            if (!spec.aside_label.empty())
                aside.add(words(core_, spec.aside_label, theme.type.small, Ink::Second));
            bool const figure = spec.aside.is_data() && !spec.aside.args().empty();
            auto amount = words(core_, spec.aside, figure ? theme.type.amount : theme.type.row);
            aside.add(std::move(amount));
        }
        if (press->off)
            end.add<Icon>("lock", icon_size(theme, 32));
        else if (spec.selected)
            end.add<Icon>("check", icon_size(theme, 36));
        else if (spec.chevron)
            end.add<Icon>("chevron-right", icon_size(theme, 36)).direction = true;
    }
    bool const off = press->off;
    core_.parent().add(std::move(press));
    return core_.take(id) && !off;
}

} // namespace portico::ui
