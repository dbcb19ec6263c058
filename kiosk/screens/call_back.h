#pragma once

#include "kiosk/screens/part.h"
#include "shared/api/waiting_line.h"

#include <array>
#include <string>

namespace portico::kiosk {

/// What a call can be about, in the order it is offered.
inline constexpr std::array<char const*, 4> call_back_abouts{"account_locked", "claim", "card", "other"};

/// "Talk to a person": what about, then where and in which language we call. Signed in or not.
struct CallBackAsk {
    static constexpr char const* name = "call_back";
    std::size_t about = call_back_abouts.size(); ///< none chosen yet: the first of two pages
    bool can_use_file = false;                   ///< a member is signed in: we may have a number
    bool on_file = false;                        ///< ... which is to be called
    std::string number = {};
    bool number_wrong = false;
    std::size_t language = 0; ///< of those offered here
    /// Of the call that was asked for and of which it is not known whether central heard; and what was asked.
    std::string id = {};
    api::AskCallBack asked = {};
    /// What is asked now, and the id of another question that is taken back first; empty: none is.
    api::AskCallBack asking = {};
    std::string instead_of = {};
    Doing doing = {};

    bool about_chosen() const { return about < call_back_abouts.size(); }
    std::string* text_field(Field field) { return field == Field::Phone ? &number : nullptr; }
};

/// The place in line. It shows nothing personal and may stand, as a ticket would, when whoever asked has
/// walked off.
struct CallBackPage {
    static constexpr char const* name = "call_back_place";
    Load<api::CallBackPlace> place = {};
    MonoTime since = {};
    MonoTime told_at = {}; ///< when central said how it stands
    MonoTime look_at = {}; ///< when it is asked again
    int minutes_old = 0;
    bool cancelling = false; ///< asked about in a dialog
    Doing doing = {};

    bool is_over() const;
};

/// No call is to come any more.
bool is_over(api::CallBackPlace const& place);
/// Languages of this kiosk in which somebody may want to speak.
std::vector<std::string> call_back_languages(App const& app);

MaybeIntent draw(ui::Ui& ui, App const& app, CallBackAsk const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, CallBackPage const& screen);

} // namespace portico::kiosk
