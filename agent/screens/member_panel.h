#pragma once

#include "agent/screens/case_at_hand.h"

namespace portico::agent {

/// Whom the case at hand is about: masked, and what was asked for in full.
void draw_member(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent);

} // namespace portico::agent
