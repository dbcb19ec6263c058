#pragma once

#include "agent/app/app.h"

namespace portico::agent {

/// The message of a family that is called like this word; `other` when there is none.
ui::Text found_or(ui::Ui const& ui, ui::MsgFamily family, std::string const& word, ui::Msg other);
/// "Question about an EOB", for "eob_question".
ui::Text case_reason_text(ui::Ui const& ui, std::string const& reason);
ui::Text case_channel_text(ui::Ui const& ui, std::string const& channel);
ui::Text case_outcome_text(ui::Ui const& ui, std::string const& outcome);
/// "Birth date", for "birth_date".
ui::Text case_field_text(ui::Ui const& ui, std::string const& field);
/// The language in its own letters; its code where it is none that is known.
ui::Text language_text(std::string const& code);
ui::Text reveal_reason_text(ui::Ui const& ui, std::string const& reason);
/// "Locked", for "locked".
ui::Text account_state_text(ui::Ui const& ui, std::string const& account);
/// What a case is called on every panel of it: "Question about an EOB, phone, no. 4F2A1C".
ui::Text case_name(ui::Ui const& ui, api::CaseItem const& item);
/// "5 minutes ago"
ui::Text age_text(UtcTime minute, std::string const& at);
/// What went wrong with a case, in a rep's words and with the next step.
ui::Text case_problem_text(ui::Ui const& ui, Error const& failure);
void case_problem_banner(ui::Ui& ui, Error const& failure, std::string key);
/// That central does not answer stands at the top already.
bool said_by_offline(App const& app, Error const& failure);
/// What is wrong with the fact that `field` takes, to stand under it; empty when it is not that one.
ui::Text fact_problem(ui::Ui const& ui, Doing const& doing, Field field);
/// Whether it stands under a field rather than over the panel.
bool is_fact_problem(Error const& failure);

} // namespace portico::agent
