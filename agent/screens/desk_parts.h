#pragma once

#include "agent/screens/case_at_hand.h"
#include "agent/screens/palette.h"

#include <functional>

namespace portico::agent {

/// The bar at the foot of a signed-in screen: whether central answers, the way to the other screen, all acts,
/// the lock.
void status_bar(ui::Ui& ui, App const& app, MaybeIntent& intent);
/// Every act by its key, whether or not it has a button on the screen. Over a dialog the lock is left, and to
/// answer or decline a call: they must be at hand always.
void act_keys(ui::Ui& ui, App const& app, bool dialog, MaybeIntent& intent);
/// The act as a button; nothing when it is not offered. Off with its reason where it is only held up, or
/// where `say_why` asks for it.
struct ActButton {
    ui::ButtonKind kind = ui::ButtonKind::Secondary;
    std::string icon = {};
    bool busy = false;
    bool say_why = false;
};
bool act_button(ui::Ui& ui, App const& app, Act act, ActButton const& spec, MaybeIntent& intent);
/// The colour of its case; nothing where there are more cases than colours.
ui::Mark case_mark(App const& app, CaseAtHand const& at_hand);
/// A panel of the case at hand, with the colour of its case.
void case_card(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, std::function<void()> const& body);
/// What stands over a screen, with the call that rings meanwhile.
void desk_dialog(ui::Ui& ui, App const& app, MaybeIntent& intent, ui::Text const& title,
                 ui::DialogSpec const& spec, std::function<void()> const& body);
void said_banner(ui::Ui& ui, Said const& said);
/// Which colleague is meant: their number is typed, or they are chosen of those who are known here. `error`
/// stands under the field.
void choose_colleague(ui::Ui& ui, App const& app, std::string const& staff, ui::Text const& error,
                      MaybeIntent& intent);

} // namespace portico::agent
