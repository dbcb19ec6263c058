#pragma once

#include "shared/ui/catalog.h"
#include "shared/ui/geometry.h"
#include "shared/ui/specs.h"
#include "shared/ui/text/atlas.h"
#include "shared/ui/theme.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

// NOLINTBEGIN(bugprone-reserved-identifier): Pango's own names, so that its headers stay out of ours
using PangoLayout = struct _PangoLayout;
using PangoContext = struct _PangoContext;
using PangoFontMap = struct _PangoFontMap;
// NOLINTEND(bugprone-reserved-identifier)

namespace portico::ui {

struct TextLook {
    FontToken font{};
    Align align = Align::Start;
    bool underline = false;
    bool operator==(TextLook const&) const = default;
};

/// A text laid out to a width: its lines, each with its place in the box. Line places are from the start
/// side; the painter mirrors them.
class ShapedText {
public:
    struct Line {
        Rect box;        ///< the line's own width and the look's line height, in the text's box
        float ink_x = 0; ///< where the picture starts, from the box, in pixels
        float ink_y = 0;
        int ink_w = 0, ink_h = 0;
        float baseline = 0; ///< from the top of the box, in pixels
        mutable AtlasSlot slot = {};
    };

    ShapedText() = default;
    ~ShapedText();
    ShapedText(ShapedText const&) = delete;
    ShapedText& operator=(ShapedText const&) = delete;

    Size size() const { return size_; }
    std::vector<Line> const& lines() const { return lines_; }
    TextLook const& look() const { return look_; }
    bool right_to_left() const { return right_to_left_; }
    /// Where the caret stands before the byte, from the box.
    float caret_x(std::size_t byte) const;
    /// In which of the lines that is.
    std::size_t line_of(std::size_t byte) const;
    /// The byte before which the caret stands nearest to `x` in that line.
    std::size_t byte_at(std::size_t line, float x) const;

private:
    friend class TextEngine;
    PangoLayout* layout_ = nullptr;
    TextLook look_;
    Size size_;
    float zoom_ = 1;
    std::vector<Line> lines_;
    bool right_to_left_ = false;
};

/// Shapes with Pango, keeps what was shaped lately, and draws lines and icons into the atlas.
class TextEngine {
public:
    TextEngine();
    ~TextEngine();
    TextEngine(TextEngine const&) = delete;
    TextEngine& operator=(TextEngine const&) = delete;

    /// False when no usable font is installed.
    bool usable() const;

    /// Pixels a unit: sizes are given and told in units, and what is drawn is drawn in pixels.
    void set_zoom(float zoom);
    float zoom() const { return zoom_; }

    void begin_frame();
    /// `width` in units, or 0 or less for one line as long as it takes.
    std::shared_ptr<ShapedText const> shape(ResolvedText const& text, TextLook const& look, float width);
    /// Width of the longest piece that cannot be broken.
    float longest_word(ResolvedText const& text, TextLook const& look);

    /// The line's picture, drawn now if it was not yet.
    AtlasSlot const& picture(ShapedText const& text, ShapedText::Line const& line);
    /// An icon of `size` px, its left on the right when it is turned; page -1 when there is none of that
    /// name.
    AtlasSlot icon(std::string_view name, int size, bool turned = false);
    Atlas& atlas() { return atlas_; }

    /// Wipes the atlas and drops every laid-out text.
    void forget();

private:
    struct Entry {
        std::shared_ptr<ShapedText const> text;
        std::uint64_t used = 0;
    };
    std::shared_ptr<ShapedText> lay_out(ResolvedText const& text, TextLook const& look, float width);
    void drop_unused();

    PangoFontMap* fonts_ = nullptr;
    // One a direction: changing it in a context would lay out anew what was laid out in it before.
    PangoContext* context_ = nullptr;
    PangoContext* context_right_to_left_ = nullptr;
    Atlas atlas_;
    std::unordered_map<std::string, Entry> shaped_;
    std::unordered_map<std::string, float> longest_;
    std::map<std::tuple<std::string, int, bool>, AtlasSlot> icons_;
    std::uint64_t frame_ = 0;
    float zoom_ = 1;
};

} // namespace portico::ui
