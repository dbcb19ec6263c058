#include "shared/ui/layout/news.h"

namespace portico::ui {
namespace {

/// A screen begins at its top, whatever it says further down; but not under a keyboard.
Interruption const* first_news(Core const& core, FlowShape const& shape, ShownPage const& shown) {
    auto const before = core.interrupted.find(shown.name);
    bool const begins = before == core.interrupted.end();
    if (begins && !shown.typing)
        return nullptr;
    for (auto const& each : shape.interruptions)
        if (begins || before->second.count(each.id) == 0)
            return &each;
    return nullptr;
}

/// What belongs together and is too tall for the page goes on under the keyboard.
bool is_cut_off(PageCut const& cut, float room) {
    constexpr float slack = 1.5F; // the last page ends one below its last line
    return cut.inset + cut.to - cut.from + cut.inset_bottom > room + slack;
}

} // namespace

int page_of_news(Core& core, FlowShape const& shape, std::vector<PageCut> const& pages,
                 ShownPage const& shown) {
    if (core.settings.density != Density::Touch)
        return shown.page;
    auto const* news = first_news(core, shape, shown);
    auto const page = news == nullptr ? shown.page : page_at(pages, news->top).value_or(shown.page);
    auto const& cut = pages[static_cast<std::size_t>(page)];
    bool const covered =
        news != nullptr && shown.typing && (page != shown.page || is_cut_off(cut, shown.room));
    if (page == shown.page && !covered)
        return page;
    if (covered) {
        core.keyboard_covers_news = true;
        return shown.page;
    }
    core.pages[shown.name] = page;
    // The control that has the focus asks for its own page no more, until another has it.
    core.shown_for = core.keyboard_open ? core.editing : core.focus;
    return page;
}

void remember_news(Core& core, FlowShape const& shape, std::string const& name) {
    auto& ids = core.interrupted[name];
    if (core.keyboard_covers_news)
        return;
    ids.clear();
    for (auto const& each : shape.interruptions)
        ids.insert(each.id);
}

} // namespace portico::ui
