#pragma once

#include "shared/ui/catalog.h"
#include "shared/ui/draw/painter.h"
#include "shared/ui/frame.h"
#include "shared/ui/geometry.h"
#include "shared/ui/specs.h"
#include "shared/ui/text/text_engine.h"
#include "shared/ui/theme.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

// The tree of one frame. A screen's calls build it; then it is measured, laid out in a flow from the top, cut
// into pages, and painted. Positions are those of a left-to-right screen; the painter mirrors them.

namespace portico::ui {

struct Core;
class PaintContext;

struct LayoutContext {
    TextEngine& text;
    Theme const& theme;
    /// Height of a page; columns that are taller stand one below the other, so that they can be cut.
    float page_room = 1e9F;
};

/// A stretch of the flow that no page break may cut.
struct Atom {
    float top = 0, bottom = 0;
    bool keep_with_next = false;
};
/// A box around a stretch of the flow: a page that starts inside it needs its padding again.
struct Span {
    float top = 0, bottom = 0, padding = 0;
};
/// A message that interrupts (Live::Assertive): its node, and where in the flow it begins.
struct Interruption {
    std::string id;
    float top = 0;
};
struct FlowShape {
    std::vector<Atom> atoms;
    std::vector<Span> spans;
    std::vector<Interruption> interruptions;
};

class Element {
public:
    Element() = default;
    Element(Element const&) = delete;
    Element& operator=(Element const&) = delete;
    virtual ~Element() = default;

    /// Width that it takes when there is room.
    virtual float natural_width(LayoutContext& context) = 0;
    /// Width below which it would break badly.
    virtual float min_width(LayoutContext& context) { return natural_width(context); }
    /// Lays itself out `width` wide and returns its height; remembers for `place`.
    virtual float layout(LayoutContext& context, float width) = 0;
    /// Where it stands in the flow.
    virtual void place(Rect rect) { rect_ = rect; }
    virtual void shape(FlowShape& out) const { shape_whole(out); }
    virtual void paint(PaintContext& context) = 0;

    Rect const& rect() const { return rect_; }

    /// Share of the room left over in a line; 0 keeps the natural width.
    float grow = 0;
    /// In a line that wraps, takes a line of its own.
    bool whole_line = false;
    /// In a grid, takes the height of its row.
    bool stretch = true;
    /// No page ends with it.
    bool keep_with_next = false;

protected:
    /// In one piece, which no page cuts.
    void shape_whole(FlowShape& out) const { out.atoms.push_back({rect_.y, rect_.bottom(), keep_with_next}); }
    /// Where `node` is a message that interrupts.
    void shape_node(FlowShape& out, std::optional<Node> const& node) const;

    Rect rect_;
};

using ElementPtr = std::unique_ptr<Element>;

class Container : public Element {
public:
    template <class E, class... Args>
    E& add(Args&&... args) {
        auto element = std::make_unique<E>(std::forward<Args>(args)...);
        E& out = *element;
        children_.push_back(std::move(element));
        return out;
    }
    Element& add(ElementPtr element) {
        children_.push_back(std::move(element));
        return *children_.back();
    }
    bool empty() const { return children_.empty(); }
    std::vector<ElementPtr>& children() { return children_; }

    void shape(FlowShape& out) const override {
        for (auto const& child : children_)
            child->shape(out);
    }
    /// In one piece, with what interrupts inside of it.
    void shape_in_one(FlowShape& out) const;
    void paint(PaintContext& context) override {
        for (auto const& child : children_)
            child->paint(context);
    }

protected:
    std::vector<ElementPtr> children_;
};

/// One below the other.
class Stack : public Container {
public:
    explicit Stack(float gap = 0, Align align = Align::Start) : gap_(gap), align_(align) {}
    float natural_width(LayoutContext& context) override;
    float min_width(LayoutContext& context) override;
    float layout(LayoutContext& context, float width) override;
    void place(Rect rect) override;

    /// Children keep their natural width instead of the full one.
    bool shrink = false;

private:
    float gap_;
    Align align_;
    std::vector<Size> sizes_;
};

/// Side by side. What does not fit goes to the next line; texts give way first.
class Line : public Container {
public:
    explicit Line(float gap = 0, Align across = Align::Center, float line_gap = -1)
        : gap_(gap), line_gap_(line_gap < 0 ? gap : line_gap), across_(across) {}
    float natural_width(LayoutContext& context) override;
    float min_width(LayoutContext& context) override;
    float layout(LayoutContext& context, float width) override;
    void place(Rect rect) override;
    void shape(FlowShape& out) const override;

    Align along = Align::Start;
    /// False keeps everything on one line: an icon stays beside its word.
    bool wrap = true;

private:
    struct Placed {
        std::size_t first, last; // children
        float height;
    };
    void lay_line(LayoutContext& context, std::size_t first, std::size_t last, float width);

    float gap_, line_gap_;
    Align across_;
    std::vector<Size> sizes_;
    std::vector<Placed> lines_;
    std::vector<float> natural_, min_;
};

/// Equal cells; fewer columns when a cell would be too narrow. One row has one height.
class Grid : public Container {
public:
    /// `by_words`: what must not break is the natural width (buttons), not the longest word.
    Grid(int columns, float gap, bool by_words) : columns_(columns), gap_(gap), natural_only_(by_words) {}
    float natural_width(LayoutContext& context) override;
    float min_width(LayoutContext& context) override;
    float layout(LayoutContext& context, float width) override;
    void place(Rect rect) override;

