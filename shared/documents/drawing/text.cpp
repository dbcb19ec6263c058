#include "shared/documents/drawing/text.h"

#include <algorithm>
#include <cmath>

namespace portico::documents {

namespace {

// Inter first; then one family per script, so that the same letters look the same on every machine that
// has them.
constexpr char const* font_families =
    "Inter, Noto Sans, Noto Sans Arabic, Noto Sans Khmer, Noto Sans Devanagari, Noto Sans Gujarati, "
    "Noto Sans CJK SC, Droid Sans Fallback, Noto Sans Hebrew, Noto Sans Symbols";

void add(PangoAttrList* list, PangoAttribute* attribute) {
    attribute->start_index = PANGO_ATTR_INDEX_FROM_TEXT_BEGINNING;
    attribute->end_index = PANGO_ATTR_INDEX_TO_TEXT_END;
    pango_attr_list_insert(list, attribute);
}

double points(int pango_units) {
    return static_cast<double>(pango_units) / PANGO_SCALE;
}

constexpr double line_height_em = 1.4;

bool has_own_height(std::string_view text, Canvas const& canvas) {
    return paragraph_direction(text, canvas.language()) == Direction::RightToLeft;
}

using FontDescription = std::unique_ptr<PangoFontDescription, decltype(&pango_font_description_free)>;
using AttributeList = std::unique_ptr<PangoAttrList, decltype(&pango_attr_list_unref)>;

FontDescription font_of(LayoutLook const& look) {
    static FontDescription const families(pango_font_description_from_string(font_families),
                                          &pango_font_description_free);
    FontDescription font(pango_font_description_copy(families.get()), &pango_font_description_free);
    // Absolute: a unit is a point on paper, whatever resolution the font map assumes.
    pango_font_description_set_absolute_size(font.get(), look.size_pt * PANGO_SCALE);
    pango_font_description_set_weight(font.get(), static_cast<PangoWeight>(look.weight));
    return font;
}

LayoutStore::Layout lay_out(Canvas const& canvas, std::string_view text, LayoutLook const& look) {
    auto const direction = paragraph_direction(text, canvas.language());
    LayoutStore::Layout out(pango_layout_new(canvas.layouts()->context(direction)));
    auto* layout = out.get();
    pango_layout_set_font_description(layout, font_of(look).get());

    AttributeList const attributes(pango_attr_list_new(), &pango_attr_list_unref);
    add(attributes.get(), pango_attr_font_features_new(look.identifier ? "tnum=1, ss02=1" : "tnum=1"));
    add(attributes.get(), pango_attr_insert_hyphens_new(FALSE));
    // Noto Sans Arabic asks for 2.1 times the size, for signs of the Quran that no text of ours has; so lines
    // of words that run to the left have a height of ours, with their baseline where that of Latin ones is.
    bool const own_height = direction == Direction::RightToLeft;
    if (own_height)
        add(attributes.get(), pango_attr_line_height_new_absolute(static_cast<int>(std::lround(
                                  look.size_pt * line_height_em * look.line_spacing * PANGO_SCALE))));
    pango_layout_set_attributes(layout, attributes.get());

    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    // The factor would be of the font's height, not of ours.
    pango_layout_set_line_spacing(layout, own_height ? 0 : static_cast<float>(look.line_spacing));
    if (look.width >= 0)
        pango_layout_set_width(layout, look.width);
    pango_layout_set_alignment(layout, look.alignment);
    pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
    return out;
}

} // namespace

TextBlock::TextBlock(Canvas& canvas, std::string_view text, TextStyle const& style)
    : TextBlock(canvas, text, style, -1) {}

TextBlock::TextBlock(Canvas& canvas, std::string_view text, TextStyle const& style, double width_pt)
    : canvas_(&canvas), style_(style), width_pt_(width_pt) {
    // Left is left on paper, in whatever direction the words run; on a mirrored page it is right.
    bool const right = style.align != Align::Center && (style.align == Align::Right) != canvas.mirrored();
    LayoutLook const look{.size_pt = style.size_pt,
                          .line_spacing = style.line_spacing,
                          .width = width_pt >= 0 ? static_cast<int>(std::lround(width_pt * PANGO_SCALE)) : -1,
                          .weight = static_cast<std::uint16_t>(style.weight),
                          .alignment = style.align == Align::Center ? PANGO_ALIGN_CENTER
                                       : right                      ? PANGO_ALIGN_RIGHT
                                                                    : PANGO_ALIGN_LEFT,
                          .identifier = style.identifier};
    auto laid_out = canvas.layouts()->take(text, look);
    if (!laid_out)
        laid_out = lay_out(canvas, text, look);
    layout_ = {laid_out.release(), GiveBack{canvas.layouts(), look}};
}

void TextBlock::break_words() {
    wrap_ = PANGO_WRAP_WORD_CHAR;
}

void TextBlock::cut_to(int lines_max) {
    break_words();
    lines_max_ = lines_max;
}

/// Wrapped and cut as this block is to be. One that was so before is not laid out again.
PangoLayout* TextBlock::layout() const {
    auto* layout = layout_.get();
    pango_layout_set_wrap(layout, wrap_);
    pango_layout_set_height(layout, lines_max_ > 0 ? -lines_max_ : -1);
    pango_layout_set_ellipsize(layout, lines_max_ > 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
    return layout;
}

double TextBlock::width() const {
    int width = 0;
    pango_layout_get_size(layout(), &width, nullptr);
    return points(width);
}

double TextBlock::text_width() const {
    PangoRectangle logical{};
    pango_layout_get_extents(layout(), nullptr, &logical);
    return points(logical.width);
}

double TextBlock::height() const {
    int height = 0;
    pango_layout_get_size(layout(), nullptr, &height);
    return points(height);
}

double TextBlock::baseline() const {
    return points(pango_layout_get_baseline(layout()));
}

TextBlock::Ink TextBlock::ink() const {
    PangoRectangle drawn{};
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout(), 0), &drawn, nullptr);
    return {points(-drawn.y), points(drawn.y + drawn.height)};
}

