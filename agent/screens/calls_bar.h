#pragma once

#include "agent/screens/part.h"

namespace portico::agent {

/// The calls at this desk, for the foot of a screen: where they come and go nothing else moves, and nothing
/// that is typed is covered. Nothing where there is no call.
void calls_bar(ui::Ui& ui, App const& app, MaybeIntent& intent);
/// The call that rings, in a dialog, under which the foot is not seen.
void ring_in_dialog(ui::Ui& ui, App const& app, MaybeIntent& intent);
/// That a call rings, for who is not signed in or has locked the desk: no more than that.
void ring_at_lock(ui::Ui& ui, App const& app);

} // namespace portico::agent
