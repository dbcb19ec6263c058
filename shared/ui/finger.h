#pragma once

#include "shared/base/clock.h"
#include "shared/ui/geometry.h"
#include "shared/ui/layout/paint_context.h"

#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace portico::ui {

/// Which control a press is meant for: the one that stood under the finger when it set out. What comes in
/// between by itself (an answer that moves the rows, a question over the whole screen) is not pressed by
/// someone who has not seen it yet; what only moved aside is pressed where it is now.
class Finger {
public:
    /// A movement under way is not held back any more by what appears later than this before its end: about
    /// 200 ms (stop-signal reaction time of adults, Logan and Cowan 1984).
    static constexpr std::chrono::milliseconds on_its_way{200};

    /// The controls of a frame that is on the screen from now on. One that the person brought about
    /// (`asked`) is what the next press is meant for; the others are so only after a while.
    void shown(std::vector<Control> const& controls, MonoTime now, bool asked);

    /// Lands at `at`, having set out at `set_out`.
    void press(Point at, MonoTime set_out);
    /// Whether a press of this control may act.
    bool may_press(std::string const& id) const { return !pressing_ || pressing_->meant.id == id; }
    void acted() { acted_ = true; }
    /// Lifted at `at`, over `controls`. The control to activate because it moved away from under the finger,
    /// if any.
    Control const* lift(Point at, std::vector<Control> const& controls);

    /// The last press met nothing, because what it was meant for was gone.
    bool missed() const { return missed_; }

private:
    struct Layout {
        MonoTime since;
        std::vector<Control> controls;
    };
    struct Pressing {
        Point at;
        Control meant; // without an id where nothing stood
    };

    std::deque<Layout> layouts_; // the newest last
    std::optional<Pressing> pressing_;
    bool acted_ = false;
    bool missed_ = false;
};

} // namespace portico::ui
