#include "shared/ui/layout/screen.h"

#include "shared/ui/layout/bars.h"
#include "shared/ui/layout/keyboard.h"
#include "shared/ui/layout/news.h"
#include "shared/ui/layout/pages.h"
#include "shared/ui/widgets/parts.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace portico::ui {
namespace {

constexpr float cover_width = 1200;
// With less than this for the body, what is pinned and the page buttons make way while typing.
constexpr float typing_room_min = 420;
// Room under the body, which page buttons may take.
constexpr float body_below = 20;

float lay(Element& element, LayoutContext& layout, float x, float y, float w) {
    float const h = element.layout(layout, w);
    element.place({x, y, w, h});
    return h;
}

class ScreenPainter {
public:
    explicit ScreenPainter(Core& core)
        : core_(core), theme_(core.theme), layout_(core.layout()), size_(core.settings.size()),
          painter_(*ImGui::GetWindowDrawList(), core.text, core.theme, size_.w, core.right_to_left()),
          context_(core, painter_, core.frame, layout_, core.tree.dialog ? 1 : 0) {}

    void paint() {
        auto& frame = core_.frame;
        frame = {};
        frame.screen = core_.tree.spec.screen;
        frame.language = core_.settings.language;
        frame.signed_in = core_.tree.spec.finish;
        frame.size = size_;
        frame.zoom = core_.settings.zoom();
        if (core_.tree.dialog)
            paint_dialog();
        else
            paint_page();
        paint_rings();
    }

private:
    void set_ground(Tone const& tone, Color ink_2) {
        context_.ground = tone.ground;
        context_.ink = tone.ink;
        context_.ink_2 = ink_2;
        painter_.fill({0, 0, size_.w, size_.h}, tone.ground);
    }

    void paint_at(Element& element, Region region) {
        context_.region = region;
        element.paint(context_);
    }

    void rule(float y) { painter_.fill({0, y, size_.w, theme_.stroke.divider}, theme_.color.divider); }

    /// Below `top`, where the page is not all in its language; the new top.
    float paint_english_strip(float top) {
        if (!core_.rest_in_english)
            return top;
        auto strip = english_strip(core_);
        top += lay(*strip, layout_, 0, top, size_.w);
        paint_at(*strip, Region::Top);
        return top;
    }

    void paint_page() {
        auto const& spec = core_.tree.spec;
        if (spec.look == FrameLook::Page || core_.tree.has_hero)
            set_ground({theme_.color.page, theme_.color.ink, theme_.color.divider}, theme_.color.ink_2);
        else
            set_ground(spec.look == FrameLook::Welcome ? theme_.color.welcome : theme_.color.cover,
                       theme_.color.cover.ink);
        float top = 0;
        if (!core_.brand.bench_notice.empty()) {
            auto strip = bench_strip(core_);
            top = lay(*strip, layout_, 0, 0, size_.w);
            paint_at(*strip, Region::Top);
        }
        top = paint_english_strip(top);
        auto bar = top_bar(core_);
        float const bar_height = lay(*bar, layout_, 0, top, size_.w);
        paint_at(*bar, Region::Top);
        top += bar_height;
        if (spec.look == FrameLook::Page)
            rule(top - theme_.stroke.divider);

        // From the bottom up: access bar, keyboard, sticky bar, page buttons; painted later, in reading
        // order.
        std::unique_ptr<Element> access;
        float bottom = size_.h;
        if (spec.access_bar) {
            access = access_bar(core_);
            bottom -= access->layout(layout_, size_.w);
            access->place({0, bottom, size_.w, size_.h - bottom});
        }
        float const access_top = bottom;
        std::unique_ptr<Element> keys;
        if (core_.keyboard_open && core_.editing_field() != nullptr && !core_.editing_field()->inline_keys) {
            keys = docked_keyboard(core_);
            bottom -= keys->layout(layout_, size_.w);
            keys->place({0, bottom, size_.w, access_top - bottom});
        }
        bool const typing = keys != nullptr;
        std::unique_ptr<Element> sticky;
        if (core_.tree.sticky && !typing) {
            BoxLook look;
            look.fill = theme_.color.good.ground;
            auto box = std::make_unique<Box>(Padding{theme_.margin, 20}, look);
            box->tone = theme_.color.good;
            box->whole = true;
            box->add(std::move(core_.tree.sticky));
            float const h = box->layout(layout_, size_.w);
            bottom -= h;
            box->place({0, bottom, size_.w, h});
            sticky = std::move(box);
        }
        core_.body_top = top;
        bool const landscape = size_.w > size_.h;
        float const above = landscape || typing ? 12 : theme_.large_text() ? 24 : 40;
        float width = size_.w - 2 * theme_.margin;
        if (spec.look == FrameLook::Cover && !theme_.large_text())
            width = std::min(width, cover_width);
        Rect const area{std::floor((size_.w - width) / 2), top + above, width,
                        bottom - top - above - body_below};
        if (typing)
            make_room_to_type(area, core_.tree.pinned, *core_.tree.body);
        paint_body(area, *core_.tree.pinned, *core_.tree.body, core_.tree.spec.screen, typing,
                   spec.look == FrameLook::Cover);
        if (sticky) {
            rule(sticky->rect().y - theme_.stroke.divider);
            paint_at(*sticky, Region::Sticky);
        }
        if (keys)
            paint_at(*keys, Region::Keyboard);
        if (access) {
            paint_at(*access, Region::Access);
            rule(access_top);
        }
    }

