#pragma once

#include "agent/app/app.h"

namespace portico::agent {

/// "Message to the member": what was asked for, in a list.
ui::Text on_behalf_text(ui::Ui const& ui, OnBehalf what);
/// The same for a request as the member's list has it.
ui::Text request_text(ui::Ui const& ui, OperationKind kind);
/// Why central refused it, as a sentence for a rep.
ui::Text refused_text(ui::Ui const& ui, std::string const& reason);
/// How a request of the member's stands, with the day or the reason.
ui::Text request_state_text(ui::Ui const& ui, api::RequestEntry const& entry);
ui::Text card_reason_text(ui::Ui const& ui, std::string const& reason);
/// What is wrong with the field of a draft, to stand under it; empty when it is not that one.
ui::Text ask_problem(ui::Ui const& ui, AskDialog const& dialog, Field field);
/// Whether it stands under a field rather than over the dialog.
bool is_ask_problem(Error const& failure);

} // namespace portico::agent
