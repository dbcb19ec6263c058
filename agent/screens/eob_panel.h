#pragma once

#include "agent/screens/cases.h"

namespace portico::agent {

/// The one EOB that is read.
void draw_eob(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent);

} // namespace portico::agent
