#pragma once

#include "agent/screens/case_at_hand.h"

namespace portico::agent {

/// Who waits, on the line or for a call, beside the list of cases.
void draw_line(ui::Ui& ui, App const& app, MaybeIntent& intent);
/// The call that the case at hand was opened for, until it is said how it went.
void draw_line_call(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent);

} // namespace portico::agent
