#pragma once

#include "shared/ui/core.h"
#include "shared/ui/layout/element.h"

#include <memory>

namespace portico::ui {

// The parts of every screen around its body. Each is laid out by the caller.

std::unique_ptr<Element> top_bar(Core& core);
std::unique_ptr<Element> bench_strip(Core& core);
/// Says in the screen's language that some words are in English, and that an interpreter is there.
std::unique_ptr<Element> english_strip(Core& core);
std::unique_ptr<Element> access_bar(Core& core);
/// `page` of `pages`, both from 1.
std::unique_ptr<Element> pager(Core& core, int page, int pages, std::function<void(int)> turn);
/// The plan's mark: two arches, in `r`.
void paint_mark(Painter& painter, Rect r, bool on_dark);

struct BarEntry {
    BarAction action;
    Text label, short_label;
    std::string icon;
};
std::vector<BarEntry> const& bar_entries();
/// Of the button that ends the session on a screen.
Text finish_label(FrameSpec const& spec);
/// What `english_strip` says.
Msg rest_in_english();

} // namespace portico::ui
