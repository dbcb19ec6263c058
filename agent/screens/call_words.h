#pragma once

#include "agent/app/app.h"

namespace portico::agent {

/// "(617) 555-0112"; other countries' as they are dialled; that it is hidden; of one that this desk dialled
/// that it is the number on file.
ui::Text number_text(PhoneCall const& call);
/// The number, with the line that was called where it is known.
ui::Text caller_text(CallAtHand const& call);
/// "On hold"; of a call that has ended how it did.
ui::Text call_state_text(ui::Ui const& ui, PhoneCall const& call);
/// Who might ring, in initials, or why nobody is named; empty while nothing is known yet.
ui::Text candidates_text(CallAtHand const& call);
/// "Text message to a number on file", for "text_code".
ui::Text verify_way_text(ui::Ui const& ui, std::string const& way);
/// Why a way to verify cannot be taken, with the next step; empty for none.
ui::Text hindrance_text(ui::Ui const& ui, std::string const& hindrance);
/// "piano, taxi": by which the desk shows that it is the plan; empty while there are none.
ui::Text desk_words_text(ui::Ui const& ui, std::vector<std::string> const& words);
/// "2 minutes left", "42 seconds left"
ui::Text time_left_text(int seconds);

} // namespace portico::agent
