#include "shared/ui/widgets/images.h"

#include "shared/base/secret.h"

#include <cairo.h>

#include <algorithm>
#include <numbers>

namespace portico::ui {
namespace {

constexpr std::uint64_t keep_frames = 60;

void round_clip(cairo_t* cairo, double w, double h, double r) {
    double const quarter = std::numbers::pi / 2;
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, w - r, r, r, -quarter, 0);
    cairo_arc(cairo, w - r, h - r, r, 0, quarter);
    cairo_arc(cairo, r, h - r, r, quarter, 2 * quarter);
    cairo_arc(cairo, r, r, r, 2 * quarter, 3 * quarter);
    cairo_close_path(cairo);
    cairo_clip(cairo);
}

std::unique_ptr<Texture> scaled(Bitmap const& source, int w, int h, float radius) {
    auto texture = std::make_unique<Texture>();
    texture->width = w;
    texture->height = h;
    texture->color.resize(static_cast<std::size_t>(w) * static_cast<std::size_t>(h));
    auto* to = cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(texture->color.data()),
                                                   CAIRO_FORMAT_ARGB32, w, h, w * 4);
    // Cairo only reads the source.
    auto* from = cairo_image_surface_create_for_data(
        reinterpret_cast<unsigned char*>(const_cast<std::uint32_t*>(source.pixels.data())),
        CAIRO_FORMAT_ARGB32, source.width, source.height, source.width * 4);
    auto* cairo = cairo_create(to);
    round_clip(cairo, w, h, static_cast<double>(radius));
    cairo_scale(cairo, static_cast<double>(w) / source.width, static_cast<double>(h) / source.height);
    cairo_set_source_surface(cairo, from, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_GOOD);
    cairo_paint(cairo);
    cairo_destroy(cairo);
    cairo_surface_destroy(from);
    cairo_surface_destroy(to);
    return texture;
}

} // namespace

Texture const& Images::get(std::shared_ptr<Bitmap const> const& bitmap, int w, int h, float radius) {
    for (auto& entry : entries_) {
        if (entry.source == bitmap && entry.w == w && entry.h == h) {
            entry.used = frame_;
            return *entry.texture;
        }
    }
    entries_.push_back({bitmap, w, h, scaled(*bitmap, w, h, radius), frame_});
    return *entries_.back().texture;
}

void Images::begin_frame() {
    ++frame_;
    auto const old = std::remove_if(entries_.begin(), entries_.end(),
                                    [&](Entry const& entry) { return entry.used + keep_frames < frame_; });
    entries_.erase(old, entries_.end());
}

void Images::forget() {
    for (auto& entry : entries_)
        portico::wipe(entry.texture->color.data(), entry.texture->color.size() * sizeof(std::uint32_t));
    entries_.clear();
}

} // namespace portico::ui