    std::unique_ptr<Element> small_heading() {
        auto heading = text_node(core_, Role::Heading, core_.tree.heading, theme_.type.row);
        static_cast<Words&>(*heading).node->level = 1;
        return heading;
    }

    /// What is pinned, or the way back and a small heading in its place where the keyboard leaves too little
    /// room for it and the field that is being typed into.
    void make_room_to_type(Rect area, std::unique_ptr<Container>& pinned, Stack& body) {
        if (area.h - pinned->layout(layout_, area.w) >= typing_room_min)
            return;
        core_.where.clear();
        body.place({area.x, 0, area.w, body.layout(layout_, area.w)});
        if (core_.where.count(core_.editing) == 0)
            return;
        auto line = std::make_unique<Line>(24.0F, Align::Center, 0.0F);
        line->wrap = false;
        for (auto& child : pinned->children())
            if (child.get() == core_.tree.back)
                line->add(std::move(child));
        if (core_.tree.flow_heading == nullptr)
            line->add(small_heading()).grow = 1;
        pinned = std::move(line);
    }

    /// Taller where the letters of a language are.
    float height_of_pager() {
        auto const probe = pager(core_, 1, 2, [](int) {});
        return std::max(theme_.button_small + 32 + (theme_.large_text() ? 16 : 0),
                        probe->layout(layout_, size_.w));
    }

