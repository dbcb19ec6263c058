#pragma once

#include "agent/screens/cases.h"

namespace portico::agent {

/// Two versions of the claim side by side, with what changed.
void draw_eob_versions(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent);

} // namespace portico::agent
