#include "shared/documents/letter/table.h"

#include "shared/documents/drawing/fit.h"

#include <algorithm>

namespace portico::documents {

namespace {

constexpr double pad_x_pt = 4;
constexpr double pad_y_pt = 3.5;
constexpr double smallest_pt = 4;

/// Figures run to the right in every language, so that their cents stand under each other on the right; that
/// is where lines begin on a mirrored page.
Align amounts_side(Canvas const& canvas, Align align) {
    return canvas.mirrored() && align == Align::Right ? Align::Left : align;
}

/// A head in a narrow column is set smaller rather than broken within a word.
TextBlock head_block(Canvas& canvas, TableColumn const& column, TextStyle style) {
    constexpr double floor_pt = 6;
    style.align = amounts_side(canvas, column.align);
    auto const width = column.width_pt - 2 * pad_x_pt;
    TextBlock block(canvas, column.head, style, width);
    while (block.overflows() && style.size_pt > floor_pt) {
        style.size_pt -= 0.25;
        block = TextBlock(canvas, column.head, style, width);
    }
    return block;
}

TextBlock cell_block(Canvas& canvas, std::string const& text, TextStyle const& style, double width_pt) {
    TextBlock block(canvas, text, style, width_pt);
    if (block.line_count() > table_cell_lines_max || block.overflows())
        block.cut_to(table_cell_lines_max);
    return block;
}

} // namespace

Table::Table(PageFlow& flow, std::vector<TableColumn> columns, double size_pt, std::string lead_head)
    : flow_(flow), columns_(std::move(columns)), size_pt_(size_pt), lead_head_(std::move(lead_head)),
      has_head_(std::any_of(columns_.begin(), columns_.end(),
                            [](auto const& each) { return !each.head.empty(); })) {
    // The head and two rows stay together.
    flow_.ensure(8 * size_pt_);
    cairo_tag_begin(flow_.canvas().cairo(), "Table", nullptr);
    if (!has_head_)
        return;
    head();
    flow_.repeat_on_new_page([this] { head(); });
}

Table::~Table() {
    flow_.repeat_on_new_page({});
    cairo_tag_end(flow_.canvas().cairo(), "Table");
    flow_.gap(4);
}

void Table::head() {
    auto& canvas = flow_.canvas();
    auto const y = flow_.y();
    TextStyle const bold{.size_pt = size_pt_ * 0.94, .weight = Weight::Semibold};
    double height = 0;
    for (auto const& column : columns_) {
        height = std::max(height, head_block(canvas, column, bold).height());
    }
    double lead_height = 0;
    if (!lead_head_.empty())
        lead_height = TextBlock(canvas, lead_head_, bold).height();
    auto const all = lead_height + height + 2 * pad_y_pt;
    if (!flow_.measuring()) {
        canvas.fill({letter_margin_pt, y, letter_inner_pt, all}, color::sunken, 3);
        Tag const row(canvas, "TR");
        if (!lead_head_.empty()) {
            Tag const cell(canvas, "TH");
            TextBlock(canvas, lead_head_, bold).draw(letter_margin_pt + pad_x_pt, y + pad_y_pt);
        }
        auto x = letter_margin_pt;
        for (auto const& column : columns_) {
            Tag const cell(canvas, "TH");
            auto const block = head_block(canvas, column, bold);
            block.draw(x + pad_x_pt, y + pad_y_pt + lead_height + height - block.height());
            x += column.width_pt;
        }
    }
    flow_.advance(all + 1);
}

double Table::row_height(TableRow const& row, std::optional<TextBlock> const& lead) const {
    double height = 0;
    for (std::size_t index = 0; index < columns_.size() && index < row.cells.size(); ++index) {
        auto const& column = columns_[index];
        // Amounts take one line; measuring each of thousands would double the time of a letter.
        height = std::max(height, column.align == Align::Right
                                      ? size_pt_ * 1.22
                                      : cell_block(flow_.canvas(), row.cells[index],
                                                   style(column.is_heading ? Weight::Semibold : row.weight),
                                                   column.width_pt - 2 * pad_x_pt)
                                            .height());
    }
    return height + (lead ? lead->height() + 2 : 0) + 2 * pad_y_pt;
}

void Table::draw_cell(TableColumn const& column, double x, std::string const& text, Weight weight) const {
    auto& canvas = flow_.canvas();
    auto const width = column.width_pt - 2 * pad_x_pt;
    auto const y = flow_.y() + pad_y_pt;
    if (column.align != Align::Right) {
        cell_block(canvas, text, style(weight), width).draw(x + pad_x_pt, y);
        return;
    }
    TextBlock const plain(canvas, text, style(weight));
    bool const at_start = canvas.mirrored();
    if (plain.width() <= width + pad_x_pt) {
        plain.draw(at_start ? x + pad_x_pt : x + column.width_pt - pad_x_pt - plain.width(), y);
        return;
    }
    auto right = style(weight);
    right.align = amounts_side(canvas, Align::Right);
    fit(canvas, {text}, right, {width, size_pt_ * 1.3, smallest_pt, 1}).draw(x + pad_x_pt, y);
}

void Table::row(TableRow const& row) {
    auto& canvas = flow_.canvas();
    std::optional<TextBlock> lead;
    if (!row.lead.empty()) {
        TextStyle const bold{.size_pt = size_pt_ * 1.06, .weight = Weight::Semibold};
        lead.emplace(canvas, row.lead, bold, letter_inner_pt - 2 * pad_x_pt);
        if (lead->line_count() > table_cell_lines_max || lead->overflows())
            lead->cut_to(table_cell_lines_max);
    }
    auto const height = row_height(row, lead);
    flow_.ensure(height + row.below_pt);
    if (!flow_.measuring()) {
        auto const y = flow_.y();
        if (row.marked)
            canvas.fill({letter_margin_pt, y + 0.4, letter_inner_pt, height - 0.8}, color::look_again);
        canvas.line(letter_margin_pt, y + height, letter_margin_pt + letter_inner_pt, y + height,
                    color::divider, 0.75);
        Tag const tag(canvas, "TR");
        if (lead) {
            {
                Tag const cell(canvas, "TH");
                lead->draw(letter_margin_pt + pad_x_pt, y + pad_y_pt);
            }
            flow_.advance(lead->height() + 2);
        }
        auto x = letter_margin_pt;
        for (std::size_t index = 0; index < columns_.size() && index < row.cells.size(); ++index) {
            auto const& column = columns_[index];
            Tag const cell(canvas, column.is_heading ? "TH" : "TD");
            draw_cell(column, x, row.cells[index], column.is_heading ? Weight::Semibold : row.weight);
            x += column.width_pt;
        }
        if (lead)
            flow_.advance(-(lead->height() + 2));
    }
    flow_.advance(height);
}

} // namespace portico::documents
