#pragma once

#include "shared/base/result.h"
#include "shared/ui/draw/scale.h"

#include <memory>

struct wl_display;
struct wl_surface;

namespace portico::ui {

/// Shows finished pictures on a Wayland surface by shared memory, as every compositor takes them. SDL 2 shows
/// pictures under Wayland by OpenGL alone: on a machine that draws in memory that means Mesa and LLVM, a
/// hundred megabytes that compile code while they run, for copying a picture. The UI thread's.
class WaylandPicture {
public:
    /// On what a window system has opened already; both must outlive it.
    /// Errors: Unavailable "no_shared_memory" when the compositor takes no pictures in memory.
    static Result<std::unique_ptr<WaylandPicture>> create(wl_display* display, wl_surface* surface);

    WaylandPicture(WaylandPicture const&) = delete;
    WaylandPicture& operator=(WaylandPicture const&) = delete;
    virtual ~WaylandPicture() = default;

    /// A surface of `width` x `height` pixels shows `picture` at `place` (whole pixels, inside), scaled to
    /// it, on black. False when there is no memory for it.
    virtual bool show(Bitmap const& picture, int width, int height, PixelRect const& place) = 0;
    /// Wipes what earlier pictures left in memory that the compositor has given back.
    virtual void wipe_earlier() = 0;

protected:
    WaylandPicture() = default;
};

} // namespace portico::ui
