#pragma once

#include "agent/app/event.h"
#include "agent/app/facts.h"
#include "agent/app/intent.h"
#include "shared/terminal/load.h"
#include "shared/ui/ui.h"

#include <optional>

/// What every screen's state and drawing stand on.
namespace portico::agent {

struct App;
using MaybeIntent = std::optional<Intent>;

using terminal::Doing;
using terminal::Load;

using ui::data;
using ui::operator""_msg;
using ui::operator""_msgs;

/// `yes` becomes `intent`.
inline void want(MaybeIntent& intent, bool yes, Intent wanted) {
    if (yes)
        intent = std::move(wanted);
}

/// What went wrong, in a rep's words and with the next step: the catalog's "desk_problem.<reason>".
ui::Text problem_text(ui::Ui const& ui, Error const& failure);
void problem_banner(ui::Ui& ui, Error const& failure, std::string key);
/// Says that the network is out, or this desk's clock wrong, where it is so.
void offline_banner(ui::Ui& ui, App const& app, ui::Text const& what_now);

} // namespace portico::agent
