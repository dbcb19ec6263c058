#include "shared/ui/scan/scan.h"

#include <algorithm>
#include <optional>

namespace portico::ui {
namespace {

int rank_of(Node const& node) {
    // Who has a keyboard before them types: nearly every press is for a key.
    if (node.role == Role::Key)
        return 0;
    switch (node.region) {
    case Region::Body:
        return 1;
    case Region::Pager:
        return 2;
    case Region::Sticky:
        return 3;
    case Region::Keyboard:
        return 4;
    case Region::Access:
        return 5;
    case Region::Top:
        break;
    }
    return 6;
}

ScanGroup pressable(SemanticFrame const& frame) {
    int top = 0;
    for (auto const& node : frame.nodes)
        if (node.interactive)
            top = std::max(top, node.layer);
    ScanGroup out;
    for (std::size_t i = 0; i < frame.nodes.size(); ++i) {
        auto const& node = frame.nodes[i];
        if (node.interactive && !node.states.disabled && node.layer == top)
            out.push_back(i);
    }
    std::stable_sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) {
        return rank_of(frame.nodes[a]) < rank_of(frame.nodes[b]);
    });
    return out;
}

/// More than half of the lower one lies beside the other.
bool side_by_side(Node const& a, Node const& b) {
    float const both = std::min(a.rect.bottom(), b.rect.bottom()) - std::max(a.rect.y, b.rect.y);
    return rank_of(a) == rank_of(b) && both > std::min(a.rect.h, b.rect.h) / 2;
}

bool of_one_list(Node const& a, Node const& b) {
    return a.role == b.role && a.parent == b.parent && rank_of(a) == rank_of(b);
}

std::vector<ScanGroup> rows_of(SemanticFrame const& frame) {
    std::vector<ScanGroup> rows;
    for (std::size_t const index : pressable(frame)) {
        bool const joins = !rows.empty() && side_by_side(frame.nodes[rows.back().back()], frame.nodes[index]);
        if (!joins)
            rows.emplace_back();
        rows.back().push_back(index);
    }
    return rows;
}

/// `rows` from `first` for `count`, in parts of nearly one size.
void add_parted(std::vector<ScanGroup>& groups, std::vector<ScanGroup> const& rows, std::size_t first,
                std::size_t count) {
    std::size_t const parts = (count + scan_list_rows_max - 1) / scan_list_rows_max;
    for (std::size_t part = 0; part < parts; ++part) {
        ScanGroup group;
        for (std::size_t i = first + count * part / parts; i < first + count * (part + 1) / parts; ++i)
            group.push_back(rows[i].front());
        groups.push_back(std::move(group));
    }
}

std::optional<std::size_t> group_with(std::vector<ScanGroup> const& groups, SemanticFrame const& frame,
                                      std::string const& id) {
    for (std::size_t i = 0; i < groups.size(); ++i)
        for (std::size_t const index : groups[i])
            if (frame.nodes[index].id == id)
                return i;
    return std::nullopt;
}

/// A control that has just been turned off ("Down" on the last page) is still a place.
std::optional<std::size_t> group_beside(std::vector<ScanGroup> const& groups, SemanticFrame const& frame,
                                        std::string const& id) {
    auto const off = std::find_if(frame.nodes.begin(), frame.nodes.end(),
                                  [&](Node const& node) { return node.interactive && node.id == id; });
    if (off == frame.nodes.end())
        return std::nullopt;
    for (std::size_t i = 0; i < groups.size(); ++i)
        if (side_by_side(frame.nodes[groups[i].front()], *off))
            return i;
    return std::nullopt;
}

ScanPosition on_group(SemanticFrame const& frame, ScanGroup const& group) {
    return {frame.nodes[group.front()].id, false};
}

/// Where a settled position stands.
struct Place {
    std::size_t group = 0;
    std::size_t member = 0;
};
Place place_of(std::vector<ScanGroup> const& groups, SemanticFrame const& frame, ScanPosition const& at) {
    Place place;
    place.group = group_with(groups, frame, at.control).value_or(0);
    auto const& group = groups[place.group];
    auto const found = std::find_if(group.begin(), group.end(),
                                    [&](std::size_t index) { return frame.nodes[index].id == at.control; });
    if (found != group.end())
        place.member = static_cast<std::size_t>(found - group.begin());
    return place;
}

} // namespace

std::vector<ScanGroup> scan_groups(SemanticFrame const& frame) {
    auto const rows = rows_of(frame);
    std::vector<ScanGroup> groups;
    for (std::size_t i = 0; i < rows.size();) {
        std::size_t run = 0;
        while (i + run < rows.size() && rows[i + run].size() == 1 &&
               of_one_list(frame.nodes[rows[i].front()], frame.nodes[rows[i + run].front()]))
            ++run;
        if (run >= scan_list_rows_min) {
            add_parted(groups, rows, i, run);
            i += run;
        } else {
            groups.push_back(rows[i]);
            ++i;
        }
    }
    return groups;
}

ScanPosition scan_begin(SemanticFrame const& frame) {
    auto const groups = scan_groups(frame);
    return groups.empty() ? ScanPosition() : on_group(frame, groups.front());
}

ScanPosition scan_settle(SemanticFrame const& frame, ScanPosition const& at) {
    auto const groups = scan_groups(frame);
    if (groups.empty())
        return {};
    if (auto const found = group_with(groups, frame, at.control)) {
        auto const& group = groups[*found];
        if (at.inside && group.size() > 1)
            return at;
        return on_group(frame, group);
    }
    if (auto const beside = group_beside(groups, frame, at.control))
        return on_group(frame, groups[*beside]);
    return on_group(frame, groups.front());
}

ScanPosition scan_next(SemanticFrame const& frame, ScanPosition const& at) {
    auto const groups = scan_groups(frame);
    if (groups.empty())
        return {};
    auto const now = scan_settle(frame, at);
    auto const place = place_of(groups, frame, now);
    auto const& group = groups[place.group];
    if (!now.inside)
        return on_group(frame, groups[(place.group + 1) % groups.size()]);
    if (place.member + 1 == group.size())
        return on_group(frame, group);
    return {frame.nodes[group[place.member + 1]].id, true};
}

ScanChoice scan_select(SemanticFrame const& frame, ScanPosition const& at) {
    auto const groups = scan_groups(frame);
    if (groups.empty())
        return {{}, {}};
    auto const now = scan_settle(frame, at);
    auto const place = place_of(groups, frame, now);
    auto const& group = groups[place.group];
    if (!now.inside && group.size() > 1)
        return {{frame.nodes[group.front()].id, true}, {}};
    Node const& pressed = frame.nodes[group[place.member]];
    bool const typing = pressed.role == Role::Key || pressed.role == Role::Field;
    return {typing ? ScanPosition() : ScanPosition{pressed.id, false}, pressed.id};
}

ScanGroup scan_lit(SemanticFrame const& frame, ScanPosition const& at) {
    auto const groups = scan_groups(frame);
    if (groups.empty())
        return {};
    auto const now = scan_settle(frame, at);
    auto const place = place_of(groups, frame, now);
    auto const& group = groups[place.group];
    return now.inside ? ScanGroup{group[place.member]} : group;
}

int scan_presses(SemanticFrame const& frame, std::string const& control) {
    auto const groups = scan_groups(frame);
    auto const found = group_with(groups, frame, control);
    if (!found)
        return 0;
    auto const place = place_of(groups, frame, {control, true});
    int const steps = static_cast<int>(place.group) + 1;
    return groups[*found].size() == 1 ? steps : steps + static_cast<int>(place.member) + 1;
}

} // namespace portico::ui
