#include "shared/ui/ui.h"
#include "shared/ui/widgets/parts.h"

#include <imgui.h>

#include <cmath>

namespace portico::ui {

void Ui::image(Text const& label, ImageSpec const& spec) {
    if (!spec.bitmap || spec.bitmap->width <= 0 || spec.bitmap->height <= 0)
        return;
    auto& core = core_;
    float const ratio = static_cast<float>(spec.bitmap->height) / static_cast<float>(spec.bitmap->width);
    Size const size{spec.width_max, std::round(spec.width_max * ratio)};
    auto const bitmap = spec.bitmap;
    float const radius = spec.radius;
    bool const outlined = spec.outlined;
    auto drawing = std::make_unique<Drawing>(size, [&core, bitmap, radius, outlined,
                                                    ratio](PaintContext& context, Rect r) {
        r.h = std::round(r.w * ratio);
        auto& painter = context.painter;
        auto const& texture = core.images.get(bitmap, static_cast<int>(r.w), static_cast<int>(r.h), radius);
        Rect const at = painter.mapped(r);
        float const x = std::round(at.x);
        float const y = std::round(at.y);
        painter.shadow(r, radius);
        painter.list().AddImage(
            const_cast<Texture*>(&texture), {x, y},
            {x + static_cast<float>(texture.width), y + static_cast<float>(texture.height)});
        if (outlined)
            painter.outline(r.grown(1), painter.theme().color.edge, 3, radius);
    });
    drawing->keep_ratio = true;
    drawing->min_w = 200;
    drawing->node = core_.node_of(Role::Image, label, spec.key);
    auto& stack = core_.parent().add<Stack>(0.0F, Align::Center);
    stack.add(std::move(drawing));
}

void Ui::picture(Text const& label, PictureSpec const& spec) {
    auto draw = spec.picture.draw;
    auto drawing = std::make_unique<Drawing>(spec.picture.size, [draw](PaintContext& context, Rect r) {
        context.painter.as_it_stands(r, [&] { draw(context.painter, r); });
    });
    drawing->keep_ratio = true;
    drawing->min_w = std::min(spec.picture.size.w, 120.0F);
    drawing->node = core_.node_of(Role::Picture, label, spec.key);
    auto& stack = core_.parent().add<Stack>(0.0F, spec.align);
    stack.shrink = true;
    stack.add(std::move(drawing));
}

} // namespace portico::ui