    /// Pinned part and pages of a flow in `area`.
    void paint_body(Rect area, Container& pinned, Stack& body, std::string const& name, bool typing,
                    bool centered) {
        float const gap = pinned.empty() || body.empty() ? 0 : theme_.space.s;
        float const pinned_height = pinned.empty() ? 0 : pinned.layout(layout_, area.w);
        float const pager_height = height_of_pager();
        // Side by side if that fits one screen; else columns that are too tall for a page give way.
        layout_.page_room = 1e9F;
        float body_height = body.layout(layout_, area.w);
        if (body_height > area.h - pinned_height - gap) {
            layout_.page_room = area.h - pinned_height - gap - pager_height;
            body_height = body.layout(layout_, area.w);
        }
        // Only what is in the flow can ask for its page.
        core_.where.clear();
        body.place({area.x, 0, area.w, body_height});
        FlowShape shape;
        body.shape(shape);
        float room = area.h - pinned_height - gap;
        auto pages = cut_pages(shape, body_height, room);
        std::unique_ptr<Element> buttons;
        std::unique_ptr<Element> repeated;
        int page = 0;
        bool const tight = typing && room < typing_room_min;
        if (pages.size() > 1) {
            if (!tight)
                room -= pager_height - body_below;
            if (core_.tree.flow_heading != nullptr) {
                repeated = small_heading();
                room -= repeated->layout(layout_, area.w) + theme_.space.s;
            }
            pages = cut_pages(shape, body_height, room);
            page = choose_page(pages, name);
            page = page_of_news(core_, shape, pages, {page, name, typing, room});
            auto& core = core_;
            buttons = pager(core_, page + 1, static_cast<int>(pages.size()), [&core, name](int to) {
                core.pages[name] = to - 1;
                core.shown_for.clear();
            });
        }
        remember_news(core_, shape, name);
        auto const& cut = pages[static_cast<std::size_t>(page)];
        core_.frame.page = page + 1;
        core_.frame.pages = static_cast<int>(pages.size());
        float y = area.y;
        if (centered && pages.size() == 1)
            y += std::floor(std::max(0.0F, room - body_height) / 2);
        if (!pinned.empty()) {
            pinned.place({area.x, y, area.w, pinned_height});
            paint_at(pinned, Region::Body);
            y += pinned_height + gap;
        }
        if (repeated) {
            float const at = core_.tree.flow_heading->rect().center().y;
            float const h = repeated->layout(layout_, area.w);
            if (at < cut.from || at >= cut.to) {
                repeated->place({area.x, y, area.w, h});
                paint_at(*repeated, Region::Body);
                y += h + theme_.space.s;
            }
        }
        core_.flow_top = y;
        paint_window(body, cut, y);
        if (!buttons)
            return;
        // A desk's screen is much wider than a dialog: its page buttons stand in it.
        bool const inside = core_.tree.dialog && core_.settings.density == Density::Desk;
        float const x = inside ? area.x - theme_.margin : 0;
        float const width = inside ? area.w + 2 * theme_.margin : size_.w;
        float const pager_top = area.bottom() + body_below - pager_height;
        float const h = buttons->layout(layout_, width);
        buttons->place({x, pager_top + (pager_height - h) / 2, width, h});
        if (!tight) {
            painter_.fill({x, pager_top, width, theme_.stroke.divider}, theme_.color.divider);
            paint_at(*buttons, Region::Pager);
        }
    }

    void paint_window(Stack& body, PageCut const& cut, float y) {
        PaintScope const scope(context_);
        context_.from = cut.from - 0.5F;
        context_.to = cut.to;
        context_.dy = y + cut.inset - cut.from;
        context_.clip_top = y;
        context_.clip_bottom =
            cut.from > 0 || cut.to < body.rect().h ? context_.dy + cut.to + cut.inset_bottom : 1e9F;
        paint_at(body, Region::Body);
        context_.from = -1e9F;
        context_.to = 1e9F;
        context_.dy = 0;
    }

    int choose_page(std::vector<PageCut> const& pages, std::string const& name) {
        int& page = core_.pages[name];
        // What is being typed into, or was reached by key, is on the page that is shown.
        std::string const& wanted = core_.keyboard_open ? core_.editing : core_.focus;
        auto const at = core_.where.find(wanted);
        if (at != core_.where.end() && wanted != core_.shown_for && !wanted.empty()) {
            page = page_at(pages, at->second).value_or(page);
            core_.shown_for = wanted;
        }
        page = std::clamp(page, 0, static_cast<int>(pages.size()) - 1);
        return page;
    }

