#pragma once

#include "agent/screens/cases.h"

namespace portico::agent {

/// What stood when the claim was decided: the plan's maxima before and after it, and the provider's network,
/// with what the directory says today beside it.
void draw_eob_then(ui::Ui& ui, App const& app, CaseAtHand const& at_hand);
/// The versions and figures of then are not here: read still, or why not. Whether it is so.
bool draw_review_missing(ui::Ui& ui, App const& app, CaseAtHand const& at_hand);

} // namespace portico::agent
