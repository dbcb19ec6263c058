#pragma once

#include "shared/documents/drawing/canvas.h"

#include <string>
#include <string_view>
#include <vector>

namespace portico::documents {

enum class Weight : std::uint16_t { Regular = 400, Semibold = 600, Bold = 700 };
enum class Align : std::uint8_t { Left, Center, Right };

struct TextStyle {
    double size_pt = 10;
    Weight weight = Weight::Regular;
    Color color = color::ink;
    Align align = Align::Left;
    /// Serifs on capital I, a tail on l, a stroke through zero: for numbers that people read aloud.
    bool identifier = false;
    double line_spacing = 1.0; ///< times the font's own line
};

/// Text laid out once and drawn where it is put; all text of documents goes through this. Figures are
/// tabular.
class TextBlock {
public:
    /// One line as long as it gets, or lines wrapped to `width_pt` between words.
    TextBlock(Canvas& canvas, std::string_view text, TextStyle const& style);
    TextBlock(Canvas& canvas, std::string_view text, TextStyle const& style, double width_pt);

    /// A word that does not fit a line is broken between letters.
    void break_words();
    /// At most `lines_max` lines; what is over ends in "…". Breaks words too.
    void cut_to(int lines_max);

    double width() const;
    double height() const;
    /// Of the letters, however wide the block was asked to be.
    double text_width() const;
    double baseline() const; ///< of the first line, from the top
    /// How far the letters of the first line reach over and under their baseline.
    struct Ink {
        double above = 0;
        double below = 0;
    };
    Ink ink() const;
    int line_count() const;
    bool is_cut() const;
    /// A line is wider than asked for: a word did not fit.
    bool overflows() const;
    /// Letters that no installed font has.
    int unknown_glyph_count() const;

    /// `x`, `y`: top left of the block.
    void draw(double x, double y) const;
    void draw_on_baseline(double x, double baseline_y) const { draw(x, baseline_y - baseline()); }
    /// Only the lines from `first` on, `count` of them, the first one's top at `y`; for page breaks.
    void draw_lines(double x, double y, int first, int count) const;
    double line_height(int line) const;

private:
    struct GiveBack {
        std::shared_ptr<LayoutStore> store;
        LayoutLook look;
        void operator()(PangoLayout* layout) const { store->give_back(look, LayoutStore::Layout(layout)); }
    };

    PangoLayout* layout() const;

    Canvas* canvas_;
    std::unique_ptr<PangoLayout, GiveBack> layout_;
    TextStyle style_;
    double width_pt_ = -1;
    PangoWrapMode wrap_ = PANGO_WRAP_WORD;
    int lines_max_ = 0; ///< 0: all
};

/// `text` as valid UTF-8 on one line: control characters and line ends become blanks.
std::string printable(std::string_view text);
/// The same for words of ours, in which names and figures are set apart by isolates; those stay.
std::string printable_words(std::string_view text);

} // namespace portico::documents
