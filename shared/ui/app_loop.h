#pragma once

#include "shared/base/clock.h"
#include "shared/base/service_manager.h"
#include "shared/ui/backend.h"
#include "shared/ui/stage.h"

#include <optional>

namespace portico::ui {

/// What the loop runs. All calls come on the loop's thread.
class Program {
public:
    Program() = default;
    Program(Program const&) = delete;
    Program& operator=(Program const&) = delete;
    virtual ~Program() = default;

    /// Draws the current screen and applies the intent it returned. May run several times for one picture.
    virtual void draw(Ui& ui) = 0;
    /// After a wake or a deadline: take what workers posted, look at the clock, change the state.
    virtual void attend() = 0;
    /// The frames of this turn have run; this is what is on the screen.
    virtual void shown(SemanticFrame const&) {}
    /// When `attend` must run again although nothing happened (idle countdown); nothing when never.
    virtual std::optional<MonoTime> next_deadline() const = 0;
    /// Somebody touched or pressed a key just now.
    virtual void noticed_person() {}
    virtual bool finished() const = 0;
    /// The window was closed.
    virtual void quit() = 0;
};

/// Something served between frames: the bench driver.
class LoopGuest {
public:
    LoopGuest() = default;
    LoopGuest(LoopGuest const&) = delete;
    LoopGuest& operator=(LoopGuest const&) = delete;
    virtual ~LoopGuest() = default;
    /// Handles what waits. Returns true when it queued input or moved the clock, so that frames must run.
    virtual bool serve() = 0;
    /// After the frames have run: answers those that waited for a frame.
    virtual void frame_done() = 0;
    virtual std::optional<MonoTime> next_deadline() const = 0;
    /// Whether it put in what a person would do, since the last call.
    virtual bool person_acted() = 0;
};

/// Nothing moves, nothing is drawn: sleeps until input, a wake, or the nearest deadline. Workers call
/// `backend.wake()` after posting to a mailbox.
class AppLoop {
public:
    AppLoop(Stage& stage, Backend& backend, Clock const& clock)
        : stage_(stage), backend_(backend), clock_(clock) {}
    void add_guest(LoopGuest& guest) { guest_ = &guest; }
    /// Is told of each turn, so that a loop that hangs is noticed. A turn for its sake alone changes no
    /// pixel.
    void tell(ServiceManager& manager) { manager_ = &manager; }
    void run(Program& program);

    /// One turn without blocking; for tests. Returns whether pixels changed.
    bool turn(Program& program, Backend::Events events);

private:
    /// How long the backend may wait for events: until the nearest deadline of program, animation, guest or
    /// heartbeat, at once when it is past; nothing: until an event comes.
    std::optional<std::chrono::milliseconds> wait_limit(Program const& program) const;

    Stage& stage_;
    Backend& backend_;
    Clock const& clock_;
    LoopGuest* guest_ = nullptr;
    ServiceManager* manager_ = nullptr;
};

} // namespace portico::ui
