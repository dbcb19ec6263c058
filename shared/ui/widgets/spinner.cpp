#include "shared/ui/widgets/spinner.h"

#include <chrono>

namespace portico::ui {
namespace {

constexpr std::int64_t turn_ms = 1200;

} // namespace

std::unique_ptr<Drawing> spinner_drawing(Core& core, float size) {
    return std::make_unique<Drawing>(Size{size, size}, [&core](PaintContext& context, Rect r) {
        core.spinner_shown = true;
        float phase = 0;
        if (!core.settings.reduced_motion) {
            auto const ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                                core.clock.monotonic().time_since_epoch())
                                .count();
            phase = static_cast<float>(ms % turn_ms) / static_cast<float>(turn_ms);
        }
        float const stroke = r.w / 8;
        context.painter.arc(r.center(), r.w / 2 - stroke / 2, stroke, phase, phase + 0.72F, context.ink);
    });
}

} // namespace portico::ui
