#include "kiosk/driver/bench.h"

#include "shared/terminal/driver/device_hook.h"

namespace portico::kiosk {

Result<std::unique_ptr<ui::Driver>> open_driver(std::filesystem::path const& socket, ui::Stage& stage,
                                                ui::Backend& backend, SystemClock& clock, BenchDevices* bench,
                                                Sound* sound) {
    ui::Driver::Hooks hooks;
    hooks.advance = [&clock](std::chrono::microseconds by) { clock.advance(by); };
    hooks.device = terminal::device_hook(bench);
    hooks.speech = [sound](std::string const& request) -> Result<std::string> {
        if (sound == nullptr)
            return error(ErrorKind::Unavailable, "no_audio", "this kiosk has no sound");
        auto const wav = terminal::word_of(request, "wav");
        if (!wav.empty()) {
            if (sound->collected == nullptr)
                return error(ErrorKind::Unavailable, "no_recording", "only a headless kiosk keeps its sound");
            TRY(sound->collected->write_wav(wav));
        }
        return sound->recorded->take_json();
    };
    return ui::Driver::open(socket, stage, backend, clock, std::move(hooks));
}

} // namespace portico::kiosk
