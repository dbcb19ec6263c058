#pragma once

#include "agent/screens/cases.h"

namespace portico::agent {

/// The EOB in sentences that the rep reads to the member, in the desk's language or the member's.
void draw_eob_read_aloud(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent);

} // namespace portico::agent
