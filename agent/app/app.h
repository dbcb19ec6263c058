#pragma once

#include "agent/app/command.h"
#include "agent/app/screen.h"
#include "agent/screens/calls_at_hand.h"
#include "agent/screens/line_at_hand.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::agent {

/// Who works at the desk. Wiped whole at the end.
struct Session {
    std::uint64_t stamp = 1; ///< one a sign-in; results of another one are dropped
    std::string token;
    std::string staff; ///< staff id
    std::string name;
    std::vector<std::string> rights; ///< "see_work"...
    MonoTime ends_at{};              ///< absolute end; only when signed in

    bool signed_in() const { return !token.empty(); }
    bool may(std::string_view right) const {
        return std::find(rights.begin(), rights.end(), right) != rights.end();
    }
    ~Session() { wipe(token); }
    Session() = default;
    Session(Session&&) = default;
    Session& operator=(Session&&) = default;
};

/// All state of the program. Owned by the UI thread.
struct App {
    Settings settings;
    Facts facts;
    Session session;
    CallsAtHand calls;
    WrittenDown written; ///< for members; what is in the disk's outbox stays there when the session ends
    LineAtHand line;
    Screen screen = SignInPage{};
    /// The work under a lock or its warning, as it was left.
    std::optional<Screen> beneath;
    /// The queue while the cases are shown, the cases while the queue is: each is as it was left.
    std::optional<Screen> aside;
    MonoTime last_input{};
    RequestNumber last_request = 0;

    /// The screen that a rep works on: shown, or under a lock.
    Screen& at_work() { return beneath ? *beneath : screen; }
    Screen const& at_work() const { return beneath ? *beneath : screen; }
    /// The queue, shown, beneath or aside.
    Work* work();
    Work const* work() const { return const_cast<App*>(this)->work(); }
    /// The cases, shown, beneath or aside.
    Cases* cases();
    Cases const* cases() const { return const_cast<App*>(this)->cases(); }
};

struct Now {
    MonoTime mono{};
    UtcTime utc{};
};

/// One turn: the state moves, and what comes back must be done. No I/O, no clock, no threads.
std::vector<Command> update(App& app, Intent intent, Now now);
std::vector<Command> update(App& app, Event event, Now now);
/// When a Tick changes something: a countdown, the lock, the end of the session, the next look at the queue.
std::optional<MonoTime> next_deadline(App const& app);
/// Draws the current screen.
MaybeIntent draw(ui::Ui& ui, App const& app);

} // namespace portico::agent
