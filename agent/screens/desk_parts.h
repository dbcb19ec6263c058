#pragma once

#include "agent/screens/palette.h"

namespace portico::agent {

/// The bar at the foot of a signed-in screen: whether central answers, the way to the other screen, all acts,
/// the lock.
void status_bar(ui::Ui& ui, App const& app, MaybeIntent& intent);
/// Every act by its key, whether or not it has a button on the screen. Over a dialog only the lock is left:
/// it must be at hand always.
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
void said_banner(ui::Ui& ui, Said const& said);
/// Which colleague is meant: their number is typed, or they are chosen of those who are known here. `error`
/// stands under the field.
void choose_colleague(ui::Ui& ui, App const& app, std::string const& staff, ui::Text const& error,
                      MaybeIntent& intent);

} // namespace portico::agent
