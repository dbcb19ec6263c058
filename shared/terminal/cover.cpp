#include "shared/terminal/cover.h"

#include "shared/base/wipe_stack.h"

namespace portico::terminal {

void cover_and_forget(ui::Stage& stage, ui::Backend& backend) {
    stage.cover_now();
    backend.present(stage.pixels());
    stage.forget_personal();
    stage.reset_focus();
    wipe_unused_stack();
}

void forget_drawn(ui::Stage& stage) {
    stage.forget_drawn();
    wipe_unused_stack();
}

} // namespace portico::terminal
