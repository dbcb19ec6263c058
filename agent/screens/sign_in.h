#pragma once

#include "agent/screens/part.h"

namespace portico::agent {

/// Why the session before has ended.
enum class EndReason : std::uint8_t {
    None,
    SignedOut,
    TimeUp,       ///< after session_max_s
    EndedByPlan,  ///< central no longer knows the session
    EndedByOther, ///< a colleague ended it at the lock
};

/// A key, its PIN or a finger, a touch: what sign-in and the lock ask for alike.
struct KeyEntry {
    Secret pin = {};
    Doing doing = {};
    bool touch_wanted = false;
    int tries_left = -1;
};

/// Nobody is signed in.
struct SignInPage {
    static constexpr char const* name = "sign_in";
    KeyEntry entry = {};
    EndReason ended = EndReason::None;
};

/// Covered; the work is kept for the one who locked it.
struct Locked {
    static constexpr char const* name = "locked";
    KeyEntry entry = {};
    bool by_itself = false; ///< after the time without input
    bool not_yours = false; ///< somebody else's key was shown
};

/// The last minute before the desk locks by itself. Covered as well.
struct StillThere {
    static constexpr char const* name = "still_there";
    MonoTime until = {};
    int seconds_left = 0;
};

/// The desk serves nobody: not enrolled, or taken out of service.
struct OutOfOrder {
    static constexpr char const* name = "out_of_order";
    bool withdrawn = false;
};

MaybeIntent draw(ui::Ui& ui, App const& app, SignInPage const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, Locked const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, StillThere const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, OutOfOrder const& screen);

} // namespace portico::agent
