#include "shared/documents/drawing/layout_store.h"

#include <functional>
#include <utility>

namespace portico::documents {

namespace {

/// More than the texts of a usual letter; a layout is a few kilobytes.
constexpr std::size_t kept_layouts_max = 4096;

/// Pango's font maps belong to one thread each; loading the fonts again for each document would cost more
/// than drawing it.
PangoFontMap* font_map() {
    thread_local std::unique_ptr<PangoFontMap, GObjectDelete> const map(
        pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
    return map.get();
}

std::size_t hash(std::string_view text, LayoutLook const& look) {
    auto const mixed = [](std::size_t seed, std::size_t value) {
        return seed ^ (value + 0x9E3779B97F4A7C15ULL + (seed << 6U) + (seed >> 2U));
    };
    auto out = std::hash<std::string_view>{}(text);
    out = mixed(out, std::hash<double>{}(look.size_pt));
    return mixed(out, std::hash<int>{}(look.width));
}

} // namespace

LayoutStore::LayoutStore()
    : left_to_right_(pango_font_map_create_context(font_map())),
      right_to_left_(pango_font_map_create_context(font_map())) {
    // The screen shows the same line breaks as the print: no hinting of either shape or width.
    std::unique_ptr<cairo_font_options_t, decltype(&cairo_font_options_destroy)> const options(
        cairo_font_options_create(), &cairo_font_options_destroy);
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    for (auto const direction : {Direction::LeftToRight, Direction::RightToLeft}) {
        bool const leftward = direction == Direction::RightToLeft;
        pango_cairo_context_set_font_options(context(direction), options.get());
        pango_context_set_base_dir(context(direction), leftward ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
        pango_context_set_round_glyph_positions(context(direction), FALSE);
    }
}

LayoutStore::Layout LayoutStore::take(std::string_view text, LayoutLook const& look) {
    auto const [first, last] = kept_.equal_range(hash(text, look));
    for (auto at = first; at != last; ++at) {
        if (at->second.look != look || pango_layout_get_text(at->second.layout.get()) != text)
            continue;
        auto layout = std::move(at->second.layout);
        kept_.erase(at);
        return layout;
    }
    return nullptr;
}

void LayoutStore::give_back(LayoutLook const& look, Layout layout) {
    if (kept_.size() >= kept_layouts_max)
        return;
    std::string_view const text = pango_layout_get_text(layout.get());
    kept_.emplace(hash(text, look), Kept{look, std::move(layout)});
}

} // namespace portico::documents
