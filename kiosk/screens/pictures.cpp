#include "kiosk/screens/pictures.h"

#include "shared/ui/draw/painter.h"
#include "shared/ui/theme.h"

namespace portico::kiosk {

namespace {

using ui::Painter;
using ui::Point;
using ui::Rect;

/// A figure drawn on a grid of 210 x 150, fitted into the box it is given.
class Grid {
public:
    Grid(Painter& painter, Rect box, float width = 210, float height = 150)
        : painter_(painter), scale_(std::min(box.w / width, box.h / height)),
          left_(box.x + (box.w - width * scale_) / 2), top_(box.y + (box.h - height * scale_) / 2) {}

    Rect rect(float x, float y, float w, float h) const {
        return {left_ + x * scale_, top_ + y * scale_, w * scale_, h * scale_};
    }
    Point point(float x, float y) const { return {left_ + x * scale_, top_ + y * scale_}; }
    float px(float length) const { return length * scale_; }

    Painter& paint() const { return painter_; }
    ui::Palette const& color() const { return painter_.theme().color; }

private:
    Painter& painter_;
    float scale_, left_, top_;
};

ui::PictureDraw of(void (*body)(Grid const&), ui::Size size = {210, 150}) {
    return {.draw =
                [body, size](Painter& painter, Rect box) {
                    painter.as_it_stands(box, [&] { body(Grid(painter, box, size.w, size.h)); });
                },
            .size = size};
}

void ground(Grid const& g) {
    g.paint().fill(g.rect(0, 0, 210, 150), g.color().icon_ground, g.px(24));
}
void slot(Grid const& g) {
    g.paint().fill(g.rect(20, 92, 170, 58), g.color().asked);
    g.paint().fill(g.rect(70, 104, 70, 14), g.color().cover.ground, g.px(5));
}

void draw_key(Grid const& g) {
    ground(g);
    slot(g);
    g.paint().fill(g.rect(82, 76, 46, 36), g.color().divider);
    g.paint().fill(g.rect(68, 10, 74, 70), g.color().primary.ground, g.px(18));
    g.paint().circle(g.point(105, 45), g.px(19), g.color().you);
    if (g.color().high_contrast)
        g.paint().circle_outline(g.point(105, 45), g.px(19), g.color().you_edge, 3);
}

void draw_card(Grid const& g) {
    ground(g);
    auto const& c = g.color();
    g.paint().fill(g.rect(58, 10, 94, 100), c.surface, g.px(12));
    g.paint().outline(g.rect(58, 10, 94, 100), c.primary.ground, 4, g.px(12));
    g.paint().fill(g.rect(70, 28, 50, 8), c.discount_edge, g.px(4));
    g.paint().fill(g.rect(70, 46, 34, 8), c.discount_edge, g.px(4));
    g.paint().fill(g.rect(70, 66, 30, 28), c.you, g.px(5));
    g.paint().fill(g.rect(20, 104, 170, 46), c.asked);
    g.paint().fill(g.rect(46, 100, 118, 14), c.cover.ground, g.px(7));
}

void draw_username(Grid const& g) {
    ground(g);
    auto const& c = g.color();
    for (float y : {28.0F, 80.0F}) {
        g.paint().fill(g.rect(28, y, 154, 42), c.surface, g.px(10));
        g.paint().outline(g.rect(28, y, 154, 42), c.primary.ground, 4, g.px(10));
    }
    g.paint().fill(g.rect(44, 45, 60, 8), c.discount_edge, g.px(4));
    for (float x : {50.0F, 72.0F, 94.0F, 116.0F})
        g.paint().circle(g.point(x, 101), g.px(7), c.ink);
}

void draw_touch(Grid const& g) {
    auto const& c = g.color();
    g.paint().fill(g.rect(74, 96, 52, 40), c.discount_edge);
    g.paint().fill(g.rect(60, 14, 80, 86), c.primary.ground, g.px(18));
    g.paint().circle(g.point(100, 58), g.px(22), c.you);
    g.paint().circle_outline(g.point(100, 58), g.px(31), c.you, 4);
    g.paint().line(g.point(12, 84), g.point(56, 70), c.ink, g.px(14));
    g.paint().line(g.point(56, 70), g.point(92, 62), c.ink, g.px(14));
}

void draw_printer(Grid const& g) {
    auto const& c = g.color();
    g.paint().fill(g.rect(20, 20, 170, 62), c.asked, g.px(14));
    g.paint().fill(g.rect(46, 58, 118, 12), c.cover.ground, g.px(6));
    g.paint().fill(g.rect(58, 64, 94, 66), c.surface, g.px(8));
    g.paint().outline(g.rect(58, 64, 94, 66), c.primary.ground, 4, g.px(8));
}

void draw_welcome(Grid const& g) {
    auto const& c = g.color();
    bool const plain = c.high_contrast;
    auto arch = [&](float x, float y, float w, float h, ui::Color color) {
        g.paint().arch(g.rect(x, y, w, h), color);
    };
    arch(0, 0, 460, 520, plain ? c.ink : ui::rgb(0x12574B));
    arch(50, 70, 360, 450, plain ? c.page : ui::rgb(0x1B6B5D));
    arch(100, 145, 260, 375, plain ? c.ink : c.you);
    arch(145, 210, 170, 310, plain ? c.page : ui::rgb(0xFFD98F));
    g.paint().circle(g.point(230, 350), g.px(34), plain ? c.ink : c.welcome.ground);
    g.paint().arch(g.rect(170, 395, 120, 125), plain ? c.ink : c.welcome.ground);
}

} // namespace

ui::PictureDraw key_picture() {
    return of(draw_key);
}
ui::PictureDraw card_picture() {
    return of(draw_card);
}
ui::PictureDraw username_picture() {
    return of(draw_username);
}
ui::PictureDraw touch_picture() {
    return of(draw_touch);
}
ui::PictureDraw printer_picture() {
    return of(draw_printer);
}
ui::PictureDraw welcome_picture() {
    return of(draw_welcome, {460, 520});
}

} // namespace portico::kiosk
