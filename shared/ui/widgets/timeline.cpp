#include "shared/ui/ui.h"
#include "shared/ui/widgets/parts.h"

namespace portico::ui {
namespace {

constexpr float dot_side = 28;

/// The dot, and the line to the entries before and after.
std::unique_ptr<Drawing> dot(StepState state, bool first, bool last) {
    auto drawing = std::make_unique<Drawing>(Size{dot_side, 60}, [=](PaintContext& context, Rect r) {
        auto const& color = context.painter.theme().color;
        Point const c{r.center().x, r.y + 30};
        if (!first)
            context.painter.fill({c.x - 2, r.y - 12, 4, c.y - r.y + 12}, color.divider);
        if (!last)
            context.painter.fill({c.x - 2, c.y, 4, r.bottom() - c.y + 12}, color.divider);
        if (state == StepState::Next) {
            context.painter.circle(c, dot_side / 2, color.surface);
            context.painter.circle_outline(c, dot_side / 2, color.edge, 3);
        } else {
            context.painter.circle(c, dot_side / 2,
                                   state == StepState::Done ? color.plan : color.primary.ground);
            if (state == StepState::Now)
                context.painter.circle(c, dot_side / 5, color.primary.ink);
        }
    });
    return drawing;
}

/// Dot on the left, words on the right; the line runs down the whole height.
class EntryRow : public Container {
public:
    float natural_width(LayoutContext& context) override {
        return dot_side + 24 + children_[1]->natural_width(context);
    }
    float min_width(LayoutContext& context) override {
        return dot_side + 24 + children_[1]->min_width(context);
    }
    float layout(LayoutContext& context, float width) override {
        children_[0]->layout(context, dot_side);
        return children_[1]->layout(context, width - dot_side - 24);
    }
    void place(Rect rect) override {
        rect_ = rect;
        children_[0]->place({rect.x, rect.y, dot_side, rect.h});
        children_[1]->place({rect.x + dot_side + 24, rect.y, rect.w - dot_side - 24, rect.h});
    }
};

} // namespace

void Ui::timeline(Text const& label, std::vector<TimelineEntry> const& entries) {
    auto const& theme = core_.theme;
    auto box = std::make_unique<Box>(Padding{}, BoxLook{});
    box->node = core_.node_of(Role::Timeline, label);
    auto& stack = box->add<Stack>(24.0F);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        auto const& entry = entries[i];
        auto one = std::make_unique<Box>(Padding{}, BoxLook{});
        one->whole = true;
        one->node = core_.node_of(Role::TimelineEntry, entry.what);
        one->node->id.clear();
        one->node->value = joined(core_, {&entry.when, &entry.who});
        auto& row = one->add<EntryRow>();
        row.add(dot(entry.state, i == 0, i + 1 == entries.size()));
        auto texts = std::make_unique<Stack>(0.0F);
        auto& top = texts->add<Line>(24.0F, Align::Center, 0.0F);
        FontToken strong = theme.type.body;
        strong.weight = entry.state == StepState::Next ? 400 : 600;
        top.add(words(core_, entry.what, strong)).grow = 1;
        auto when = words(core_, entry.when, theme.type.small, Ink::Second);
        top.add(std::move(when));
        if (!entry.who.empty())
            texts->add(words(core_, entry.who, theme.type.small, Ink::Second));
        row.add(std::move(texts));
        stack.add(std::move(one));
    }
    core_.parent().add(std::move(box));
}

} // namespace portico::ui
