#pragma once

#include "agent/screens/cases.h"

namespace portico::agent {

/// The EOB that is read as the claim system has it: every code and every amount as stated.
void draw_eob_as_system(ui::Ui& ui, App const& app, CaseAtHand const& at_hand);

} // namespace portico::agent
