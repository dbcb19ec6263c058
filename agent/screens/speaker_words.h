#pragma once

#include "agent/screens/cases.h"
#include "shared/ui/ui.h"

#include <string>
#include <string_view>
#include <vector>

namespace portico::agent {

/// "Parent of a minor", for "parent_of_minor".
ui::Text speaker_kind_text(ui::Ui const& ui, std::string const& kind);
/// "claims, cards": in what somebody may speak.
ui::Text speaker_scopes_text(ui::Ui const& ui, std::vector<std::string> const& scopes);
/// Why an authority is not in force; empty for none.
ui::Text speaker_hindrance_text(ui::Ui const& ui, std::string const& hindrance);
/// Why who is on the line may not ask for what needs this scope, with the next step; empty: the member
/// speaks, or the authority covers it. Central judges it again.
ui::Text why_not_spoken(CaseAtHand const& at_hand, std::string_view scope);

} // namespace portico::agent
