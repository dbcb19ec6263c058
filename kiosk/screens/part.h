#pragma once

#include "kiosk/app/event.h"
#include "kiosk/app/facts.h"
#include "kiosk/app/intent.h"
#include "kiosk/app/load.h"
#include "shared/terminal/eob_words.h"
#include "shared/ui/ui.h"

#include <optional>
#include <string>

/// What every screen's state and drawing stand on.
namespace portico::kiosk {

struct App;
using MaybeIntent = std::optional<Intent>;

using terminal::date_text;
using terminal::in_language;
using terminal::money_or_unknown;

using ui::data;
using ui::operator""_msg;
using ui::operator""_msgs;

/// Bars of a screen of this name, with who is signed in.
ui::FrameSpec frame_of(App const& app, char const* screen);
/// Why nothing can be read out on this terminal; empty when it can.
ui::Text listen_off(App const& app);
/// Whether speech is on or paused, as the access bar says it.
ui::Text listen_state(App const& app);
/// What the bars' buttons want.
MaybeIntent from_bar(ui::BarAction action);

/// `yes` becomes `intent`.
inline void want(MaybeIntent& intent, bool yes, Intent wanted) {
    if (yes)
        intent = std::move(wanted);
}

/// A wide screen with text small enough for two columns of a screen's parts.
inline bool two_columns(ui::Ui const& ui) {
    return ui.landscape() && !ui.theme().large_text();
}
/// A wide screen with large text: the fewest lines, or a page holds next to nothing.
inline bool low_screen(ui::Ui const& ui) {
    return ui.landscape() && ui.theme().large_text();
}
/// What went wrong, in a person's words: the catalog's "problem.<reason>", else by kind.
ui::Text problem_text(ui::Ui const& ui, Error const& failure);
/// A title for it.
ui::Text problem_title(ui::Ui const& ui, Error const& failure);
/// Banner for a failure, with "Try again" when that may help.
void problem_banner(ui::Ui& ui, Error const& failure, MaybeIntent& intent, bool retry);
/// What is said at a field that "Continue" waits for, of which so many characters are typed; nothing at
/// another.
ui::Text missing_text(std::optional<Field> missing, Field field, std::size_t typed = 0);
/// Says that the network is out, where it is.
void offline_banner(ui::Ui& ui, App const& app, ui::Text const& what_works);
/// Notices for one function of the kiosk.
void notices_for(ui::Ui& ui, App const& app, std::string_view function);

/// Draws what has arrived, a spinner while it has not, or what went wrong.
template <class T, class Body>
void when_loaded(ui::Ui& ui, Load<T> const& load, ui::Msg waiting, MaybeIntent& intent, Body body) {
    if (load.value)
        body(*load.value);
    else if (load.failure)
        problem_banner(ui, *load.failure, intent, true);
    else
        ui.spinner(waiting);
}

} // namespace portico::kiosk
