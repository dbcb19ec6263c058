#pragma once

#include "agent/screens/part.h"
#include "shared/api/unlock.h"

#include <vector>

namespace portico::agent {

/// "Mistyped", for "mistyped": why a rep unlocks.
ui::Text unlock_reason_text(ui::Ui const& ui, std::string const& reason);
/// Why an unlock needs a second person's yes.
ui::Text second_yes_text(ui::Ui const& ui, std::string const& why);
/// By what the caller has shown to be the member.
ui::Text verified_way_text(ui::Ui const& ui, std::string const& way);
/// What counts against the account now: when, how, where; what followed on one another alike is one row.
void wrong_sign_ins(ui::Ui& ui, std::vector<api::WrongSignIn> const& tries);

} // namespace portico::agent
