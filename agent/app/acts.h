#pragma once

#include "agent/app/app.h"

#include <array>

namespace portico::agent {

using ui::operator""_msg;

/// An act as it is offered: its words, its key, and why it cannot be done now.
struct Offered {
    Act act{};
    ui::Msg label;
    ui::Key key{};
    ui::Text off = {}; ///< empty: it can
    bool held = false; ///< it could, but for central or for what is being done
};

/// What is asked for the member by this act; nothing for another one.
std::optional<OnBehalf> on_behalf_of(Act act);
/// All that can be asked for the member of the case at hand, also what is hindered.
std::vector<Offered> acts_for_member(App const& app, Cases const& cases);

/// It may be asked for still: what it needs to be opened first stood when its dialog was.
bool may_still_ask(Cases const& cases, OnBehalf what);
/// ... and why it may not; empty: it may.
ui::Text why_not_for_member(CaseAtHand const& at_hand, OnBehalf what);
/// The finding needs no answer from here any more.
bool is_answered(App const& app, api::EobDetail const& detail, FindingKind finding);

/// The case is of an entry of the queue, and there is no call for it, nor was the member asked for a proof.
bool nobody_on_line(App const& app, CaseAtHand const& at_hand);

/// The caller is told of an EOB in another language than the desk's own.
bool speaks_another_language(App const& app, CaseAtHand const& at_hand);

/// All acts that make sense for who is signed in and for the selected entry, in the palette's order. What the
/// rights of the session never allow is not among them.
std::vector<Offered> offered_acts(App const& app);
/// One of them; nothing when it is not offered.
std::optional<Offered> offered(App const& app, Act act);
/// Whether it could be done now.
bool can_do(App const& app, Act act);

} // namespace portico::agent
