#include "shared/ui/ui.h"
#include "shared/ui/widgets/parts.h"
#include "shared/ui/widgets/spinner.h"

namespace portico::ui {

bool Ui::back(Text const& label) {
    Node node = core_.node_of(Role::Button, label);
    std::string const id = node.id;
    auto const& theme = core_.theme;
    PressLook look = button_look(theme, ButtonKind::Quiet);
    // Large letters are a target by themselves.
    auto press =
        std::make_unique<Press>(core_, std::move(node), look, Padding{0, theme.large_text() ? 0.0F : 8.0F});
    press->height_min = theme.target_min;
    auto& row = press->add<Line>(14.0F);
    row.wrap = false;
    row.add<Icon>("arrow-left", icon_size(theme, 36)).direction = true;
    FontToken const font{theme.type.body.size - 2, theme.type.body.line, 600};
    auto label_words = words(core_, label, font);
    if (theme.color.high_contrast)
        label_words->underline();
    row.add(std::move(label_words));
    auto* pinned = core_.open.back() == core_.tree.body.get() ? core_.tree.pinned.get() : core_.open.back();
    auto& line = pinned->add<Line>(0.0F);
    line.add(std::move(press));
    if (pinned == core_.tree.pinned.get())
        core_.tree.back = &line;
    return core_.take(id);
}

namespace {

/// A key as it stands on a keyboard.
std::unique_ptr<Box> key_cap(Core& core, Key key, Color ink) {
    BoxLook look;
    look.edge = ink;
    look.stroke = 2;
    look.radius = 8;
    auto box = std::make_unique<Box>(Padding{10, 1}, look);
    box->whole = true;
    FontToken const font{core.theme.type.small.size, core.theme.type.small.line - 4, 600};
    auto label = words(core, data(name(key)), font);
    label->solid = true;
    box->add(std::move(label));
    return box;
}

} // namespace

bool Ui::shortcut(Key key) {
    return core_.take_key(key);
}

bool Ui::button(Text const& label, ButtonSpec const& spec) {
    Node node = core_.node_of(Role::Button, label, spec.key);
    std::string const id = node.id;
    bool const busy = !spec.busy.empty();
    node.states.busy = busy;
    if (busy)
        node.value = core_.resolve(spec.busy).text;
    PressLook look = button_look(core_.theme, spec.kind);
    if (busy)
        look.rest = look.pressed;
    bool const off = !spec.off.empty();
    if (spec.shortcut && !busy)
        node.value = name(*spec.shortcut);
    auto press = button_box(core_, std::move(node), look, busy ? spec.busy : label,
                            off || busy ? "" : spec.icon, spec.icon_after, spec.small);
    auto& row = static_cast<Line&>(press->child());
    if (off)
        row.children().insert(row.children().begin(),
                              std::make_unique<Icon>("lock", icon_size(core_.theme, 32)));
    if (busy)
        row.children().insert(row.children().begin(), spinner_drawing(core_, icon_size(core_.theme, 36)));
    if (spec.shortcut)
        row.add(key_cap(core_, *spec.shortcut, off ? core_.theme.color.disabled.ink : look.rest.ink));
    press->off = off;
    press->safe = spec.safe;
    if (!off) {
        core_.parent().add(std::move(press));
        bool const by_key = spec.shortcut && core_.take_key(*spec.shortcut);
        return (core_.take(id) || by_key) && !busy;
    }
    auto explained = std::make_unique<Explained>(8.0F);
    explained->add(std::move(press));
    explained->add(text_node(core_, Role::Text, spec.off, core_.theme.type.small, Ink::Second));
    core_.parent().add(std::move(explained));
    return false;
}

bool Ui::tile(Text const& title, TileSpec const& spec) {
    auto const& theme = core_.theme;
    Node node = core_.node_of(Role::Tile, title, spec.key);
    node.value = joined(core_, {&spec.subtitle, &spec.badge, &spec.off});
    std::string const id = node.id;
    PressLook look;
    look.rest = {theme.color.surface, theme.color.ink, theme.color.divider};
    look.pressed = theme.color.secondary_pressed;
    look.stroke = theme.color.high_contrast ? theme.stroke.control : 2;
    look.radius = theme.radius.card;
    look.shadow = true;
    look.tone_text = false;
    auto press = std::make_unique<Press>(core_, std::move(node), look, Padding{32, 24});
    press->off = !spec.off.empty();
    auto icon = std::make_unique<Icon>(press->off ? "lock" : spec.icon, icon_size(theme, 44));
    icon->ground_size = theme.grown(80);
    icon->color = theme.color.icon;
    auto labels = std::make_unique<Stack>(2.0F);
    labels->add(words(core_, title, theme.type.row));
    if (!spec.subtitle.empty())
        labels->add(words(core_, spec.subtitle, theme.type.small, Ink::Second));
    if (press->off)
        labels->add(words(core_, spec.off, theme.type.small, Ink::Second));
    auto badge = spec.badge.empty() ? nullptr : pill_box(core_, spec.badge, PillKind::LookAgain, "");
    if (theme.large_text()) {
        auto& row = press->add<Line>(24.0F, Align::Center, 8.0F);
        row.add(std::move(icon));
        row.add(std::move(labels)).grow = 1;
        if (badge)
            row.add(std::move(badge));
    } else {
        auto& stack = press->add<Stack>(20.0F);
        auto& top = stack.add<Line>(16.0F, Align::Start);
        top.add(std::move(icon));
        if (badge) {
            top.add<Gap>(Size{0, 0}, 1.0F);
            top.add(std::move(badge));
        }
        stack.add(std::move(labels));
        press->center = false;
    }
    bool const off = press->off;
    core_.parent().add(std::move(press));
    return core_.take(id) && !off;
}

bool Ui::chip(Text const& label, bool selected, ChipSpec const& spec) {
    auto const& theme = core_.theme;
    Node node = core_.node_of(Role::Chip, label, spec.key);
    node.states.selected = selected;
    std::string const id = node.id;
    PressLook look;
    look.rest =
        selected ? theme.color.selected : Tone{theme.color.surface, theme.color.ink, theme.color.edge};
    look.pressed = selected ? theme.color.primary_pressed : theme.color.secondary_pressed;
    look.stroke = theme.stroke.control;
    auto press = std::make_unique<Press>(core_, std::move(node), look, Padding{28, 12});
    press->height_min = theme.target_min;
    press->press_look.radius = theme.target_min / 2;
    auto& row = press->add<Line>(12.0F);
    row.wrap = false;
    if (auto const color = mark_color(theme, spec.mark)) {
        float const size = theme.grown(24);
        // An edge of the page's own colour keeps it seen on a ground of any.
        row.add<Drawing>(Size{size, size}, [color](PaintContext& context, Rect at) {
            Point const middle{at.x + at.w / 2, at.y + at.h / 2};
            context.painter.circle(middle, at.w / 2, context.painter.theme().color.surface);
            context.painter.circle(middle, at.w / 2 - 3, *color);
        });
    }
    if (selected && !spec.keeps_icon)
        row.add<Icon>("check", icon_size(theme, 32));
    else if (!spec.icon.empty())
        row.add<Icon>(spec.icon, icon_size(theme, 32));
    FontToken font = theme.type.body;
    font.size -= 2;
    font.weight = 500;
    row.add(words(core_, label, font));
    core_.parent().add(std::move(press));
    return core_.take(id);
}

std::optional<std::size_t> Ui::choice(Text const& label, std::vector<Text> const& options,
                                      std::size_t selected) {
    auto const& theme = core_.theme;
    // A desk's screen is wide enough for a few words, however large.
    bool const narrow = theme.large_text() && core_.settings.density == Density::Touch;
    bool const joined_up = options.size() <= (narrow ? 2U : 4U);
    Node group = core_.node_of(Role::RadioGroup, label);
    std::string const group_id = group.id;
    auto box = std::make_unique<Box>(Padding{}, BoxLook{});
    box->node = std::move(group);
    box->whole = true;
    auto& grid =
        box->add<Grid>(joined_up ? static_cast<int>(options.size()) : 1, joined_up ? -3.0F : 12.0F, true);
    std::optional<std::size_t> chosen;
    for (std::size_t i = 0; i < options.size(); ++i) {
        Node node = core_.node_of(Role::Radio, options[i], group_id);
        node.states.selected = i == selected;
        PressLook look;
        look.rest = i == selected ? theme.color.selected
                                  : Tone{theme.color.surface, theme.color.ink, theme.color.edge};
        look.pressed = theme.color.secondary_pressed;
        look.stroke = theme.stroke.control;
        look.radius = joined_up ? theme.target_min / 2 : theme.radius.control;
        if (joined_up && options.size() > 1) {
            look.corners = i == 0 ? Corners::Left : Corners::Right;
            if (i > 0 && i + 1 < options.size())
                look.radius = 0;
        }
        std::string const id = node.id;
        auto press = std::make_unique<Press>(core_, std::move(node), look, Padding{40, 12});
        press->height_min = theme.target_min;
        auto& row = press->add<Line>(12.0F);
        row.wrap = false;
        row.along = Align::Center;
        if (i == selected)
            row.add<Icon>("check", icon_size(theme, 32));
        FontToken font = theme.type.body;
        font.weight = 500;
        row.add(words(core_, options[i], font));
        grid.add(std::move(press));
        if (core_.take(id) && i != selected)
            chosen = i;
    }
    auto& line = core_.parent().add<Line>(0.0F);
    line.add(std::move(box));
    return chosen;
}

void Ui::spinner(Text const& label) {
    auto box = std::make_unique<Box>(Padding{0, 16}, BoxLook{});
    box->node = core_.node_of(Role::Spinner, label);
    box->node->states.busy = true;
    box->node->live = Live::Polite;
    box->whole = true;
    auto& row = box->add<Line>(24.0F);
    row.wrap = false;
    row.add(spinner_drawing(core_, icon_size(core_.theme, 56)));
    row.add(words(core_, label, core_.theme.type.body)).grow = 1;
    core_.parent().add(std::move(box));
}

} // namespace portico::ui
