#pragma once

#include "shared/base/clock.h"
#include "shared/base/result.h"
#include "shared/ui/catalog.h"
#include "shared/ui/frame.h"
#include "shared/ui/geometry.h"
#include "shared/ui/input.h"
#include "shared/ui/scan/switches.h"
#include "shared/ui/specs.h"
#include "shared/ui/theme.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace portico::ui {

class Ui;
struct Core;

/// What a person may choose on the access bar, and the screen itself.
struct StageSettings {
    int width = 1080, height = 1920;
    std::string language = "en";
    ThemeName theme = ThemeName::Light;
    Density density = Density::Touch;
    int text_percent = 100; ///< 100 to 200
    bool reduced_motion = false;
    ScanSettings scan = {};
    bool operator==(StageSettings const&) const = default;

    float zoom() const { return pixels_a_unit(density, height); }
    /// In units of layout.
    Size size() const { return {static_cast<float>(width) / zoom(), static_cast<float>(height) / zoom()}; }
};

/// The same on every screen of a program.
struct Brand {
    Text plan_name;
    /// Shown on every screen of a build with virtual devices; empty in production.
    Text bench_notice = {};
};

/// Holds what lives from frame to frame: focus, caret, page, texts already laid out, the pixels. One thread.
///
///     auto catalog = TRY(Catalog::load(assets / "messages"));
///     auto stage = TRY(Stage::create(catalog, clock, {.plan_name = data("Sample Health Plan")}, settings));
///     stage->input(PointerPressed{{100, 200}});
///     bool changed = stage->run([&](Ui& ui) { if (auto intent = draw(ui, app)) update(app, *intent); });
class Stage {
public:
    /// Errors: Unavailable when no font can be found.
    static Result<std::unique_ptr<Stage>> create(Catalog const& catalog, Clock const& clock, Brand brand,
                                                 StageSettings settings);
    ~Stage();
    Stage(Stage const&) = delete;
    Stage& operator=(Stage const&) = delete;

    StageSettings const& settings() const;
    void configure(StageSettings settings);
    void set_brand(Brand brand);

    /// Queued; one is taken each frame. Places are in pixels.
    void input(InputEvent event);

    using Draw = std::function<void(Ui&)>;
    /// Runs frames until no input waits and nothing was activated, then draws the pixels if anything changed.
    /// Returns whether the pixels changed.
    bool run(Draw const& draw);

    SemanticFrame const& frame() const;
    /// The last press met nothing: what stood there when the finger set out was gone when it landed.
    bool press_missed() const;
    /// The pixels of the last drawn frame, opaque.
    Bitmap const& pixels() const;
    /// When the next frame of something that moves is due; nothing when all stands still.
    std::optional<MonoTime> next_frame_at() const;

    /// Fills the pixels with the cover colour at once, whatever was drawn; the caller presents them.
    void cover_now();
    /// Drops and wipes every text, image and frame that was drawn: atlas, layouts, pixels. The person stays:
    /// so do the focus and what they have pressed and typed since.
    void forget_drawn();
    /// The same at the end of a session, with focus and queued input.
    void forget_personal();
    /// Overwrites what is left of the pixels and atlas with zeros and reports how many bytes are not zero.
    std::size_t personal_bytes_left() const;

    /// A new visit begins at the top of the first screen, with the pointer away.
    void reset_focus();

    Core& core();

private:
    explicit Stage(std::unique_ptr<Core> core);
    std::unique_ptr<Core> core_;
};

} // namespace portico::ui
