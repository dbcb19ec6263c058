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

bool cuts(FlowShape const& shape, float y) {
    return std::any_of(shape.atoms.begin(), shape.atoms.end(),
                       [&](Atom const& atom) { return y > atom.top + slack && y < atom.bottom - slack; });
}

/// Whether what belongs together would be on two pages.
bool parts(FlowShape const& shape, float y) {
    return std::any_of(shape.atoms.begin(), shape.atoms.end(), [&](Atom const& atom) {
        return atom.keep_with_next && y >= atom.bottom - slack && y < atom.bottom + slack;
    });
}

float next_top(FlowShape const& shape, float y, float total) {
    float next = total;
    for (auto const& atom : shape.atoms)
        if (atom.top >= y - slack)
            next = std::min(next, atom.top);
    return next;
}

/// Where a page that starts at `from` best ends: as full as it gets, but rather outside of boxes. Nothing
/// when no end is within `room`.
std::optional<float> best_end(FlowShape const& shape, std::set<float> const& ends, float from, float inset,
                              float room) {
    std::optional<float> best;
    float best_score = 0;
    for (auto it = ends.upper_bound(from + slack); it != ends.end(); ++it) {
        float const used = inset + *it - from + inset_at(shape, *it);
        float const score = used - depth_cost * room * static_cast<float>(depth_at(shape, *it));
        if (used <= room + slack && (!best || score > best_score)) {
            best = *it;
            best_score = score;
        }
    }
    return best;
}

} // namespace

std::vector<PageCut> cut_pages(FlowShape const& shape, float total, float room) {
    if (total <= room + slack)
        return {{0, total + 1, 0, 0}};
    std::set<float> ends;
    std::set<float> hard_ends;
    for (auto const& atom : shape.atoms) {
        if (cuts(shape, atom.bottom))
            continue;
        hard_ends.insert(atom.bottom);
        if (!parts(shape, atom.bottom))
            ends.insert(atom.bottom);
    }
    std::vector<PageCut> pages;
    float from = 0;
    while (from < total - slack) {
        float const inset = pages.empty() ? 0 : inset_at(shape, from);
        if (total - from + inset <= room + slack) {
            pages.push_back({from, total + 1, inset, 0});
            break;
        }
        auto to = best_end(shape, ends, from, inset, room);
        // What belongs together is too tall for one page: better parted than cut.
        if (!to)
            to = best_end(shape, hard_ends, from, inset, room);
        if (!to) {
            auto const next = hard_ends.upper_bound(from + slack);
            to = next == hard_ends.end() ? total : *next;
        }
        pages.push_back({from, *to, inset, inset_at(shape, *to)});
        from = next_top(shape, *to, total);
    }
    return pages;
}

std::optional<int> page_at(std::vector<PageCut> const& pages, float y) {
    for (std::size_t i = 0; i < pages.size(); ++i)
        if (y >= pages[i].from - slack && y < pages[i].to)
            return static_cast<int>(i);
    return std::nullopt;
}

} // namespace portico::ui
