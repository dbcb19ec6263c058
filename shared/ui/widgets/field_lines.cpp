#include "shared/ui/widgets/field_lines.h"

#include "shared/ui/layout/paint_context.h"

#include <algorithm>
#include <cmath>

namespace portico::ui {
namespace {

FontToken line_font(Core const& core) {
    FontToken font = core.theme.scaled(core.theme.type.row);
    font.weight = 400;
    return font;
}

/// Text that runs to the left stands at the right of a screen that runs to the right.
TextLook look_of(Core const& core, FontToken font, ResolvedText const& text) {
    bool const other_way =
        paragraph_direction(text.text, text.language) == Direction::RightToLeft && !core.right_to_left();
    return {font, other_way ? Align::End : Align::Start, false};
}

/// How far the text is moved up, in whole lines, for the caret's line to be seen.
float scrolled(ShapedText const& text, std::size_t caret_line, float height) {
    auto const& lines = text.lines();
    float const bottom = lines[caret_line].box.bottom();
    float shift = 0;
    for (std::size_t first = 0; first < caret_line && bottom - shift > height + 1; ++first)
        shift = lines[first].box.bottom();
    return shift;
}

void paint_caret(PaintContext& context, ShapedText const& text, Rect r, std::size_t byte, float shift) {
    auto const& line = text.lines()[text.line_of(byte)];
    float const visual = text.caret_x(byte);
    // Pango counts from the left of the whole width, the painter from the side where lines begin.
    float const from_start = context.painter.mirrored() ? r.w - visual : visual;
    context.painter.fill({r.x + std::min(from_start, r.w - 3) + 1, r.y + line.box.y - shift, 4, line.box.h},
                         context.ink);
}

} // namespace

std::unique_ptr<Drawing> lines_inside(Core& core, std::string id, ResolvedText shown, int lines) {
    auto const font = line_font(core);
    Size const size{200, font.line * static_cast<float>(lines)};
    auto drawing = std::make_unique<Drawing>(size, [&core, id = std::move(id), shown = std::move(shown),
                                                    font](PaintContext& context, Rect r) {
        auto const text = context.layout.text.shape(shown, look_of(core, font, shown), r.w);
        bool const typing = core.editing == id;
        std::size_t const byte = typing ? std::min(core.caret, shown.text.size()) : 0;
        if (typing)
            core.lines_width = r.w;
        float const shift = typing ? scrolled(*text, text->line_of(byte), r.h) : 0;
        auto const inside = [&] {
            // A line that has no room is not drawn by half.
            context.painter.text(*text, {r.x, r.y - shift}, context.ink, r.y - 1, r.bottom() + 1);
            if (typing)
                paint_caret(context, *text, r, byte, shift);
        };
        context.painter.push_clip(r.grown(6));
        // As in a field of one line: what runs to the right begins at the left on any screen.
        if (text->right_to_left())
            inside();
        else
            context.painter.as_it_stands(r, inside);
        context.painter.pop_clip();
        if (!shown.text.empty())
            context.add_run(intersect({r.x, r.y - shift, r.w, text->size().h}, r), context.ink, font.size);
    });
    drawing->min_w = 160;
    drawing->grow = 1;
    return drawing;
}

std::size_t between_lines(Core& core, ResolvedText const& shown, Edit::Kind kind) {
    auto const text =
        core.text.shape(shown, look_of(core, line_font(core), shown), std::max(1.0F, core.lines_width));
    auto const byte = std::min(core.caret, shown.text.size());
    auto const line = text->line_of(byte);
    if (kind == Edit::Kind::Up)
        return line == 0 ? 0 : text->byte_at(line - 1, text->caret_x(byte));
    return line + 1 >= text->lines().size() ? shown.text.size()
                                            : text->byte_at(line + 1, text->caret_x(byte));
}

} // namespace portico::ui
