#pragma once

#include "agent/screens/case_at_hand.h"

namespace portico::agent {

/// The code that the caller keys: what is said, how many digits have come, and what is left of it. Which
/// digits, nobody here can see or hear.
void draw_code(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent);
/// The call to the number on file: what is said, and how far it is.
void draw_call_back(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent);

} // namespace portico::agent
