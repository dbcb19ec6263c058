#include "shared/ui/finger.h"

#include <algorithm>
#include <cmath>

namespace portico::ui {
namespace {

// More changes than this within a finger's way are one long change.
constexpr std::size_t layouts_max = 8;
// A finger that is lifted does not stand still; further than this it was drawn away on purpose.
constexpr float still_within = 48;

bool same(std::vector<Control> const& a, std::vector<Control> const& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](Control const& x, Control const& y) { return x.id == y.id && x.rect == y.rect; });
}

/// The last drawn is on top.
Control const* under(Point at, std::vector<Control> const& controls) {
    auto const found = std::find_if(controls.rbegin(), controls.rend(),
                                    [&](Control const& c) { return c.rect.contains(at); });
    return found == controls.rend() ? nullptr : &*found;
}

} // namespace

void Finger::shown(std::vector<Control> const& controls, MonoTime now, bool asked) {
    if (!layouts_.empty() && same(layouts_.back().controls, controls))
        return;
    if (asked)
        layouts_.clear();
    layouts_.push_back({now, controls});
    while (layouts_.size() > layouts_max || (layouts_.size() > 1 && layouts_[1].since + on_its_way <= now))
        layouts_.pop_front();
}

void Finger::press(Point at, MonoTime set_out) {
    pressing_.reset();
    acted_ = missed_ = false;
    if (layouts_.empty())
        return;
    auto const seen = std::find_if(layouts_.rbegin(), layouts_.rend(),
                                   [&](Layout const& layout) { return layout.since <= set_out; });
    auto const& layout = seen == layouts_.rend() ? layouts_.front() : *seen;
    auto const* const meant = under(at, layout.controls);
    pressing_ = Pressing{at, meant == nullptr ? Control{} : *meant};
}

Control const* Finger::lift(Point at, std::vector<Control> const& controls) {
    if (!pressing_)
        return nullptr;
    auto const pressing = std::move(*pressing_);
    pressing_.reset();
    if (acted_)
        return nullptr;
    auto const there = std::find_if(controls.begin(), controls.end(),
                                    [&](Control const& c) { return c.id == pressing.meant.id; });
    if (pressing.meant.id.empty() || there == controls.end()) {
        missed_ = !pressing.meant.id.empty() || under(pressing.at, controls) != nullptr;
        return nullptr;
    }
    bool const moved = !(there->rect == pressing.meant.rect);
    bool const still = std::hypot(at.x - pressing.at.x, at.y - pressing.at.y) <= still_within;
    return moved && still && !there->disabled ? &*there : nullptr;
}

} // namespace portico::ui
