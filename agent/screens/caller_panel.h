#pragma once

#include "agent/screens/cases.h"

namespace portico::agent {

/// The case, how sure it is who calls, and what is asked to be surer.
void draw_caller(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent);

} // namespace portico::agent
