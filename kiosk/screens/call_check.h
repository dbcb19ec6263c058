#pragma once

#include "kiosk/screens/part.h"
#include "shared/api/call_check.h"

namespace portico::kiosk {

/// A call check that was asked for, until its page can open.
struct CallCheckToCome {
    Load<api::CallCheck> load = {};
    MonoTime until = {};
};

enum class CallCheckEnd : std::uint8_t { NotYet, Right, WrongNumber, NotOnPhone, Gone };

/// A desk asks the member who is signed in here whether they are on the phone (shared/api/call_check.h): they
/// touch the number that the person on the phone reads out. It opens by itself, and Back returns to what they
/// were doing.
struct CallCheckPage {
    static constexpr char const* name = "call_check";
    api::CallCheck question = {};
    MonoTime until = {};     ///< then it has run out
    int renewed = 0;         ///< how often newer numbers took the place of those that were shown
    std::string answer = {}; ///< the number told last; empty: not on the phone
    CallCheckEnd end = CallCheckEnd::NotYet;
    Doing doing = {};
};

MaybeIntent draw(ui::Ui& ui, App const& app, CallCheckPage const& screen);

} // namespace portico::kiosk
