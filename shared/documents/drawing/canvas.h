#pragma once

#include "shared/base/encoding.h"
#include "shared/base/language.h"
#include "shared/base/result.h"
#include "shared/documents/bitmap.h"
#include "shared/documents/drawing/color.h"
#include "shared/documents/drawing/layout_store.h"
#include "shared/documents/drawing/pdf_access.h"
#include "shared/domain/date.h"

#include <cairo.h>
#include <memory>
#include <optional>
#include <pango/pangocairo.h>
#include <string>
#include <utility>

namespace portico::documents {

struct CairoDelete {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};

/// What a PDF says of itself. The date is the document's own, so that the same input gives the same bytes.
struct PdfInformation {
    std::string title;
    Date created;
    std::string language; ///< BCP 47
};

struct Rect {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    double right() const { return x + width; }
    double bottom() const { return y + height; }
};

/// A PDF or a picture to draw on, in points from the top left. One thread at a time; fonts are loaded once
/// per thread. In a language that runs to the left all that is given here is mirrored about the middle of the
/// page, except inside of `as_it_stands`: "left" in calls is the side where a line begins.
class Canvas {
public:
    static Canvas pdf(double width_pt, double height_pt, PdfInformation const& information);
    /// To measure what a PDF will show; then the PDF itself, which need not lay out anew what was measured.
    static Canvas measuring(double width_pt, PdfInformation const& information);
    static Canvas pdf_after(Canvas const& measuring, double height_pt, PdfInformation const& information);
    /// `scale`: pixels to a point. Begins transparent.
    static Canvas picture(int width_px, int height_px, double scale, std::string const& language = {});

    Canvas(Canvas&&) = default;
    Canvas& operator=(Canvas&&) = default;
    Canvas(Canvas const&) = delete;
    Canvas& operator=(Canvas const&) = delete;
    ~Canvas() = default;

    cairo_t* cairo() const { return cairo_.get(); }
    std::shared_ptr<LayoutStore> const& layouts() const { return layouts_; }
    std::string const& language() const { return access_.language; }
    bool mirrored() const { return mirrored_; }
    /// Where a box of that width comes to stand that was asked for at `x`.
    double mapped(double x, double width) const { return mirrored_ ? width_pt_ - x - width : x; }
    Rect mapped(Rect const& area) const {
        return {mapped(area.x, area.width), area.y, area.width, area.height};
    }
    /// What `body` draws keeps its left and right.
    template <class Body>
    void as_it_stands(Body&& body) {
        bool const before = std::exchange(mirrored_, false);
        body();
        mirrored_ = before;
    }

    void next_page() { cairo_show_page(cairo_.get()); }
    /// Words for who cannot see the figure that is tagged next, in a PDF.
    void say_figure(std::string words) { access_.figure_words.push_back(std::move(words)); }
    /// The bytes of the finished PDF. Errors: Internal "pdf_failed", also when a tagged "Figure" has no
    /// words.
    Result<Bytes> finish_pdf();
    /// Errors: Internal "picture_failed".
    Result<Bitmap> finish_picture();

    void fill(Rect const& area, Color color, double radius = 0);
    void stroke(Rect const& area, Color color, double line_width, double radius = 0);
    void line(double x1, double y1, double x2, double y2, Color color, double line_width);
    /// Diagonal lines inside `area`, with an outline.
    void hatch(Rect const& area, Color lines, Color outline);
    /// The mark: an arch within an arch, `height` tall, `mark_width(height)` wide.
    /// Without `inner` what is behind shows through.
    void mark(double x, double y, double height, Color outer, std::optional<Color> inner);
    void set_color(Color color);
    /// From here on nothing is drawn outside `area`.
    void clip_rounded(Rect const& area, double radius);

private:
    Canvas(std::shared_ptr<Bytes> sink, cairo_surface_t* surface, double width_pt, std::string language,
           std::shared_ptr<LayoutStore> layouts);
    static Canvas pdf(double width_pt, double height_pt, PdfInformation const& information,
                      std::shared_ptr<LayoutStore> layouts);
    void rounded(Rect const& area, double radius);

    std::shared_ptr<Bytes> sink_; // outlives the surface that writes to it
    std::unique_ptr<cairo_surface_t, CairoDelete> surface_;
    std::unique_ptr<cairo_t, CairoDelete> cairo_;
    std::shared_ptr<LayoutStore> layouts_;
    double width_pt_;
    bool mirrored_;
    PdfAccess access_;
};

inline constexpr double mark_width(double height) {
    return height * 0.96;
}

/// One structure element of a tagged PDF, open while this lives: "H1", "P", "Table", "TR", "TH", "TD"...
class Tag {
public:
    Tag(Canvas& canvas, char const* name) : cairo_(canvas.cairo()), name_(name) {
        cairo_tag_begin(cairo_, name_, nullptr);
    }
    ~Tag() { cairo_tag_end(cairo_, name_); }
    Tag(Tag const&) = delete;
    Tag& operator=(Tag const&) = delete;

private:
    cairo_t* cairo_;
    char const* name_;
};

} // namespace portico::documents
