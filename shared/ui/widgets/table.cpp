#include "shared/ui/ui.h"
#include "shared/ui/widgets/parts.h"

#include <algorithm>

namespace portico::ui {
namespace {

constexpr float column_gap = 32;
constexpr float first_column_min = 220;

/// The cells of one row in columns shared with the other rows; one below the other when they do not fit.
struct Shares {
    std::vector<float> widths; // of the amounts; found when the table is laid out
    bool stacked = false;
    /// Figures run to the right in every language: where the page is mirrored, their far side is that of the
    /// words.
    bool mirrored = false;
    bool words = false;       ///< as TableSpec::words
    bool named_cells = false; ///< always below each other, each with what it is called
};

class RowCells : public Container {
public:
    explicit RowCells(std::shared_ptr<Shares> shares) : shares_(std::move(shares)) {}
    float natural_width(LayoutContext& context) override {
        float sum = 0;
        for (auto const& child : children_)
            sum += child->natural_width(context) + column_gap;
        return sum - column_gap;
    }
    float min_width(LayoutContext& context) override { return children_.front()->min_width(context); }
    float layout(LayoutContext& context, float width) override {
        sizes_.clear();
        float height = 0;
        if (shares_->stacked) {
            for (auto const& child : children_) {
                float const h = child->layout(context, width);
                sizes_.push_back({width, h});
                height += h;
            }
            return height;
        }
        float first = width;
        for (float const w : shares_->widths)
            first -= w + column_gap;
        for (std::size_t i = 0; i < children_.size(); ++i) {
            float const w = i == 0 ? first : shares_->widths[i - 1];
            float const h = children_[i]->layout(context, w);
            sizes_.push_back({i == 0 ? w : std::min(w, children_[i]->natural_width(context)), h});
            height = std::max(height, h);
        }
        return height;
    }
    void place(Rect rect) override {
        rect_ = rect;
        float y = rect.y;
        float x = rect.x;
        for (std::size_t i = 0; i < children_.size(); ++i) {
            Size const size = sizes_[i];
            if (shares_->stacked) {
                children_[i]->place({rect.x, y, size.w, size.h});
                y += size.h;
                continue;
            }
            float const column = i == 0 ? size.w : shares_->widths[i - 1];
            float const start = i == 0 || shares_->mirrored || shares_->words ? 0 : column - size.w;
            children_[i]->place({x + start, y + (rect.h - size.h) / 2, size.w, size.h});
            x += column + column_gap;
        }
    }

private:
    std::shared_ptr<Shares> shares_;
    std::vector<Size> sizes_;
};

/// Finds the widths of the columns before its rows are laid out.
class TableStack : public Stack {
public:
    explicit TableStack(std::shared_ptr<Shares> shares) : Stack(0.0F), shares_(std::move(shares)) {}
    void add_cells(RowCells& row) { rows_.push_back(&row); }
    float natural_width(LayoutContext& context) override {
        find(context, 1e9F);
        return Stack::natural_width(context);
    }
    float layout(LayoutContext& context, float width) override {
        find(context, width);
        return Stack::layout(context, width);
    }

private:
    void find(LayoutContext& context, float width) {
        shares_->widths.clear();
        float sum = 0;
        for (auto* row : rows_) {
            auto& cells = row->children();
            for (std::size_t i = 1; i < cells.size(); ++i) {
                if (shares_->widths.size() < i)
                    shares_->widths.resize(i, 0);
                shares_->widths[i - 1] = std::max(shares_->widths[i - 1], cells[i]->natural_width(context));
            }
        }
        for (float const w : shares_->widths)
            sum += w + column_gap;
        // What a cell is called stands in front of it when the columns are gone.
        shares_->stacked = shares_->named_cells || width - sum < context.theme.grown(first_column_min);
    }

