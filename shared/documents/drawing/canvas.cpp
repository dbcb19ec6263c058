#include "shared/documents/drawing/canvas.h"

#include <algorithm>
#include <cairo-pdf.h>
#include <numbers>

namespace portico::documents {

namespace {

constexpr double pi = std::numbers::pi;

cairo_status_t append(void* sink, unsigned char const* data, unsigned int length) {
    auto* bytes = static_cast<Bytes*>(sink);
    bytes->insert(bytes->end(), data, data + length);
    return CAIRO_STATUS_SUCCESS;
}

} // namespace

Canvas::Canvas(std::shared_ptr<Bytes> sink, cairo_surface_t* surface, double width_pt, std::string language,
               std::shared_ptr<LayoutStore> layouts)
    : sink_(std::move(sink)), surface_(surface), cairo_(cairo_create(surface)), layouts_(std::move(layouts)),
      width_pt_(width_pt),
      mirrored_(direction_of(language) == Direction::RightToLeft), access_{std::move(language), {}} {}

Canvas Canvas::pdf(double width_pt, double height_pt, PdfInformation const& information) {
    return pdf(width_pt, height_pt, information, std::make_shared<LayoutStore>());
}

Canvas Canvas::measuring(double width_pt, PdfInformation const& information) {
    return {nullptr, cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1), width_pt, information.language,
            std::make_shared<LayoutStore>()};
}

Canvas Canvas::pdf_after(Canvas const& measuring, double height_pt, PdfInformation const& information) {
    return pdf(measuring.width_pt_, height_pt, information, measuring.layouts_);
}

Canvas Canvas::pdf(double width_pt, double height_pt, PdfInformation const& information,
                   std::shared_ptr<LayoutStore> layouts) {
    auto sink = std::make_shared<Bytes>();
    auto* surface = cairo_pdf_surface_create_for_stream(append, sink.get(), width_pt, height_pt);
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, information.title.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Portico");
    auto const& created = information.created;
    Date const day{created.is_empty() ? 1970 : created.year, std::max(created.month, 1),
                   std::max(created.day, 1)};
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   (day.text() + "T00:00:00Z").c_str());
    return {std::move(sink), surface, width_pt, information.language, std::move(layouts)};
}

Canvas Canvas::picture(int width_px, int height_px, double scale, std::string const& language) {
    Canvas canvas(nullptr, cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width_px, height_px),
                  width_px / scale, language, std::make_shared<LayoutStore>());
    cairo_scale(canvas.cairo(), scale, scale);
    for (auto const direction : {Direction::LeftToRight, Direction::RightToLeft})
        pango_cairo_update_context(canvas.cairo(), canvas.layouts_->context(direction));
    return canvas;
}

Result<Bytes> Canvas::finish_pdf() {
    cairo_surface_finish(surface_.get());
    if (cairo_status(cairo_.get()) != CAIRO_STATUS_SUCCESS)
        return error(ErrorKind::Internal, "pdf_failed", cairo_status_to_string(cairo_status(cairo_.get())));
    if (cairo_surface_status(surface_.get()) != CAIRO_STATUS_SUCCESS)
        return error(ErrorKind::Internal, "pdf_failed",
                     cairo_status_to_string(cairo_surface_status(surface_.get())));
    return with_access(*sink_, access_);
}

Result<Bitmap> Canvas::finish_picture() {
    cairo_surface_flush(surface_.get());
    if (cairo_status(cairo_.get()) != CAIRO_STATUS_SUCCESS)
        return error(ErrorKind::Internal, "picture_failed",
                     cairo_status_to_string(cairo_status(cairo_.get())));
    Bitmap out;
    out.width = cairo_image_surface_get_width(surface_.get());
    out.height = cairo_image_surface_get_height(surface_.get());
    out.stride = out.width;
    auto const row_bytes = static_cast<std::size_t>(cairo_image_surface_get_stride(surface_.get()));
    auto const* data = cairo_image_surface_get_data(surface_.get());
    out.pixels.resize(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height));
    for (std::size_t row = 0; row < static_cast<std::size_t>(out.height); ++row)
        std::copy_n(reinterpret_cast<std::uint32_t const*>(data + row * row_bytes), out.width,
                    out.pixels.begin() +
                        static_cast<std::ptrdiff_t>(row * static_cast<std::size_t>(out.width)));
    return out;
}

