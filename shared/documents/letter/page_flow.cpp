#include "shared/documents/letter/page_flow.h"

#include "shared/documents/drawing/fit.h"

#include <algorithm>
#include <array>

namespace portico::documents {

namespace {

constexpr double head_y_pt = 36;
constexpr double mark_height_pt = 24;
constexpr double foot_y_pt = letter_height_pt - 46;
constexpr double body_bottom_pt = foot_y_pt - 12;
constexpr double small_pt = 9;
constexpr double right_pt = letter_width_pt - letter_margin_pt;

} // namespace

PageFlow::PageFlow(Canvas& canvas, Texts const& texts, LetterFrame frame, int page_count)
    : canvas_(canvas), texts_(texts), frame_(std::move(frame)), page_count_(page_count) {
    begin_page();
}

void PageFlow::begin_page() {
    ++page_;
    if (page_ == 1)
        first_head();
    else
        running_head();
    top_ = y_;
    if (repeat_)
        repeat_();
}

void PageFlow::first_head() {
    y_ = head_y_pt + mark_height_pt + 22;
    if (measuring())
        return;
    canvas_.mark(letter_margin_pt, head_y_pt, mark_height_pt, color::brand, color::you_pay);
    auto const name_x = letter_margin_pt + mark_width(mark_height_pt) + 10;
    double notice_width = 0;
    if (!frame_.notice.empty()) {
        TextBlock const notice(canvas_, frame_.notice, {.size_pt = 12, .weight = Weight::Bold});
        notice_width = notice.width() + 28;
        canvas_.fill({right_pt - notice_width, head_y_pt - 1, notice_width, 26}, color::sunken, 13);
        canvas_.stroke({right_pt - notice_width, head_y_pt - 1, notice_width, 26}, color::edge, 0.75, 13);
        notice.draw(right_pt - notice_width + 14, head_y_pt + 12 - notice.height() / 2);
    }
    auto const name = fit(canvas_, {printable(frame_.plan_name)},
                          {.size_pt = 15, .weight = Weight::Bold, .color = color::brand},
                          {right_pt - notice_width - 12 - name_x, mark_height_pt + 6, small_pt, 2});
    name.draw(name_x, head_y_pt + mark_height_pt / 2 - name.height() / 2);
    auto const line_y = head_y_pt + mark_height_pt + 10;
    canvas_.line(letter_margin_pt, line_y, right_pt, line_y, color::divider, 1);
}

void PageFlow::running_head() {
    y_ = head_y_pt + 34;
    if (measuring())
        return;
    canvas_.mark(letter_margin_pt, head_y_pt, 14, color::brand, color::you_pay);
    TextStyle style{.size_pt = small_pt, .color = color::ink_soft};
    TextBlock const notice(canvas_, frame_.notice, {.size_pt = small_pt, .weight = Weight::Bold});
    notice.draw(right_pt - notice.width(), head_y_pt + 2);
    auto const running = fit(canvas_, {printable_words(frame_.running)}, style,
                             {letter_inner_pt - notice.width() - 40, 14, 6, 1});
    running.draw(letter_margin_pt + 22, head_y_pt + 2);
    canvas_.line(letter_margin_pt, head_y_pt + 20, right_pt, head_y_pt + 20, color::divider, 1);
}

void PageFlow::end_page() {
    if (measuring())
        return;
    canvas_.line(letter_margin_pt, foot_y_pt - 6, right_pt, foot_y_pt - 6, color::divider, 1);
    TextStyle const style{.size_pt = small_pt, .color = color::ink_soft};
    TextBlock const number(canvas_,
                           texts_.text("document.letter.page", {{"page", std::to_string(page_)},
                                                                {"count", std::to_string(page_count_)}}),
                           style);
    number.draw(right_pt - number.width(), foot_y_pt);
    auto const foot = fit(canvas_, {printable_words(frame_.foot)}, style,
                          {letter_inner_pt - number.width() - 20, 14, 6, 1});
    foot.draw(letter_margin_pt, foot_y_pt);
    canvas_.next_page();
}

double PageFlow::room() const {
    return body_bottom_pt - y_;
}

void PageFlow::ensure(double height_pt) {
    if (height_pt <= room() || y_ <= top_)
        return;
    end_page();
    begin_page();
}

void PageFlow::gap(double height_pt) {
    if (y_ > top_)
        y_ += std::min(height_pt, std::max(room(), 0.0));
}

void PageFlow::heading(int level, std::string_view text, double following_pt) {
    constexpr std::array names{"H1", "H2", "H3"};
    constexpr std::array scale{2.0, 1.36, 1.1};
    auto const index = static_cast<std::size_t>(std::clamp(level, 1, 3) - 1);
    gap(level == 1 ? 4 : 14);
    TextBlock const block(canvas_, printable_words(text),
                          {.size_pt = frame_.body_pt * scale.at(index), .weight = Weight::Bold},
                          letter_inner_pt);
    ensure(block.height() + following_pt);
    if (!measuring()) {
        Tag const tag(canvas_, names.at(index));
        block.draw(letter_margin_pt, y_);
    }
    y_ += block.height() + (level == 1 ? 6 : 5);
}

void PageFlow::paragraph(std::string_view text, TextStyle const& style, double indent_pt) {
    line(text, style, indent_pt);
    y_ += style.size_pt * 0.45;
}

void PageFlow::line(std::string_view text, TextStyle const& style, double indent_pt) {
    TextBlock block(canvas_, printable_words(text), style, letter_inner_pt - indent_pt);
    block.break_words();
    auto const lines = block.line_count();
    for (int first = 0; first < lines;) {
        ensure(block.line_height(first));
        int count = 0;
        double height = 0;
        while (first + count < lines && (count == 0 || height + block.line_height(first + count) <= room())) {
            height += block.line_height(first + count);
            ++count;
        }
        if (!measuring()) {
            Tag const tag(canvas_, "P");
            block.draw_lines(letter_margin_pt + indent_pt, y_, first, count);
        }
        y_ += height;
        first += count;
    }
}

void PageFlow::list_item(std::string_view text) {
    constexpr double indent_pt = 14;
    ensure(2 * frame_.body_pt * frame_.spacing);
    if (!measuring()) {
        auto const middle = y_ + frame_.body_pt * 0.72;
        canvas_.fill({letter_margin_pt + 3, middle - 2, 4, 4}, color::brand, 2);
    }
    paragraph(text, body(), indent_pt);
}

void PageFlow::address(std::string_view name, PostalAddress const& address, double width_pt) {
    std::vector<std::string> lines{printable(name)};
    for (auto const& line : address.lines)
        lines.push_back(printable(line));
    auto const town = printable(address.city + (address.city.empty() || address.state.empty() ? "" : ", ") +
                                address.state + " " + address.zip);
    lines.push_back(town);
    auto style = body();
    style.line_spacing = 1.0;
    Tag const tag(canvas_, "P");
    // An envelope's window is on the left, whatever the language of the letter.
    canvas_.as_it_stands([&] {
        for (auto const& line : lines) {
            if (line.empty())
                continue;
            auto const block = fit(canvas_, {line}, style, {width_pt, 2 * frame_.body_pt * 1.3, 7, 2});
            if (!measuring())
                block.draw(letter_margin_pt, y_);
            y_ += block.height() + 1;
        }
    });
}

int PageFlow::finish() {
    repeat_ = {};
    end_page();
    return page_;
}

std::string letter_foot(std::string const& phone, std::string const& web, Texts const& texts) {
    if (phone.empty() && web.empty())
        return {};
    if (web.empty())
        return texts.text("document.letter.foot_phone", {{"phone", phone}});
    if (phone.empty())
        return texts.text("document.letter.foot_web", {{"web", web}});
    return texts.text("document.letter.foot", {{"phone", phone}, {"web", web}});
}

Result<Bytes> make_letter(PdfInformation const& information, LetterFrame const& frame, Texts const& texts,
                          std::function<void(PageFlow&)> const& pour) {
    auto nothing = Canvas::measuring(letter_width_pt, information);
    PageFlow measured(nothing, texts, frame, 0);
    pour(measured);
    auto const page_count = measured.finish();

    auto canvas = Canvas::pdf_after(nothing, letter_height_pt, information);
    {
        Tag const document(canvas, "Document");
        PageFlow flow(canvas, texts, frame, page_count);
        pour(flow);
        flow.finish();
    }
    return canvas.finish_pdf();
}

} // namespace portico::documents
