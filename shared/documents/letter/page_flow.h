#pragma once

#include "shared/documents/drawing/text.h"
#include "shared/documents/texts.h"
#include "shared/domain/member.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::documents {

inline constexpr double letter_width_pt = 612;
inline constexpr double letter_height_pt = 792;
inline constexpr double letter_margin_pt = 54;
inline constexpr double letter_inner_pt = letter_width_pt - 2 * letter_margin_pt;

/// What stands on every page.
struct LetterFrame {
    std::string plan_name;
    std::string notice;    ///< in the pill at the top right: "This is not a bill"; none when empty
    std::string running;   ///< at the top of the second page and on
    std::string foot;      ///< phone and web address
    double body_pt = 11;   ///< size of body text; headings follow
    double spacing = 1.18; ///< of lines in paragraphs, times the font's own
};

/// Pours headings, paragraphs and rows down US letter pages. Head and foot stay outside the tags: they are no
/// content. A letter is poured twice, first onto nothing to count its pages.
class PageFlow {
public:
    /// `page_count` 0: measuring; nothing is drawn.
    PageFlow(Canvas& canvas, Texts const& texts, LetterFrame frame, int page_count);

    bool measuring() const { return page_count_ == 0; }
    Canvas& canvas() const { return canvas_; }
    Texts const& texts() const { return texts_; }
    double y() const { return y_; }
    double room() const;
    double body_pt() const { return frame_.body_pt; }
    TextStyle body() const { return {.size_pt = frame_.body_pt, .line_spacing = frame_.spacing}; }

    /// Goes to the next page unless `height_pt` is left on this one.
    void ensure(double height_pt);
    /// Down by `height_pt`; nothing at the top of a page.
    void gap(double height_pt);
    void advance(double height_pt) { y_ += height_pt; }
    /// Drawn at the top of each page that begins while this stands: a table's head. Empty: nothing.
    void repeat_on_new_page(std::function<void()> draw) { repeat_ = std::move(draw); }

    /// Level 1 to 3. Kept together with the `following_pt` below it.
    void heading(int level, std::string_view text, double following_pt = 40);
    /// Breaks over pages by lines.
    void paragraph(std::string_view text, TextStyle const& style, double indent_pt = 0);
    void paragraph(std::string_view text) { paragraph(text, body()); }
    /// The same without space after it.
    void line(std::string_view text, TextStyle const& style, double indent_pt = 0);
    /// The paragraph with a dot before it; inside one list of `Tag` "L".
    void list_item(std::string_view text);
    /// Name and address as on an envelope.
    void address(std::string_view name, PostalAddress const& address, double width_pt);

    /// Ends the last page and gives how many there were.
    int finish();

private:
    void begin_page();
    void end_page();
    void first_head();
    void running_head();

    Canvas& canvas_;
    Texts const& texts_;
    LetterFrame frame_;
    int page_count_;
    int page_ = 0;
    double y_ = 0;
    double top_ = 0;
    std::function<void()> repeat_;
};

/// "Questions? Call ... or go to ...", with what the plan has told; empty when that is nothing.
std::string letter_foot(std::string const& phone, std::string const& web, Texts const& texts);

/// Pours twice and gives the PDF. `pour` must do the same both times.
Result<Bytes> make_letter(PdfInformation const& information, LetterFrame const& frame, Texts const& texts,
                          std::function<void(PageFlow&)> const& pour);

} // namespace portico::documents
