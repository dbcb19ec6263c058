#pragma once

#include "agent/screens/cases.h"

namespace portico::agent {

/// What was asked for in this case, and how far it is; what was refused, with its reason and the way back to
/// what was typed.
void draw_written(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent);
/// What was refused and belongs to no case that is shown: its rep is told wherever they are, of one after the
/// other.
void refused_elsewhere(ui::Ui& ui, App const& app, MaybeIntent& intent);
/// How many operations of this desk wait for central, where any do.
void waiting_pill(ui::Ui& ui, App const& app);

} // namespace portico::agent