    void paint_dialog() {
        auto& dialog = *core_.tree.dialog;
        set_ground(theme_.color.cover, theme_.color.cover.ink);
        float const top = paint_english_strip(0);
        float const w = std::min(theme_.dialog, size_.w - 2 * theme_.margin);
        float const x = std::floor((size_.w - w) / 2);
        float const padding = theme_.large_text() ? 40 : 56;
        std::unique_ptr<Element> keys;
        float bottom = size_.h;
        if (core_.keyboard_open && core_.editing_field() != nullptr && !core_.editing_field()->inline_keys) {
            keys = docked_keyboard(core_);
            bottom -= keys->layout(layout_, size_.w);
            keys->place({0, bottom, size_.w, size_.h - bottom});
        }
        float const natural = dialog.pinned->layout(layout_, w - 2 * padding) +
                              dialog.body->layout(layout_, w - 2 * padding) +
                              (dialog.body->empty() ? 0 : theme_.space.s);
        float const h = std::min(bottom - top - 2 * theme_.space.m, natural + 2 * padding + 1);
        Rect const box{x, top + std::floor((bottom - top - h) / 2), w, h};
        painter_.shadow(box, theme_.radius.dialog);
        painter_.fill(box, theme_.color.surface, theme_.radius.dialog);
        if (theme_.color.high_contrast)
            painter_.outline(box, theme_.color.edge, 5, theme_.radius.dialog);
        PaintScope const scope(context_);
        context_.ground = theme_.color.surface;
        context_.ink = theme_.color.ink;
        context_.ink_2 = theme_.color.ink_2;
        Node node = core_.node_of(Role::Dialog, dialog.title, dialog.spec.key);
        node.live = Live::Assertive;
        node.id += "@dialog";
        context_.parent = context_.add(std::move(node), box);
        paint_body({box.x + padding, box.y + padding, box.w - 2 * padding, box.h - 2 * padding},
                   *dialog.pinned, *dialog.body, dialog.id, keys != nullptr, false);
        if (keys)
            paint_at(*keys, Region::Keyboard);
    }

    void paint_rings() {
        core_.settle_scan();
        auto const& scan = core_.settings.scan;
        auto const lit = scan.on ? scan_lit(core_.frame, core_.scan) : ScanGroup();
        if (lit.size() > 1) {
            core_.frame.nodes.push_back(core_.scan_node(lit));
            auto& group = core_.frame.nodes.back();
            group.focus_ring = paint_ring(group.rect, theme_.radius.control);
        }
        for (auto const& control : core_.controls) {
            bool const typed_into = core_.editing == control.id && !core_.focus_visible;
            if (!typed_into && !(core_.focus_visible && core_.focus == control.id))
                continue;
            core_.frame.nodes[static_cast<std::size_t>(control.node)].focus_ring =
                paint_ring(control.rect, control.radius);
        }
    }

    /// Around what stands at `at` on the screen; the box of the whole ring. At the screen's edge it moves
    /// inward: no side of it is cut off.
    Rect paint_ring(Rect at, float radius) {
        auto const& stroke = theme_.stroke;
        float const inner = stroke.focus_gap;
        float const middle = inner + (core_.settings.scan.on ? stroke.scan : stroke.focus);
        float const outer = middle + (core_.settings.scan.on ? stroke.scan_ring : stroke.focus_ring);
        Rect const whole = intersect(at.grown(outer), {0, 0, size_.w, size_.h});
        Rect r = whole.grown(-outer);
        // Rectangles of controls are already as on the screen.
        if (painter_.mirrored())
            r.x = size_.w - r.right();
        painter_.outline(r.grown(inner), theme_.color.surface, inner + 1, radius + inner);
        painter_.outline(r.grown(middle), theme_.color.focus, middle - inner + 1, radius + middle);
        painter_.outline(r.grown(outer), theme_.color.focus_ring, outer - middle, radius + outer);
        return whole;
    }

    Core& core_;
    Theme const& theme_;
    LayoutContext layout_;
    Size size_;
    Painter painter_;
    PaintContext context_;
};

} // namespace

void paint_screen(Core& core) {
    ScreenPainter(core).paint();
}

} // namespace portico::ui
