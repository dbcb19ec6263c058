#include "shared/ui/speech/sample_queue.h"

#include <SDL.h>

namespace portico::ui {
namespace {

// Short enough that a key press silences the voice before the next syllable.
constexpr Uint16 device_samples = 512;

class SdlAudio final : public AudioOut {
public:
    ~SdlAudio() override {
        if (device_ != 0)
            SDL_CloseAudioDevice(device_);
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
    }

    Result<void> open() {
        if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0)
            return no_audio();
        SDL_AudioSpec wanted{};
        wanted.freq = speech_sample_rate;
        wanted.format = AUDIO_S16SYS;
        wanted.channels = 1;
        wanted.samples = device_samples;
        wanted.userdata = &queue_;
        wanted.callback = [](void* queue, Uint8* bytes, int count) {
            static_cast<SampleQueue*>(queue)->pull(
                {reinterpret_cast<std::int16_t*>(bytes), static_cast<std::size_t>(count) / 2});
        };
        device_ = SDL_OpenAudioDevice(nullptr, 0, &wanted, nullptr, 0);
        if (device_ == 0)
            return no_audio();
        SDL_PauseAudioDevice(device_, 0);
        return ok();
    }

    bool play(std::uint64_t utterance, std::span<std::int16_t const> samples) override {
        return queue_.play(utterance, samples);
    }
    bool finish(std::uint64_t utterance) override { return queue_.finish(utterance); }
    void silence(std::uint64_t utterance) override { queue_.silence(utterance); }

private:
    static Error no_audio() {
        return error(ErrorKind::Unavailable, "no_audio",
                     std::string("no sound device can be opened: ") + SDL_GetError());
    }

    SampleQueue queue_;
    SDL_AudioDeviceID device_ = 0;
};

} // namespace

Result<std::unique_ptr<AudioOut>> make_sdl_audio() {
    auto audio = std::make_unique<SdlAudio>();
    TRY(audio->open());
    return std::unique_ptr<AudioOut>(std::move(audio));
}

} // namespace portico::ui
