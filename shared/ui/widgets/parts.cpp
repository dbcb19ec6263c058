#include "shared/ui/widgets/parts.h"

#include <algorithm>
#include <cmath>

namespace portico::ui {

std::unique_ptr<Words> words(Core& core, Text const& text, FontToken font, Ink ink, Align align) {
    return std::make_unique<Words>(core.resolve(text), core.theme.scaled(font), ink, align);
}

std::unique_ptr<Words> text_node(Core& core, Role role, Text const& text, FontToken font, Ink ink,
                                 Align align) {
    auto out = words(core, text, font, ink, align);
    out->node = core.node_of(role, text);
    // The same sentence may stand twice; only controls need ids of their own.
    out->node->id.clear();
    return out;
}

Tone pill_tone(Theme const& theme, PillKind kind) {
    auto const& c = theme.color;
    switch (kind) {
    case PillKind::Plain:
        return {c.sunken, c.ink_2, c.edge};
    case PillKind::Good:
        return c.good;
    case PillKind::LookAgain:
        return c.look_again;
    case PillKind::Error:
        return c.error;
    case PillKind::Notice:
        return c.notice;
    }
    return c.good;
}

float icon_size(Theme const& theme, float base) {
    return theme.grown(base);
}

std::optional<Color> mark_color(Theme const& theme, Mark mark) {
    if (!mark)
        return std::nullopt;
    return theme.color.marks[*mark % theme.color.marks.size()];
}

std::unique_ptr<Box> pill_box(Core& core, Text const& text, PillKind kind, std::string const& icon,
                              bool on_tint) {
    auto const& theme = core.theme;
    Tone tone = pill_tone(theme, kind);
    if (on_tint)
        tone.ground = theme.color.surface;
    FontToken const font{theme.type.small.size, theme.type.small.line, 600};
    float const line = theme.scaled(font).line;
    float const height = line + 10;
    BoxLook look;
    look.fill = tone.ground;
    look.radius = height / 2;
    if (theme.color.high_contrast) {
        look.edge = tone.edge;
        look.stroke = 3;
    }
    auto box = std::make_unique<Box>(Padding{20, 5}, look);
    box->tone = tone;
    box->whole = true;
    auto& row = box->add<Line>(10.0F);
    row.wrap = false;
    if (!icon.empty())
        row.add<Icon>(icon, icon_size(theme, 28));
    auto label = words(core, text, font);
    label->solid = true;
    row.add(std::move(label));
    return box;
}

PressLook button_look(Theme const& theme, ButtonKind kind) {
    auto const& c = theme.color;
    PressLook look;
    look.radius = theme.radius.control;
    look.stroke = theme.stroke.control;
    switch (kind) {
    case ButtonKind::Primary:
        look.rest = c.primary;
        look.pressed = c.primary_pressed;
        break;
    case ButtonKind::Secondary:
        look.rest = c.secondary;
        look.pressed = c.secondary_pressed;
        break;
    case ButtonKind::Quiet:
        look.rest = c.quiet;
        look.pressed = c.quiet_pressed;
        look.stroke = 0;
        break;
    case ButtonKind::Serious:
        look.rest = c.serious;
        look.pressed = c.serious_pressed;
        break;
    }
    return look;
}

std::unique_ptr<Press> button_box(Core& core, Node node, PressLook const& look, Text const& label,
                                  std::string const& icon, bool icon_after, bool small) {
    auto const& theme = core.theme;
    auto press = std::make_unique<Press>(core, std::move(node), look, Padding{small ? 24.0F : 32.0F, 14});
    press->height_min = small ? theme.button_small : theme.button;
    auto& row = press->add<Line>(16.0F);
    row.wrap = false;
    row.along = Align::Center;
    bool const arrow = icon.starts_with("arrow-") || icon.starts_with("chevron-") ||
                       icon.starts_with("log-") || icon == "send" || icon == "list";
    auto const add_icon = [&] {
        if (!icon.empty())
            row.add<Icon>(icon, icon_size(theme, 36)).direction = arrow;
    };
    FontToken const font =
        small ? FontToken{theme.type.body.size - 2, theme.type.body.line - 4, 600} : theme.type.row;
    if (!icon_after)
        add_icon();
    row.add(words(core, label, font, Ink::Main, Align::Center));
    if (icon_after)
        add_icon();
    return press;
}

std::string joined(Core& core, std::initializer_list<Text const*> texts) {
    std::string out;
    for (auto const* text : texts) {
        std::string const piece = core.resolve(*text).text;
        if (piece.empty())
            continue;
        if (!out.empty()) {
            char const last = out.back();
            out += last == '.' || last == '?' || last == '!' || last == ':' ? " " : ". ";
        }
        out += piece;
    }
    return out;
}

void Explained::paint(PaintContext& context) {
    auto const first = context.frame.nodes.size();
    Container::paint(context);
    auto& nodes = context.frame.nodes;
    int subject = -1;
    int reason = -1;
    for (auto i = first; i < nodes.size(); ++i) {
        if (nodes[i].parent != context.parent)
            continue;
        if (nodes[i].interactive && subject < 0)
            subject = static_cast<int>(i);
        else if (nodes[i].role == Role::Text && subject >= 0)
            reason = static_cast<int>(i);
    }
    if (subject >= 0 && reason >= 0)
        nodes[static_cast<std::size_t>(subject)].described_by = reason;
}

} // namespace portico::ui
