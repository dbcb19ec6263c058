#include "shared/ui/text/text_engine.h"

#include "shared/base/language.h"
#include "shared/base/secret.h"
#include "shared/ui/text/icons.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>

namespace portico::ui {
namespace {

// Layouts not used for so many frames are dropped.
constexpr std::uint64_t keep_frames = 240;
constexpr std::size_t keep_entries_max = 4000;
constexpr float title_from_px = 40;
constexpr float title_tracking = -0.018F;

/// Inter first, then Noto by script; Pango takes the next family for what one lacks.
std::string families(std::string const& language) {
    std::string const rest =
        ",Noto Sans Arabic,Noto Sans Khmer,Noto Sans Devanagari,Noto Sans Gujarati,Noto Sans CJK "
        "SC,sans-serif";
    if (language.rfind("ar", 0) == 0)
        return "Inter,Noto Sans Arabic" + rest;
    if (language.rfind("km", 0) == 0)
        return "Inter,Noto Sans Khmer" + rest;
    if (language.rfind("ko", 0) == 0)
        return "Inter,Noto Sans,Noto Sans CJK KR" + rest;
    return "Inter,Noto Sans" + rest;
}

float px(int pango_units) {
    return static_cast<float>(pango_units) / PANGO_SCALE;
}

void add_number(std::string& key, long number) {
    char bytes[sizeof number];
    std::memcpy(bytes, &number, sizeof number);
    key.append(bytes, sizeof number);
}

/// Made for every text of every frame, so it holds plain bytes.
std::string cache_key(ResolvedText const& text, TextLook const& look, float width) {
    std::string key;
    key.reserve(text.text.size() + text.language.size() + 2 + (6 + 2 * text.bold.size()) * sizeof(long));
    key = text.text;
    key += '\0';
    key += text.language;
    key += '\0';
    add_number(key, std::lround(look.font.size * 4));
    add_number(key, look.font.weight);
    add_number(key, std::lround(look.font.line * 4));
    add_number(key, static_cast<long>(look.align) * 2 + (look.underline ? 1 : 0));
    add_number(key, std::lround(width * 4));
    for (auto const& [from, to] : text.bold) {
        add_number(key, static_cast<long>(from));
        add_number(key, static_cast<long>(to));
    }
    return key;
}

void set_font(PangoLayout* layout, std::string const& language, FontToken const& token) {
    auto* font = pango_font_description_from_string(families(language).c_str());
    pango_font_description_set_absolute_size(font, static_cast<double>(token.size) * PANGO_SCALE);
    pango_font_description_set_weight(font, static_cast<PangoWeight>(token.weight));
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
}

/// How far a line reaches above and below its baseline, in px.
struct Rise {
    float above = 0, below = 0;
};

/// Of a script whose letters stand higher and hang lower than Latin ones. It is the same for every line of
/// the language, so that its words and the names and amounts beside them stand on one line although the fonts
/// differ; and it is less than Noto Sans Arabic asks for (2.1 times the size, for signs of the Quran that no
/// text of ours has).
std::optional<Rise> rise_of(std::string const& language, float size) {
    if (language.rfind("ar", 0) == 0)
        return Rise{1.02F * size, 0.42F * size};
    if (language.rfind("km", 0) == 0)
        return Rise{0.98F * size, 0.34F * size};
    return std::nullopt;
}

/// Letters that hang together, or stand over each other, must not be moved closer.
bool takes_tracking(ResolvedText const& text) {
    return paragraph_direction(text.text, text.language) == Direction::LeftToRight &&
           text.language.rfind("km", 0) != 0;
}

void set_attributes(PangoLayout* layout, ResolvedText const& text, TextLook const& look, bool title) {
    auto* attributes = pango_attr_list_new();
    // Tabular figures, so that amounts line up under each other.
    pango_attr_list_insert(attributes, pango_attr_font_features_new("tnum=1"));
    pango_attr_list_insert(attributes,
                           pango_attr_language_new(pango_language_from_string(text.language.c_str())));
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    if (title && takes_tracking(text))
        pango_attr_list_insert(attributes, pango_attr_letter_spacing_new(static_cast<int>(
                                               look.font.size * title_tracking * PANGO_SCALE)));
    if (look.underline)
        pango_attr_list_insert(attributes, pango_attr_underline_new(PANGO_UNDERLINE_SINGLE));
    for (auto const& [from, to] : text.bold) {
        auto* bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
        bold->start_index = static_cast<guint>(from);
        bold->end_index = static_cast<guint>(std::min(to, text.text.size()));
        pango_attr_list_insert(attributes, bold);
    }
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
}

ShapedText::Line measured(PangoLayoutLine* line, TextLook const& look, float top,
                          std::optional<Rise> const& rise) {
    PangoRectangle ink;
    PangoRectangle logical;
    pango_layout_line_get_extents(line, &ink, &logical);
    // What a letter has beyond that is seen all the same.
    float const above = rise ? std::max(rise->above, -px(ink.y)) : -px(logical.y);
    float const below = rise ? std::max(rise->below, px(ink.y + ink.height)) : px(logical.y + logical.height);
    float const height = std::max(look.font.line, std::round(above + below));
    ShapedText::Line out;
    out.box = {0, top, std::ceil(px(logical.width)), height};
    out.baseline = std::round(top + (height - above - below) / 2 + above);
    // One pixel around, for the edges that anti-aliasing softens.
    out.ink_x = std::floor(px(ink.x)) - 1;
    out.ink_y = out.baseline + std::floor(px(ink.y)) - 1;
    out.ink_w = ink.width == 0 ? 0 : static_cast<int>(std::ceil(px(ink.x + ink.width)) - out.ink_x) + 1;
    out.ink_h = ink.height == 0
                    ? 0
                    : static_cast<int>(std::ceil(px(ink.y + ink.height)) + out.baseline - out.ink_y) + 1;
    return out;
}

} // namespace

ShapedText::~ShapedText() {
    if (layout_ == nullptr)
        return;
    // The text may be personal: overwrite Pango's copy before it goes back to the heap.
    char const* text = pango_layout_get_text(layout_);
    portico::wipe(const_cast<char*>(text), std::strlen(text));
    g_object_unref(layout_);
}

float ShapedText::caret_x(std::size_t byte) const {
    PangoRectangle strong;
    pango_layout_get_cursor_pos(layout_, static_cast<int>(byte), &strong, nullptr);
    return px(strong.x) / zoom_;
}

std::size_t ShapedText::line_of(std::size_t byte) const {
    int line = 0;
    pango_layout_index_to_line_x(layout_, static_cast<int>(byte), FALSE, &line, nullptr);
    return static_cast<std::size_t>(std::max(0, line));
}

std::size_t ShapedText::byte_at(std::size_t line, float x) const {
    auto* wanted = pango_layout_get_line_readonly(layout_, static_cast<int>(line));
    if (wanted == nullptr)
        return 0;
    // Pango finds a place by its own heights of lines, which are not ours.
    PangoRectangle first;
    pango_layout_index_to_pos(layout_, wanted->start_index, &first);
    int byte = wanted->start_index;
    int trailing = 0;
    pango_layout_xy_to_index(layout_, static_cast<int>(x * zoom_ * PANGO_SCALE), first.y + first.height / 2,
                             &byte, &trailing);
    char const* const text = pango_layout_get_text(layout_);
    for (; trailing > 0 && text[byte] != '\0'; --trailing)
        byte = static_cast<int>(g_utf8_next_char(text + byte) - text);
    // Past the last letter of a line that wraps begins the next one.
    if (byte > wanted->start_index && line_of(static_cast<std::size_t>(byte)) != line)
        byte = static_cast<int>(g_utf8_prev_char(text + byte) - text);
    return static_cast<std::size_t>(byte);
}

TextEngine::TextEngine() {
    fonts_ = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (fonts_ == nullptr)
        return;
    context_ = pango_font_map_create_context(fonts_);
    context_right_to_left_ = pango_font_map_create_context(fonts_);
    auto* options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    for (auto* context : {context_, context_right_to_left_}) {
        pango_context_set_round_glyph_positions(context, FALSE);
        pango_cairo_context_set_font_options(context, options);
    }
    pango_context_set_base_dir(context_, PANGO_DIRECTION_LTR);
    pango_context_set_base_dir(context_right_to_left_, PANGO_DIRECTION_RTL);
    cairo_font_options_destroy(options);
}

TextEngine::~TextEngine() {
    forget();
    for (auto* context : {context_, context_right_to_left_})
        if (context != nullptr)
            g_object_unref(context);
    if (fonts_ != nullptr)
        g_object_unref(fonts_);
}

bool TextEngine::usable() const {
    if (context_ == nullptr)
        return false;
    auto* wanted = pango_font_description_from_string("Inter");
    auto* font = pango_font_map_load_font(fonts_, context_, wanted);
    pango_font_description_free(wanted);
    if (font == nullptr)
        return false;
    g_object_unref(font);
    return true;
}

void TextEngine::set_zoom(float zoom) {
    if (zoom == zoom_)
        return;
    forget();
    zoom_ = zoom;
}

void TextEngine::begin_frame() {
    ++frame_;
    atlas_.begin_frame();
    if (shaped_.size() > keep_entries_max)
        drop_unused();
}

void TextEngine::drop_unused() {
    for (auto it = shaped_.begin(); it != shaped_.end();)
        it = it->second.used + keep_frames < frame_ ? shaped_.erase(it) : std::next(it);
    if (shaped_.size() > keep_entries_max)
        shaped_.clear();
    longest_.clear();
}

std::shared_ptr<ShapedText> TextEngine::lay_out(ResolvedText const& text, TextLook const& look, float width) {
    auto out = std::make_shared<ShapedText>();
    out->look_ = look;
    out->zoom_ = zoom_;
    TextLook drawn = look;
    drawn.font.size *= zoom_;
    drawn.font.line *= zoom_;
    bool const right_to_left = paragraph_direction(text.text, text.language) == Direction::RightToLeft;
    auto* layout = pango_layout_new(right_to_left ? context_right_to_left_ : context_);
    out->layout_ = layout;
    set_font(layout, text.language, drawn.font);
    // The direction is that of the words around what is set apart in them; Pango would take the first letter
    // of all.
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_text(layout, text.text.c_str(), static_cast<int>(text.text.size()));
    set_attributes(layout, text, drawn, look.font.size >= title_from_px);
    pango_layout_set_width(layout, width > 0 ? static_cast<int>(width * zoom_ * PANGO_SCALE) : -1);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    float top = 0;
    float widest = 0;
    auto const rise = rise_of(text.language, drawn.font.size);
    for (int i = 0; i < pango_layout_get_line_count(layout); ++i) {
        out->lines_.push_back(measured(pango_layout_get_line_readonly(layout, i), drawn, top, rise));
        auto& box = out->lines_.back().box;
        top += box.h;
        box = {0, box.y / zoom_, box.w / zoom_, box.h / zoom_};
        widest = std::max(widest, box.w);
    }
    out->size_ = {look.align == Align::Start || width <= 0 ? widest : width, top / zoom_};
    for (auto& line : out->lines_) {
        float const room = out->size_.w - line.box.w;
        line.box.x =
            look.align == Align::Start ? 0 : std::floor(look.align == Align::Center ? room / 2 : room);
    }
    out->right_to_left_ = right_to_left;
    return out;
}

std::shared_ptr<ShapedText const> TextEngine::shape(ResolvedText const& text, TextLook const& look,
                                                    float width) {
    auto& entry = shaped_[cache_key(text, look, width)];
    entry.used = frame_;
    if (!entry.text)
        entry.text = lay_out(text, look, width);
    return entry.text;
}

float TextEngine::longest_word(ResolvedText const& text, TextLook const& look) {
    auto const key = cache_key(text, look, 1);
    auto const found = longest_.find(key);
    if (found != longest_.end())
        return found->second;
    auto const shaped = lay_out(text, look, 0);
    auto* layout = shaped->layout_;
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    pango_layout_set_width(layout, 1);
    float longest = 0;
    for (int i = 0; i < pango_layout_get_line_count(layout); ++i) {
        PangoRectangle logical;
        pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, i), nullptr, &logical);
        longest = std::max(longest, std::ceil(px(logical.width)) / zoom_);
    }
    longest_.emplace(key, longest);
    return longest;
}

