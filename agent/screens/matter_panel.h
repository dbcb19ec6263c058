#pragma once

#include "agent/screens/cases.h"

namespace portico::agent {

/// What the entry of the queue asks for that the case was opened of; nothing for a caller's case.
void draw_matter(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent);

} // namespace portico::agent