int TextBlock::line_count() const {
    return pango_layout_get_line_count(layout());
}

bool TextBlock::is_cut() const {
    return pango_layout_is_ellipsized(layout()) != 0;
}

bool TextBlock::overflows() const {
    return width_pt_ >= 0 && width() > width_pt_ + 0.01;
}

int TextBlock::unknown_glyph_count() const {
    return pango_layout_get_unknown_glyphs_count(layout());
}

void TextBlock::draw(double x, double y) const {
    canvas_->set_color(style_.color);
    cairo_move_to(canvas_->cairo(), canvas_->mapped(x, width_pt_ >= 0 ? width_pt_ : width()), y);
    pango_cairo_show_layout(canvas_->cairo(), layout());
}

double TextBlock::line_height(int line) const {
    auto* found = pango_layout_get_line_readonly(layout(), line);
    if (found == nullptr)
        return 0;
    PangoRectangle logical{};
    pango_layout_line_get_extents(found, nullptr, &logical);
    return points(logical.height) *
           (has_own_height(pango_layout_get_text(layout()), *canvas_) ? 1 : style_.line_spacing);
}

void TextBlock::draw_lines(double x, double y, int first, int count) const {
    canvas_->set_color(style_.color);
    for (int line = first; line < std::min(first + count, line_count()); ++line) {
        auto* found = pango_layout_get_line_readonly(layout(), line);
        PangoRectangle logical{};
        pango_layout_line_get_extents(found, nullptr, &logical);
        cairo_move_to(canvas_->cairo(), canvas_->mapped(x, points(logical.width)), y - points(logical.y));
        pango_cairo_show_layout_line(canvas_->cairo(), found);
        y += line_height(line);
    }
}

namespace {

enum class Isolates : std::uint8_t { Kept, Dropped };

std::string on_one_line(std::string_view text, Isolates isolates) {
    std::unique_ptr<char, decltype(&g_free)> const valid(
        g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())), &g_free);
    std::string out;
    bool blank_due = false;
    for (char const* at = valid.get(); *at != '\0'; at = g_utf8_next_char(at)) {
        auto const letter = g_utf8_get_char(at);
        auto const type = g_unichar_type(letter);
        // Joiners and the zero-width space shape Khmer and Arabic; the marks that turn direction do not
        // belong in a field.
        bool const isolate = letter >= 0x2066 && letter <= 0x2069;
        bool const turns =
            (letter >= 0x202A && letter <= 0x202E) || (isolate && isolates == Isolates::Dropped);
        if (g_unichar_isspace(letter) != 0 || type == G_UNICODE_CONTROL || turns) {
            blank_due = !out.empty();
            continue;
        }
        if (blank_due)
            out += ' ';
        blank_due = false;
        out.append(at, static_cast<std::size_t>(g_utf8_next_char(at) - at));
    }
    return out;
}

} // namespace

std::string printable(std::string_view text) {
    return on_one_line(text, Isolates::Dropped);
}

std::string printable_words(std::string_view text) {
    return on_one_line(text, Isolates::Kept);
}

} // namespace portico::documents
