#include "shared/ui/ui.h"
#include "shared/ui/widgets/parts.h"

namespace portico::ui {
namespace {

/// Adds `element` to the open container and makes it the open one while `body` runs.
void inside(Core& core, Container& element, std::function<void()> const& body) {
    core.open.push_back(&element);
    if (body)
        body();
    core.open.pop_back();
}

float gap_or(float wanted, float otherwise) {
    return wanted < 0 ? otherwise : wanted;
}

} // namespace

void Ui::column(Body body, ColumnSpec const& spec) {
    inside(core_, core_.parent().add<Stack>(gap_or(spec.gap, core_.theme.space.m), spec.align), body);
}

void Ui::columns(Body body, ColumnsSpec const& spec) {
    // Large text has one column; what is no division of the screen stands side by side where it is wide.
    bool const stacked = !landscape() ? core_.theme.large_text() || spec.only_landscape
                                      : core_.theme.large_text() && spec.only_landscape;
    auto const divider = spec.divider ? std::optional<Color>(core_.theme.color.divider) : std::nullopt;
    auto& columns = core_.parent().add<Columns>(
        spec.weights, gap_or(spec.gap, stacked ? core_.theme.space.m : core_.theme.space.l), stacked,
        divider);
    columns.never_stack = spec.together;
    inside(core_, columns, body);
}

void Ui::grid(int columns, Body body) {
    int const now = core_.theme.large_text() && !landscape() ? 1 : columns;
    inside(core_, core_.parent().add<Grid>(now, core_.theme.space.m, false), body);
}

void Ui::row(Body body, RowSpec const& spec) {
    inside(core_, core_.parent().add<Line>(gap_or(spec.gap, core_.theme.space.s), spec.align), body);
}

void Ui::spacer() {
    core_.parent().add<Gap>(Size{0, 0}, 1.0F);
}

void Ui::buttons(Body body) {
    auto& grid = core_.parent().add<Grid>(4, core_.theme.target_gap, true);
    grid.justify = true;
    inside(core_, grid, body);
}

void Ui::card(Body body, CardSpec const& spec) {
    auto const& theme = core_.theme;
    BoxLook look;
    look.radius = theme.radius.card;
    look.fill = theme.color.surface;
    look.shadow = spec.kind == CardKind::Surface;
    std::optional<Tone> tone;
    if (spec.kind == CardKind::Tint) {
        look.fill = theme.color.good.ground;
        tone = theme.color.good;
    } else if (spec.kind == CardKind::Sunken) {
        look.fill = theme.color.sunken;
    }
    if (theme.color.high_contrast || spec.kind == CardKind::Surface) {
        look.edge = theme.color.divider;
        look.stroke = theme.color.high_contrast ? 3 : 2;
    }
    bool const dense = theme.large_text() || landscape();
    float const padding = spec.tight ? theme.space.m : dense ? theme.space.l : theme.space.xl;
    auto& box = core_.parent().add<Box>(Padding{padding, spec.tight ? theme.space.s : padding - 8}, look);
    box.tone = tone;
    box.stripe = mark_color(theme, spec.mark);
    box.center = false;
    inside(core_, box.add<Stack>(theme.space.s), body);
}

void Ui::divider() {
    auto const& theme = core_.theme;
    core_.parent().add<Drawing>(Size{10, theme.stroke.divider}, [](PaintContext& context, Rect r) {
        context.painter.fill(r, context.painter.theme().color.divider);
    });
}

void Ui::space(float px) {
    core_.parent().add<Gap>(Size{0, px});
}

void Ui::keyed(std::string_view key, Body body) {
    std::string const before = core_.key_suffix;
    core_.key_suffix = before + "#" + std::string(key);
    body();
    core_.key_suffix = before;
}

/// Fills the width of the screen up to the top bar, whatever the margins.
class HeroBox : public Box {
public:
    explicit HeroBox(Core& core) : Box({0, 0}, {}), core_(core) { center = false; }
    float layout(LayoutContext& context, float width) override {
        return Box::layout(context, width) + context.theme.space.xl;
    }
    void paint(PaintContext& context) override {
        if (!context.overlaps(rect_))
            return;
        PaintScope const scope(context);
        auto const& theme = context.painter.theme();
        Tone const& welcome = theme.color.welcome;
        float const width = core_.settings.size().w;
        float const bottom = std::min(context.on_screen(rect_).bottom(), context.clip_bottom);
        context.painter.fill({0, core_.body_top, width, bottom - core_.body_top}, welcome.ground);
        context.painter.fill({0, bottom, width, 20}, welcome.edge);
        context.set_tone(welcome);
        // The ground is painted already; Box has another.
        Container::paint(context); // NOLINT(bugprone-parent-virtual-call)
    }

private:
    Core& core_;
};

void Ui::hero(Body body) {
    core_.tree.has_hero = true;
    auto& box = core_.parent().add<HeroBox>(core_);
    inside(core_, box.add<Stack>(core_.theme.space.m), body);
    core_.parent().add<Gap>(Size{0, 8});
}

void Ui::sticky(Body body) {
    if (!core_.tree.sticky)
        core_.tree.sticky = std::make_unique<Stack>(core_.theme.space.s);
    inside(core_, *core_.tree.sticky, body);
}

void Ui::dialog(Text const& title, DialogSpec const& spec, Body body) {
    FrameTree::Dialog dialog;
    dialog.id = core_.id_of(title, spec.key, Role::Dialog);
    dialog.spec = spec;
    dialog.title = title;
    dialog.pinned = std::make_unique<Stack>(core_.theme.space.s);
    dialog.body = std::make_unique<Stack>(core_.theme.space.m);
    core_.tree.dialog = std::move(dialog);
    core_.open.push_back(core_.tree.dialog->body.get());
    if (!spec.icon.empty())
        core_.tree.dialog->pinned->add<Icon>(spec.icon, icon_size(core_.theme, 56));
    heading(title);
    if (!spec.text.empty())
        text(spec.text);
    if (body)
        body();
    core_.open.pop_back();
}

std::string const& Ui::language() const {
    return core_.settings.language;
}

Theme const& Ui::theme() const {
    return core_.theme;
}

Catalog const& Ui::catalog() const {
    return core_.catalog;
}

bool Ui::landscape() const {
    return core_.settings.width > core_.settings.height;
}

} // namespace portico::ui
