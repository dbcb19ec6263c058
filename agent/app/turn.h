#pragma once

#include "agent/app/acts.h"
#include "agent/app/limits.h"

namespace portico::agent {

template <class... F>
struct Match : F... {
    using F::operator()...;
};
template <class... F>
Match(F...) -> Match<F...>;

/// One call of `update`: the state, the time, and the commands so far.
class Turn {
public:
    Turn(App& the_app, Now the_time) : app(the_app), now(the_time) {}

    App& app;
    Now now;
    std::vector<Command> commands;

    /// Queues a command; its number comes back with the reply.
    RequestNumber ask(CommandBody body);
    template <class S>
    S* on_top() {
        return std::get_if<S>(&app.screen);
    }

    /// The session is over: nothing of it stays, on the screen or beneath, and the screen says why.
    void end_session(EndReason reason);
    /// The plan took this desk out of service.
    void withdraw();
    /// Covers the work and keeps it.
    void lock(bool by_itself);
    /// Shows what is beneath.
    void uncover();

private:
    void clear_session();
};

// In update_session.cpp.
void on_signed_in(Turn& turn, RequestNumber request, SignedIn& event);
void on_unlocked(Turn& turn, RequestNumber request, Unlocked& event);
void on_touch_wanted(Turn& turn, RequestNumber request);
void on_key_changed(Turn& turn, SecurityKeyState const& before);
void on_me(Turn& turn, MeRead& event);
void on_online(Turn& turn, client::Online online);
void on_central_told(Turn& turn, api::TerminalEvent const& event);
void on_tick(Turn& turn);
void proceed_with_key(Turn& turn);
void cancel_key(Turn& turn);
/// A session that central no longer knows, or that may less than before: true when it was that.
bool handled_as_session(Turn& turn, Error const& failure);

// In update_work.cpp.
void fetch_work(Turn& turn);
void on_work_read(Turn& turn, RequestNumber request, WorkRead& event);
void on_work_done(Turn& turn, RequestNumber request, WorkDone& event);
void do_with_work(Turn& turn, Act act);
void proceed_with_dialog(Turn& turn);
void pick(Turn& turn, std::string const& entry);

} // namespace portico::agent
