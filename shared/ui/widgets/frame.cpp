#include "shared/ui/layout/bars.h"
#include "shared/ui/ui.h"
#include "shared/ui/widgets/parts.h"

namespace portico::ui {

BarAction Ui::frame(FrameSpec const& spec, Body body) {
    auto& tree = core_.tree;
    core_.enter_screen(spec.screen, spec.part);
    tree.begun = true;
    tree.spec = spec;
    // Beside each other on a wide screen, the way back above the heading on a tall one.
    if (landscape())
        tree.pinned = std::make_unique<Line>(24.0F, Align::Center, 4.0F);
    else
        tree.pinned = std::make_unique<Stack>(4.0F);
    tree.body = std::make_unique<Stack>(core_.theme.space.m);
    BarAction action = BarAction::None;
    if (spec.finish && core_.take(core_.id_of(finish_label(spec), {}, Role::Button)))
        action = BarAction::Finish;
    for (auto const& entry : bar_entries())
        if (core_.take(core_.id_of(entry.label, {}, Role::Button)))
            action = entry.action;
    // Not on a screen that came in between.
    if (core_.take(Core::switches_begin_id) && spec.switches_begin)
        action = BarAction::Switches;
    core_.open.push_back(tree.body.get());
    if (body)
        body();
    core_.open.pop_back();
    return action;
}

} // namespace portico::ui