AtlasSlot const& TextEngine::picture(ShapedText const& text, ShapedText::Line const& line) {
    if (line.ink_w <= 0 || line.ink_h <= 0 || atlas_.alive(line.slot))
        return line.slot;
    auto const index = static_cast<int>(&line - text.lines_.data());
    line.slot = atlas_.add(line.ink_w, line.ink_h, [&](std::uint8_t* pixels, int stride) {
        auto* surface =
            cairo_image_surface_create_for_data(pixels, CAIRO_FORMAT_A8, line.ink_w, line.ink_h, stride);
        auto* cairo = cairo_create(surface);
        cairo_move_to(cairo, -static_cast<double>(line.ink_x),
                      static_cast<double>(line.baseline - line.ink_y));
        pango_cairo_show_layout_line(cairo, pango_layout_get_line_readonly(text.layout_, index));
        cairo_destroy(cairo);
        cairo_surface_destroy(surface);
    });
    return line.slot;
}

AtlasSlot TextEngine::icon(std::string_view name, int size, bool turned) {
    auto& slot = icons_[{std::string(name), size, turned}];
    if (atlas_.alive(slot))
        return slot;
    bool known = true;
    slot = atlas_.add(size, size, [&](std::uint8_t* pixels, int stride) {
        auto* surface = cairo_image_surface_create_for_data(pixels, CAIRO_FORMAT_A8, size, size, stride);
        auto* cairo = cairo_create(surface);
        if (turned) {
            cairo_translate(cairo, size, 0);
            cairo_scale(cairo, -1, 1);
        }
        known = stroke_icon(cairo, name, size);
        cairo_destroy(cairo);
        cairo_surface_destroy(surface);
    });
    if (!known)
        slot.page = -1;
    return slot;
}

void TextEngine::forget() {
    atlas_.wipe();
    while (!shaped_.empty()) {
        auto node = shaped_.extract(shaped_.begin());
        portico::wipe(node.key());
    }
    while (!longest_.empty()) {
        auto node = longest_.extract(longest_.begin());
        portico::wipe(node.key());
    }
    icons_.clear();
}

} // namespace portico::ui
