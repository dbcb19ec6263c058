#include "shared/ui/speech/speaker.h"

#include <espeak-ng/speak_lib.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <stop_token>
#include <thread>

namespace portico::ui {
namespace {

// The longest the library computes before it asks whether to go on.
constexpr int step_ms = 40;
// Far more than a screen holds: a caller that never lets it speak does not fill the memory.
constexpr std::size_t phrases_max = 2000;

/// Begins the library, once for the process, as its voices are. SYNCHRONOUS: the sound comes on the thread
/// that asks for it; with RETRIEVAL the library would use a thread of its own and come back after the call
/// has returned. Returns its sample rate, below zero when its data cannot be read.
int begin_library() {
    static int const rate =
        espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, step_ms, nullptr, espeakINITIALIZE_DONT_EXIT);
    return rate;
}

class EspeakSpeaker final : public Speaker {
public:
    explicit EspeakSpeaker(AudioOut& out) : out_(out) {}

    ~EspeakSpeaker() override {
        auto left = stop();
        wipe_phrases(left);
        if (worker_.joinable()) {
            worker_.request_stop();
            worker_.join();
        }
    }

    Result<void> open(std::vector<std::string> const& languages) {
        if (begin_library() != speech_sample_rate)
            return error(ErrorKind::Unavailable, "speech_unavailable",
                         "espeak-ng cannot read its voices; install espeak-ng-data");
        espeak_SetSynthCallback(&EspeakSpeaker::on_samples);
        for (auto const& language : languages)
            if (espeak_SetVoiceByName(voice_name(language)) == EE_OK)
                languages_.insert(language);
        worker_ = std::jthread([this](std::stop_token const& end) { work(end); });
        return ok();
    }

    void say(std::vector<Phrase> phrases, Urgency urgency) override {
        if (urgency == Urgency::Interrupts) {
            auto left = stop();
            wipe_phrases(left);
        }
        {
            std::lock_guard const lock(guard_);
            for (auto& phrase : phrases)
                if (queue_.size() < phrases_max)
                    queue_.push_back(std::move(phrase));
        }
        wake_.notify_all();
    }

    std::vector<Phrase> stop() override {
        std::vector<Phrase> left;
        std::uint64_t silenced = 0;
        {
            std::lock_guard const lock(guard_);
            if (speaking_)
                left.push_back(now_);
            speaking_ = false;
            left.insert(left.end(), std::make_move_iterator(queue_.begin()),
                        std::make_move_iterator(queue_.end()));
            queue_.clear();
            silenced = utterance_++;
        }
        out_.silence(silenced);
        return left;
    }

    void adjust(VoiceSettings settings) override {
        std::lock_guard const lock(guard_);
        settings_ = settings;
    }

    bool speaks(std::string_view language) const override {
        return languages_.find(language) != languages_.end();
    }

private:
    /// The variety that members of a US plan speak.
    static char const* voice_name(std::string const& language) {
        if (language == "en")
            return "en-us";
        if (language == "es")
            return "es-419";
        return language.c_str();
    }

    struct Task {
        Phrase phrase;
        VoiceSettings settings;
        std::uint64_t utterance = 0;
    };

    void work(std::stop_token const& end) {
        while (true) {
            Task task;
            {
                std::unique_lock lock(guard_);
                if (!wake_.wait(lock, end, [this] { return !queue_.empty(); }))
                    return;
                now_ = std::move(queue_.front());
                queue_.pop_front();
                speaking_ = true;
                task = {now_, settings_, utterance_};
            }
            speak(task);
            wipe(task.phrase.text);
            std::lock_guard const lock(guard_);
            // After a stop, `now_` may be a later phrase's only if this thread took it: it did not.
            speaking_ = false;
            wipe(now_.text);
        }
    }

    void speak(Task& task) {
        // Its return code is all that tells of a missing voice: the one of before would go on speaking.
        if (!speaks(task.phrase.language) || espeak_SetVoiceByName(voice_name(task.phrase.language)) != EE_OK)
            return;
        espeak_SetParameter(espeakRATE, task.settings.words_per_minute, 0);
        espeak_SetParameter(espeakVOLUME, task.settings.volume_percent, 0);
        // A key such as "." is called by its name.
        auto const& text = task.phrase.text;
        bool const single =
            text.size() == 1 || (text.size() == 2 && (static_cast<unsigned char>(text[0]) & 0x80U) != 0);
        espeak_SetParameter(espeakPUNCTUATION, single ? espeakPUNCT_ALL : espeakPUNCT_NONE, 0);
        Run run{&out_, task.utterance};
        if (espeak_Synth(text.c_str(), text.size() + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, nullptr,
                         &run) == EE_OK)
            out_.finish(task.utterance);
    }

    struct Run {
        AudioOut* out;
        std::uint64_t utterance;
    };
    static int on_samples(short* samples, int count, espeak_EVENT* events) {
        auto const* run = static_cast<Run*>(events->user_data);
        if (samples == nullptr || count <= 0 || run == nullptr)
            return 0;
        bool const goes_on = run->out->play(run->utterance, {samples, static_cast<std::size_t>(count)});
        return goes_on ? 0 : 1;
    }

    AudioOut& out_;
    std::set<std::string, std::less<>> languages_;

    std::mutex guard_;
    std::condition_variable_any wake_;
    std::deque<Phrase> queue_;
    Phrase now_;
    bool speaking_ = false;
    VoiceSettings settings_;
    std::uint64_t utterance_ = 1;

    std::jthread worker_;
};

} // namespace

Result<std::unique_ptr<Speaker>> make_espeak_speaker(AudioOut& out,
                                                     std::vector<std::string> const& languages) {
    auto speaker = std::make_unique<EspeakSpeaker>(out);
    TRY(speaker->open(languages));
    return std::unique_ptr<Speaker>(std::move(speaker));
}

} // namespace portico::ui
