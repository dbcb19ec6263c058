#pragma once

#include "agent/screens/cases.h"

namespace portico::agent {

/// The case at hand: what it is, and what is next in it.
void draw_case(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent);

} // namespace portico::agent
