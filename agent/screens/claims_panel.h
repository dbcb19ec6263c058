#pragma once

#include "agent/screens/cases.h"

namespace portico::agent {

/// A verified caller's claims, or the one EOB of them that is read, in the place of the masked record.
void draw_claims(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent);

/// How far a claim has come, as the member sees it.
ui::Text claim_state_text(EobStatus status, ClaimOutcome outcome, bool replaced);
/// Whoever asked for the service; words where nobody is named.
ui::Text provider_text(std::string const& name);

} // namespace portico::agent
