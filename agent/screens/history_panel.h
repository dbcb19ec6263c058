#pragma once

#include "agent/screens/cases.h"

namespace portico::agent {

/// Notes, requests and earlier cases of the member, in the place of the record.
void draw_history(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent);

} // namespace portico::agent
