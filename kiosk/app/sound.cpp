#include "kiosk/app/sound.h"

namespace portico::kiosk {

namespace {

Result<void> open_out(Sound& sound, bool headless) {
    if (!headless) {
        sound.out = TRY(ui::make_sdl_audio());
        return ok();
    }
#ifdef PORTICO_BENCH_PARTS
    auto collected = std::make_unique<ui::CollectedAudio>();
    sound.collected = collected.get();
    sound.out = std::move(collected);
    return ok();
#else
    return error(ErrorKind::Unavailable, "no_audio", "a kiosk without a display has no sound device");
#endif
}

} // namespace

ui::Speaker& Sound::speaker() {
#ifdef PORTICO_BENCH_PARTS
    if (recorded)
        return *recorded;
#endif
    return *voice;
}

std::vector<std::string> Sound::voices(std::vector<std::string> const& languages) const {
    std::vector<std::string> spoken;
    for (auto const& language : languages)
        if (voice->speaks(language))
            spoken.push_back(language);
    return spoken;
}

Result<std::unique_ptr<Sound>> open_sound(bool headless, std::vector<std::string> const& languages) {
    auto sound = std::make_unique<Sound>();
    TRY(open_out(*sound, headless));
    sound->voice = TRY(ui::make_espeak_speaker(*sound->out, languages));
#ifdef PORTICO_BENCH_PARTS
    sound->recorded = std::make_unique<ui::RecordedSpeech>(*sound->voice);
#endif
    return sound;
}

} // namespace portico::kiosk
