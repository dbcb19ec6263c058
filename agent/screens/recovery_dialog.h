#pragma once

#include "agent/screens/cases.h"

namespace portico::agent {

/// Begins the recovery of the member's account, or shows the one that is open, which can be withdrawn.
void draw_recovery(ui::Ui& ui, App const& app, Cases const& cases, RecoveryDialog const& dialog,
                   MaybeIntent& intent);
/// What became of the one that was begun in this case, with the next step.
void recovery_state(ui::Ui& ui, CaseAtHand const& at_hand);
/// "Password", for "password".
ui::Text lost_text(ui::Ui const& ui, std::string const& lost);
ui::Text recovery_reason_text(ui::Ui const& ui, std::string const& reason);

} // namespace portico::agent