    /// Fill the last row's width when it holds fewer cells.
    bool justify = false;

private:
    float cell_width(float width, int columns) const;
    std::vector<float> own_heights_;
    int columns_;
    float gap_;
    bool natural_only_;
    int used_ = 1;
    std::vector<float> widths_; // one a column, when they differ
    std::vector<float> heights_;
};

/// Columns with shares of the width, or one below the other.
class Columns : public Container {
public:
    Columns(std::vector<float> weights, float gap, bool stacked, std::optional<Color> divider)
        : weights_(std::move(weights)), gap_(gap), stacked_(stacked), divider_(divider) {}
    float natural_width(LayoutContext& context) override;
    float min_width(LayoutContext& context) override;
    float layout(LayoutContext& context, float width) override;
    void place(Rect rect) override;
    void paint(PaintContext& context) override;

    bool never_stack = false;

private:
    std::vector<float> weights_;
    float gap_;
    bool stacked_;
    bool now_stacked_ = false;
    std::optional<Color> divider_;
    std::vector<Size> sizes_;
};

struct Padding {
    float x = 0, y = 0;
};

struct BoxLook {
    Color fill{0, 0, 0, 0};
    Color edge{0, 0, 0, 0};
    float stroke = 0;
    float radius = 0;
    bool shadow = false;
    Corners corners = Corners::All;
};

/// One child on a ground of its own.
class Box : public Container {
public:
    Box(Padding padding, BoxLook look) : padding_(padding), look_(look) {}
    float natural_width(LayoutContext& context) override;
    float min_width(LayoutContext& context) override;
    float layout(LayoutContext& context, float width) override;
    void place(Rect rect) override;
    void shape(FlowShape& out) const override;
    void paint(PaintContext& context) override;

    Element& child() { return *children_.front(); }
    /// What stands on it.
    std::optional<Tone> tone;
    /// Along the near side, where nothing else is.
    std::optional<Color> stripe;
    float height_min = 0;
    bool center = true; // the child stands in the middle of a box that is taller
    bool whole = false; // never cut by a page break
    /// Semantic node around the children, if any.
    std::optional<Node> node;

protected:
    void paint_ground(PaintContext& context, Rect r, BoxLook const& look) const;
    Padding padding_;
    BoxLook look_;
    float child_height_ = 0;
};

/// Which ink a text takes from what it stands on.
enum class Ink : std::uint8_t { Main, Second, Fixed };

class Words : public Element {
public:
    Words(ResolvedText text, FontToken font, Ink ink = Ink::Main, Align align = Align::Start)
        : text_(std::move(text)), look_{font, align, false}, ink_(ink) {}
    float natural_width(LayoutContext& context) override;
    float min_width(LayoutContext& context) override;
    float layout(LayoutContext& context, float width) override;
    void shape(FlowShape& out) const override;
    void paint(PaintContext& context) override;

    Color color{};      // with Ink::Fixed
    bool solid = false; // never wraps unless it must (amounts, pills)
    bool full_width = false;
    void underline() { look_.underline = true; }
    /// A node of its own; without one the words belong to the control or group around them.
    std::optional<Node> node;
    ResolvedText const& text() const { return text_; }

private:
    /// Narrower lines, as many, where the last would be a word alone.
    void keep_company(LayoutContext& context, TextLook const& look, float width);

    ResolvedText text_;
    TextLook look_;
    Ink ink_;
    std::shared_ptr<ShapedText const> shaped_;
};

class Icon : public Element {
public:
    Icon(std::string name, float size) : name_(std::move(name)), size_(size) {}
    float natural_width(LayoutContext&) override { return ground_size > 0 ? ground_size : size_; }
    float layout(LayoutContext&, float) override {
        return ground_size > 0 ? ground_size : std::max(size_, height_min);
    }
    void paint(PaintContext& context) override;

    std::optional<Color> color;
    bool direction = false;
    float ground_size = 0; // a tinted square behind it
    float height_min = 0;

private:
    std::string name_;
    float size_;
};

/// Room, or what pushes the rest of a line away.
class Gap : public Element {
public:
    explicit Gap(Size size, float growing = 0) : size_(size) { grow = growing; }
    float natural_width(LayoutContext&) override { return size_.w; }
    float layout(LayoutContext&, float) override { return size_.h; }
    void shape(FlowShape&) const override {}
    void paint(PaintContext&) override {}

private:
    Size size_;
};

/// A picture drawn by a function; its width may shrink to `min_w`.
class Drawing : public Element {
public:
    using Draw = std::function<void(PaintContext&, Rect)>;
    Drawing(Size size, Draw draw) : size_(size), draw_(std::move(draw)) {}
    float natural_width(LayoutContext&) override { return size_.w; }
    float min_width(LayoutContext&) override { return min_w < 0 ? size_.w : min_w; }
    float layout(LayoutContext& context, float width) override;
    void paint(PaintContext& context) override;

    float min_w = -1;
    bool keep_ratio = false; // scale the height with the width
    std::function<float(LayoutContext&, float width)> height_for;
    std::optional<Node> node;

private:
    Size size_;
    Draw draw_;
};

} // namespace portico::ui
