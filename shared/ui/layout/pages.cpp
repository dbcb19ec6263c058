#include "shared/ui/layout/pages.h"

#include <algorithm>
#include <optional>
#include <set>

namespace portico::ui {
namespace {

constexpr float slack = 0.5F;
// A break inside a box must gain so much of a page over one outside it.
constexpr float depth_cost = 0.2F;

bool strictly_inside(Span const& span, float y) {
    return y > span.top + slack && y < span.bottom - slack;
}

/// Padding that a page needs where it cuts boxes open at `y`.
float inset_at(FlowShape const& shape, float y) {
    float inset = 0;
    for (auto const& span : shape.spans)
        if (strictly_inside(span, y) && y > span.top + span.padding - slack)
            inset += span.padding;
    return inset;
}

int depth_at(FlowShape const& shape, float y) {
    return static_cast<int>(std::count_if(shape.spans.begin(), shape.spans.end(),
                                          [&](Span const& span) { return strictly_inside(span, y); }));
}

bool allowed(FlowShape const& shape, float y) {
    return std::none_of(shape.atoms.begin(), shape.atoms.end(), [&](Atom const& atom) {
        bool const cut = y > atom.top + slack && y < atom.bottom - slack;
        bool const parted = atom.keep_with_next && y >= atom.bottom - slack && y < atom.bottom + slack;
        return cut || parted;
    });
}

float next_top(FlowShape const& shape, float y, float total) {
    float next = total;
    for (auto const& atom : shape.atoms)
        if (atom.top >= y - slack)
            next = std::min(next, atom.top);
    return next;
}

} // namespace

std::vector<PageCut> cut_pages(FlowShape const& shape, float total, float room) {
    if (total <= room + slack)
        return {{0, total + 1, 0, 0}};
    std::set<float> candidates;
    for (auto const& atom : shape.atoms)
        if (allowed(shape, atom.bottom))
            candidates.insert(atom.bottom);
    std::vector<PageCut> pages;
    float from = 0;
    while (from < total - slack) {
        float const inset = pages.empty() ? 0 : inset_at(shape, from);
        if (total - from + inset <= room + slack) {
            pages.push_back({from, total + 1, inset, 0});
            break;
        }
        std::optional<float> best;
        std::optional<float> first;
        float best_score = 0;
        for (float const y : candidates) {
            if (y <= from + slack)
                continue;
            if (!first)
                first = y;
            float const used = inset + y - from + inset_at(shape, y);
            float const score = used - depth_cost * room * static_cast<float>(depth_at(shape, y));
            if (used <= room + slack && (!best || score > best_score)) {
                best = y;
                best_score = score;
            }
        }
        float const to = best ? *best : first.value_or(total);
        pages.push_back({from, to, inset, inset_at(shape, to)});
        from = next_top(shape, to, total);
    }
    return pages;
}

} // namespace portico::ui
