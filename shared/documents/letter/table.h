#pragma once

#include "shared/documents/letter/page_flow.h"

#include <optional>
#include <string>
#include <vector>

namespace portico::documents {

struct TableColumn {
    std::string head;
    double width_pt = 0;
    Align align = Align::Left;
    bool is_heading = false; ///< its cells name what stands beside them
};

struct TableRow {
    /// Over the full width, above the cells: the row's own heading. None when empty.
    std::string lead;
    std::vector<std::string> cells;
    Weight weight = Weight::Regular;
    bool marked = false; ///< on the tint of what looks wrong
    double below_pt = 0; ///< what follows, kept on the same page
};

/// A table poured down the pages; its head is repeated on each. Rows are never broken. Closed with its life.
class Table {
public:
    /// No head is drawn when every column's is empty. `lead_head` stands above the heads when rows have
    /// leads.
    Table(PageFlow& flow, std::vector<TableColumn> columns, double size_pt, std::string lead_head = {});
    ~Table();
    Table(Table const&) = delete;
    Table& operator=(Table const&) = delete;

    void row(TableRow const& row);

private:
    void head();
    double row_height(TableRow const& row, std::optional<TextBlock> const& lead) const;
    void draw_cell(TableColumn const& column, double x, std::string const& text, Weight weight) const;
    TextStyle style(Weight weight) const { return {.size_pt = size_pt_, .weight = weight}; }

    PageFlow& flow_;
    std::vector<TableColumn> columns_;
    double size_pt_;
    std::string lead_head_;
    bool has_head_ = false;
};

/// Lines of one cell at most; the rest is cut with "…".
inline constexpr int table_cell_lines_max = 8;

} // namespace portico::documents
