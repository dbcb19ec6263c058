#pragma once

#include "shared/base/result.h"
#include "shared/ui/input.h"
#include "shared/ui/specs.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace portico::ui {

/// Where pixels go and input comes from. UI thread, except `wake`.
class Backend {
public:
    Backend() = default;
    Backend(Backend const&) = delete;
    Backend& operator=(Backend const&) = delete;
    virtual ~Backend() = default;

    struct Events {
        std::vector<InputEvent> input;
        /// The window lost its content (uncovered, resized back); present again.
        bool redraw = false;
        /// The window was closed or the system asks us to end.
        bool quit = false;
    };
    /// Blocks until there is input, a `wake`, or the time is over (never, without one).
    virtual Events wait(std::optional<std::chrono::milliseconds> timeout) = 0;
    virtual void present(Bitmap const& pixels) = 0;
    /// From any thread: `wait` returns soon.
    virtual void wake() = 0;
};

/// No display: `wait` returns on `wake` and timeout only; what is presented is dropped.
std::unique_ptr<Backend> make_headless_backend();

/// Where a window stands when it is not the whole screen.
enum class WindowPlace : std::uint8_t {
    Center,
    LeftOfTwo,  ///< leaves room for a window to its right
    RightOfTwo, ///< beside one that stands LeftOfTwo
};

struct WindowSettings {
    std::string title;
    /// Pixels that are drawn; the window is smaller, and the picture with it, where the display has less
    /// room.
    int width = 1080, height = 1920;
    bool fullscreen = false;
    WindowPlace place = WindowPlace::Center;
};
/// A window on X11, Wayland or the console. Errors: Unavailable without a display.
Result<std::unique_ptr<Backend>> make_sdl_backend(WindowSettings const& settings);

} // namespace portico::ui
