#include "shared/ui/layout/bars.h"

#include "shared/ui/widgets/parts.h"

#include <cmath>

namespace portico::ui {
namespace {

constexpr float mark_side = 52;
constexpr float bar_font_max = 52;

/// One entry of the access bar: a whole cell as the target.
std::unique_ptr<Press> bar_press(Core& core, BarEntry const& entry, Text const& off, Text const& state) {
    auto const& theme = core.theme;
    Text const& label = theme.large_text() ? entry.short_label : entry.label;
    Node node = core.node_of(Role::Button, entry.label);
    node.label = core.resolve(label).text;
    node.value = joined(core, {&off, &state});
    PressLook look;
    look.rest = {theme.color.surface, theme.color.ink, theme.color.surface};
    look.pressed = theme.color.secondary_pressed;
    look.radius = theme.radius.control;
    auto press = std::make_unique<Press>(core, std::move(node), look, Padding{0, 8});
    FontToken font = theme.type.small;
    font.weight = theme.large_text() ? 400 : 500;
    // Four words side by side have no more room than this.
    font.size = std::min(font.size, bar_font_max * 100 / static_cast<float>(theme.text_percent));
    // What is off says so in the place of its name: the cell has no room for more.
    Text const& shown = off.empty() ? label : off;
    auto icon = std::make_unique<Icon>(off.empty() ? entry.icon : "lock", theme.grown(44));
    press->off = !off.empty();
    if (core.settings.width > core.settings.height) {
        auto& row = press->add<Line>(20.0F);
        row.wrap = false;
        row.along = Align::Center;
        row.add(std::move(icon));
        row.add(words(core, shown, font, Ink::Main, Align::Center));
    } else {
        auto& stack = press->add<Stack>(4.0F, Align::Center);
        stack.add(std::move(icon));
        stack.add(words(core, shown, font, Ink::Main, Align::Center));
    }
    return press;
}

std::unique_ptr<Press> internal_button(Core& core, Text const& label, std::string const& icon, bool off) {
    auto press = button_box(core, core.node_of(Role::Button, label),
                            button_look(core.theme, ButtonKind::Secondary), label, icon, false, true);
    press->off = off;
    return press;
}

} // namespace

std::vector<BarEntry> const& bar_entries() {
    static std::vector<BarEntry> const entries = {
        {BarAction::Language, "ui.bar.language"_msg, "ui.bar.language_short"_msg, "languages"},
        {BarAction::TextAndColor, "ui.bar.text_and_color"_msg, "ui.bar.text_and_color_short"_msg, "type"},
        {BarAction::Listen, "ui.bar.listen"_msg, "ui.bar.listen_short"_msg, "headphones"},
        {BarAction::Help, "ui.bar.help"_msg, "ui.bar.help_short"_msg, "concierge-bell"},
    };
    return entries;
}

Text finish_label(FrameSpec const& spec) {
    return spec.finish_label.empty() ? "ui.bar.finish"_msg : spec.finish_label;
}

Msg rest_in_english() {
    return "ui.rest_in_english"_msg;
}

void paint_mark(Painter& painter, Rect r, bool on_dark) {
    auto const& color = painter.theme().color;
    painter.as_it_stands(r, [&] {
        bool const contrast = color.high_contrast;
        Color const outer = contrast || on_dark ? rgb(0xFFFFFF) : color.primary.ground;
        Color const inner = contrast ? color.page : on_dark ? color.welcome.ground : rgb(0xFFC533);
        painter.arch(r, outer);
        float const w = std::round(r.w * 0.42F);
        float const h = std::round(r.h * 0.64F);
        painter.arch({r.x + std::round((r.w - w) / 2), r.bottom() - h, w, h}, inner);
    });
}

std::unique_ptr<Element> top_bar(Core& core) {
    auto const& theme = core.theme;
    auto const& spec = core.tree.spec;
    bool const page = spec.look == FrameLook::Page;
    BoxLook look;
    if (page)
        look.fill = theme.color.surface;
    else if (core.tree.has_hero)
        look.fill = theme.color.welcome.ground;
    auto bar = std::make_unique<Box>(Padding{theme.margin, 14}, look);
    bar->whole = true;
    if (!page)
        bar->tone = spec.look == FrameLook::Welcome ? theme.color.welcome : theme.color.cover;
    bar->height_min = theme.large_text() ? theme.top_bar + 28 : theme.top_bar;
    auto& row = bar->add<Line>(24.0F);
    row.add<Drawing>(Size{mark_side, mark_side},
                     [page](PaintContext& context, Rect r) { paint_mark(context.painter, r, !page); });
    if (!theme.large_text()) {
        FontToken font = theme.type.body;
        font.weight = 600;
        row.add(text_node(core, Role::Text, core.brand.plan_name, font));
    }
    row.add<Gap>(Size{0, 0}, 1.0F);
    if (!spec.who.empty() && !theme.large_text()) {
        auto& who = row.add<Line>(14.0F);
        who.wrap = false;
        who.add<Icon>("user", icon_size(theme, 36));
        FontToken font = theme.type.body;
        font.size -= 2;
        who.add(text_node(core, Role::Text, spec.who, font));
    }
    if (spec.finish)
        row.add(internal_button(core, finish_label(spec), "log-out", false));
    return bar;
}

std::unique_ptr<Element> bench_strip(Core& core) {
    auto const& theme = core.theme;
    BoxLook look;
    look.fill = theme.color.look_again.ground;
    auto strip = std::make_unique<Box>(Padding{theme.margin, 2}, look);
    strip->tone = theme.color.look_again;
    strip->whole = true;
    FontToken const font{theme.type.small.size / (static_cast<float>(theme.text_percent) / 100.0F) + 0,
                         theme.type.small.line / (static_cast<float>(theme.text_percent) / 100.0F), 600};
    auto label = text_node(core, Role::Text, core.brand.bench_notice, font, Ink::Main, Align::Center);
    label->full_width = true;
    strip->add(std::move(label));
    return strip;
}

std::unique_ptr<Element> english_strip(Core& core) {
    auto const& theme = core.theme;
    BoxLook look;
    look.fill = theme.color.look_again.ground;
    auto strip = std::make_unique<Box>(Padding{theme.margin, 6}, look);
    strip->tone = theme.color.look_again;
    strip->whole = true;
    FontToken font = theme.type.small;
    font.weight = 600;
    auto words = text_node(core, Role::Text, rest_in_english(), font, Ink::Main, Align::Center);
    words->full_width = true;
    strip->add(std::move(words));
    return strip;
}

std::unique_ptr<Element> access_bar(Core& core) {
    auto const& theme = core.theme;
    BoxLook look;
    look.fill = theme.color.surface;
    auto bar = std::make_unique<Box>(Padding{theme.large_text() ? 0.0F : 16.0F, 6}, look);
    bar->tone = Tone{theme.color.surface, theme.color.ink, theme.color.divider};
    bar->whole = true;
    bar->height_min = theme.access_bar;
    auto& grid = bar->add<Columns>(std::vector<float>{}, 0.0F, false, std::nullopt);
    grid.never_stack = true;
    for (auto const& entry : bar_entries()) {
        bool const listen = entry.action == BarAction::Listen;
        auto const& spec = core.tree.spec;
        auto press =
            bar_press(core, entry, listen ? spec.listen_off : Text(), listen ? spec.listen_state : Text());
        press->height_min = theme.access_bar - 14;
        grid.add(std::move(press));
    }
    return bar;
}

std::unique_ptr<Element> pager(Core& core, int page, int pages, std::function<void(int)> turn) {
    auto const& theme = core.theme;
    auto box = std::make_unique<Box>(Padding{theme.margin, 16}, BoxLook{});
    box->whole = true;
    auto& row =
        box->add<Columns>(theme.large_text() ? std::vector<float>{1, 1} : std::vector<float>{1, 0.8F, 1},
                          theme.target_gap, false, std::nullopt);
    row.never_stack = true; // one row high, as the page is cut for
    Text const where = "ui.page.where"_msg.with("page", page).with("pages", pages);
    auto add_button = [&](Text const& label, std::string const& icon, int to, bool off) {
        auto press = internal_button(core, label, icon, off);
        press->press_node.value = core.resolve(where).text;
        core.internal[press->id] = [turn, to] { turn(to); };
        row.add(std::move(press));
    };
    add_button("ui.page.up"_msg, "arrow-up", page - 1, page <= 1);
    if (!theme.large_text()) {
        auto label = text_node(core, Role::Page, where, theme.type.body, Ink::Main, Align::Center);
        label->full_width = true;
        auto middle = std::make_unique<Box>(Padding{0, 0}, BoxLook{});
        middle->height_min = theme.button_small;
        middle->whole = true;
        middle->add(std::move(label));
        row.add(std::move(middle));
    }
    add_button("ui.page.down"_msg, "arrow-down", page + 1, page >= pages);
    return box;
}

} // namespace portico::ui