void Canvas::set_color(Color color) {
    auto const part = [&](unsigned shift) {
        return static_cast<double>((color.rgb >> shift) & 0xFFU) / 255.0;
    };
    cairo_set_source_rgb(cairo_.get(), part(16), part(8), part(0));
}

void Canvas::rounded(Rect const& area, double radius) {
    auto* cr = cairo_.get();
    if (radius <= 0) {
        cairo_rectangle(cr, area.x, area.y, area.width, area.height);
        return;
    }
    auto const r = std::min({radius, area.width / 2, area.height / 2});
    cairo_new_sub_path(cr);
    cairo_arc(cr, area.right() - r, area.y + r, r, -pi / 2, 0);
    cairo_arc(cr, area.right() - r, area.bottom() - r, r, 0, pi / 2);
    cairo_arc(cr, area.x + r, area.bottom() - r, r, pi / 2, pi);
    cairo_arc(cr, area.x + r, area.y + r, r, pi, 3 * pi / 2);
    cairo_close_path(cr);
}

void Canvas::fill(Rect const& area, Color color, double radius) {
    set_color(color);
    rounded(mapped(area), radius);
    cairo_fill(cairo_.get());
}

void Canvas::stroke(Rect const& given, Color color, double line_width, double radius) {
    Rect const area = mapped(given);
    set_color(color);
    cairo_set_line_width(cairo_.get(), line_width);
    rounded(
        {area.x + line_width / 2, area.y + line_width / 2, area.width - line_width, area.height - line_width},
        radius);
    cairo_stroke(cairo_.get());
}

void Canvas::line(double x1, double y1, double x2, double y2, Color color, double line_width) {
    set_color(color);
    cairo_set_line_width(cairo_.get(), line_width);
    cairo_move_to(cairo_.get(), mapped(x1, 0), y1);
    cairo_line_to(cairo_.get(), mapped(x2, 0), y2);
    cairo_stroke(cairo_.get());
}

void Canvas::clip_rounded(Rect const& area, double radius) {
    rounded(mapped(area), radius);
    cairo_clip(cairo_.get());
}

void Canvas::hatch(Rect const& given, Color lines, Color outline) {
    Rect const area = mapped(given);
    auto* cr = cairo_.get();
    constexpr double step_pt = 4.5;
    constexpr double radius_pt = 2;
    cairo_save(cr);
    rounded(area, radius_pt);
    cairo_clip(cr);
    set_color(lines);
    cairo_set_line_width(cr, 1.2);
    auto const count = static_cast<int>((area.width + area.height) / step_pt) + 1;
    for (int index = 0; index <= count; ++index) {
        auto const x = area.x + index * step_pt;
        cairo_move_to(cr, x, area.y);
        cairo_line_to(cr, x - area.height, area.bottom());
    }
    cairo_stroke(cr);
    cairo_restore(cr);
    stroke(given, outline, 1, radius_pt);
}

void Canvas::mark(double x, double y, double height, Color outer, std::optional<Color> inner) {
    auto* cr = cairo_.get();
    auto const width = mark_width(height);
    x = mapped(x, width);
    auto const foot = y + height;
    auto const radius = width / 2;
    auto const inner_radius = width * 0.215;
    auto const center = x + radius;
    auto const inner_top = y + height * 0.33 + inner_radius;
    // One outline around both arches: two shapes with a common edge would show a hairline at the foot.
    set_color(outer);
    cairo_new_path(cr);
    cairo_move_to(cr, x, foot);
    cairo_arc(cr, center, y + radius, radius, pi, 2 * pi);
    cairo_line_to(cr, x + width, foot);
    cairo_line_to(cr, center + inner_radius, foot);
    cairo_arc_negative(cr, center, inner_top, inner_radius, 2 * pi, pi);
    cairo_line_to(cr, center - inner_radius, foot);
    cairo_close_path(cr);
    cairo_fill(cr);
    if (!inner)
        return;
    set_color(*inner);
    cairo_move_to(cr, center - inner_radius, foot);
    cairo_arc(cr, center, inner_top, inner_radius, pi, 2 * pi);
    cairo_line_to(cr, center + inner_radius, foot);
    cairo_close_path(cr);
    cairo_fill(cr);
}

} // namespace portico::documents
