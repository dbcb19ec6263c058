#pragma once

#include "agent/app/app.h"

namespace portico::agent {

/// "Claim question", for "finding_disputed".
ui::Text kind_text(ui::Ui const& ui, std::string const& kind);
/// What the member reads when it is refused for this reason; empty when there are no words for it.
ui::Text reason_text(ui::Ui const& ui, std::string const& reason);
/// Why an entry is here; empty when there are no words for it.
ui::Text why_text(ui::Ui const& ui, api::WorkItem const& item);
/// "9 hours left", "2 days late"; of what nobody can decide any more, that it has ended.
ui::Text due_text(UtcTime minute, api::WorkItem const& item);
bool is_late(UtcTime minute, api::WorkItem const& item);
/// The word for it in a list; empty when it is not late.
ui::Text late_text(UtcTime minute, api::WorkItem const& item);
/// "Mar 9"
ui::Text day_text(std::string const& at);
/// "3:14 pm", and "Mar 9, 3:14 pm": as the desk's own clock on the wall shows it.
ui::Text time_text(std::string const& at);
ui::Text day_time_text(std::string const& at);
/// "You", a colleague's name, "Nobody".
ui::Text who_text(api::WorkItem const& item);
/// What staff call an entry by: the end of its id.
std::string short_number(std::string const& entry);

} // namespace portico::agent
