#pragma once

#include "agent/app/app.h"

namespace portico::agent {

/// "Claim question", for "finding_disputed".
ui::Text kind_text(ui::Ui const& ui, std::string const& kind);
/// What the member reads when it is refused for this reason; empty when there are no words for it.
ui::Text reason_text(ui::Ui const& ui, std::string const& reason);
/// "9 hours left", "2 days late".
ui::Text due_text(UtcTime minute, std::string const& due);
bool is_late(UtcTime minute, std::string const& due);
/// "Mar 9"
ui::Text day_text(std::string const& at);
/// "You", a colleague's name, "Nobody".
ui::Text who_text(api::WorkItem const& item);
/// What staff call an entry by: the end of its id.
std::string short_number(std::string const& entry);

} // namespace portico::agent
