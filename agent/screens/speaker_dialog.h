#pragma once

#include "agent/screens/cases.h"

namespace portico::agent {

/// Who the caller says they are: the member, or one of those who may speak for them.
void draw_speakers(ui::Ui& ui, App const& app, Cases const& cases, SpeakerDialog const& dialog,
                   MaybeIntent& intent);

} // namespace portico::agent