    std::shared_ptr<Shares> shares_;
    std::vector<RowCells*> rows_;
};

} // namespace

namespace {

std::string row_value(Core& core, TableSpec const& spec, TableRow const& row) {
    std::string value;
    for (std::size_t i = 1; i < row.cells.size(); ++i)
        value += (value.empty() ? "" : ". ") +
                 (i < spec.header.size() ? core.resolve(spec.header[i]).text + " " : "") +
                 core.resolve(row.cells[i].text).text;
    if (!row.flag.empty())
        value += ". " + core.resolve(row.flag).text;
    if (!row.note.empty())
        value += ". " + core.resolve(row.note).text;
    return value;
}

/// The row's box: a control where rows can be picked.
std::unique_ptr<Box> row_box(Core& core, TableSpec const& spec, TableRow const& row, bool low) {
    auto const& theme = core.theme;
    bool const flagged = !row.flag.empty();
    Padding const padding{16, low ? 8.0F : 12.0F};
    Node node = core.node_of(Role::TableRow, row.cells.front().text, row.key);
    node.value = row_value(core, spec, row);
    node.states.selected = row.selected;
    if (spec.pickable) {
        PressLook look;
        look.rest =
            row.selected ? theme.color.good : Tone{theme.color.surface, theme.color.ink, theme.color.surface};
        look.pressed = theme.color.secondary_pressed;
        look.radius = 8;
        // A choice must be seen without its colour.
        look.stroke = row.selected ? theme.stroke.control : 0;
        look.tone_text = row.selected;
        auto press = std::make_unique<Press>(core, std::move(node), look, padding);
        press->height_min = theme.target_min;
        return press;
    }
    BoxLook look;
    if (flagged) {
        look.fill = theme.color.look_again.ground;
        look.edge = theme.color.look_again.edge;
        look.stroke = 3;
        look.radius = 16;
    }
    auto box = std::make_unique<Box>(padding, look);
    if (flagged)
        box->tone = theme.color.look_again;
    box->whole = true;
    box->node = std::move(node);
    return box;
}

} // namespace

std::optional<std::size_t> Ui::table(Text const& label, TableSpec const& spec) {
    std::optional<std::size_t> picked;
    auto const& theme = core_.theme;
    auto shares = std::make_shared<Shares>();
    shares->mirrored = core_.right_to_left();
    shares->words = spec.words;
    // A desk's screen has room for columns, however large the text.
    bool const named_cells = theme.large_text() && core_.settings.density == Density::Touch;
    shares->named_cells = named_cells;
    auto box = std::make_unique<Box>(Padding{}, BoxLook{});
    box->node = core_.node_of(Role::Table, label);
    auto& table = box->add<TableStack>(shares);
    FontToken cell_font = theme.type.body;
    FontToken strong = cell_font;
    strong.weight = 600;
    if (!named_cells) {
        auto header = std::make_unique<Box>(Padding{16, 8}, BoxLook{});
        header->whole = true;
        header->keep_with_next = true;
        auto& cells = header->add<RowCells>(shares);
        table.add_cells(cells);
        for (std::size_t i = 0; i < spec.header.size(); ++i) {
            FontToken font = theme.type.small;
            font.weight = i == 0 || spec.words ? 600 : font.weight;
            cells.add(text_node(core_, Role::Cell, spec.header[i], font, Ink::Second));
        }
        table.add(std::move(header));
    }
    for (std::size_t r = 0; r < spec.rows.size(); ++r) {
        auto const& row = spec.rows[r];
        if (row.cells.empty())
            continue;
        bool const flagged = !row.flag.empty();
        auto box_of_row = row_box(core_, spec, row, landscape());
        if (spec.pickable && core_.take(static_cast<Press&>(*box_of_row).id))
            picked = r;
        box_of_row->stripe = mark_color(theme, row.mark);
        auto& cells = box_of_row->add<RowCells>(shares);
        table.add_cells(cells);
        auto first = std::make_unique<Stack>(4.0F);
        auto& title_line = first->add<Line>(16.0F, Align::Center, 4.0F);
        title_line.add(words(core_, row.cells.front().text, strong));
        if (flagged) {
            auto pill =
                pill_box(core_, row.flag, PillKind::LookAgain, "flag", !spec.pickable || row.selected);
            title_line.add(std::move(pill));
        }
        if (!row.note.empty())
            first->add(words(core_, row.note, theme.type.small, Ink::Second));
        cells.add(std::move(first));
        for (std::size_t i = 1; i < row.cells.size(); ++i) {
            auto amount = words(core_, row.cells[i].text, row.cells[i].strong ? strong : cell_font);
            amount->solid = amount->solid || spec.words;
            if (named_cells && i < spec.header.size()) {
                auto line = std::make_unique<Line>(24.0F, Align::Center, 0.0F);
                line->add(words(core_, spec.header[i], theme.type.small, Ink::Second)).grow = 1;
                line->add(std::move(amount));
                cells.add(std::move(line));
            } else {
                cells.add(std::move(amount));
            }
        }
        // A flagged row has an edge of its own, unless it is a control.
        if (r > 0 && (spec.pickable || (!flagged && spec.rows[r - 1].flag.empty())))
            table.add<Drawing>(Size{10, theme.stroke.divider}, [](PaintContext& context, Rect at) {
                context.painter.fill(at, context.painter.theme().color.divider);
            });
        table.add(std::move(box_of_row));
    }
    core_.parent().add(std::move(box));
    return picked;
}

} // namespace portico::ui
