#pragma once

#include "agent/screens/cases.h"

namespace portico::agent {

/// All that can be asked for the member, with what hinders it.
void draw_for_member(ui::Ui& ui, App const& app, Cases const& cases, MaybeIntent& intent);
/// One of them.
void draw_ask(ui::Ui& ui, App const& app, Cases const& cases, AskDialog const& dialog, MaybeIntent& intent);
/// A note for colleagues, while the call goes on.
void draw_note(ui::Ui& ui, App const& app, Cases const& cases, MaybeIntent& intent);

} // namespace portico::agent
