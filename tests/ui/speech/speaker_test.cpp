#include "shared/ui/backends/collected_audio.h"
#include "shared/ui/speech/sample_queue.h"
#include "shared/ui/speech/speaker.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

#include <cmath>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

using namespace portico;
using namespace portico::ui;

namespace {

/// Hears a few samples and then no more until it is silenced: a voice in the middle of its sentence. Counts
/// what was finished.
class Ear final : public AudioOut {
public:
    bool play(std::uint64_t utterance, std::span<std::int16_t const> samples) override {
        std::unique_lock lock(guard_);
        inner_.play(utterance, samples);
        ++plays_;
        changed_.notify_all();
        playing_ = true;
        changed_.wait(lock, [&] { return !holding_ || utterance <= silenced_; });
        changed_.wait_for(lock, limit, [&] { return !slow_; });
        playing_ = false;
        return utterance > silenced_;
    }
    bool finish(std::uint64_t utterance) override {
        std::lock_guard const lock(guard_);
        ++finished_;
        changed_.notify_all();
        return utterance > silenced_;
    }
    void silence(std::uint64_t utterance) override {
        std::lock_guard const lock(guard_);
        silenced_ = std::max(silenced_, utterance);
        changed_.notify_all();
    }
    void hold(bool holding) {
        std::lock_guard const lock(guard_);
        holding_ = holding;
        changed_.notify_all();
    }
    /// A card that is slow to fall silent: nothing comes back from it.
    void be_slow(bool slow) {
        std::lock_guard const lock(guard_);
        slow_ = slow;
        changed_.notify_all();
    }
    bool is_playing() {
        std::lock_guard const lock(guard_);
        return playing_;
    }
    bool wait_for_sound() {
        std::unique_lock lock(guard_);
        return changed_.wait_for(lock, limit, [&] { return plays_ > 0; });
    }
    bool wait_for_phrases(int count) {
        std::unique_lock lock(guard_);
        return changed_.wait_for(lock, limit, [&] { return finished_ >= count; });
    }
    std::vector<std::int16_t> samples() const { return inner_.samples(); }

private:
    static constexpr std::chrono::seconds limit{60};

    CollectedAudio inner_;
    std::mutex guard_;
    std::condition_variable changed_;
    bool holding_ = false;
    bool slow_ = false;
    bool playing_ = false;
    int plays_ = 0;
    int finished_ = 0;
    std::uint64_t silenced_ = 0;
};

double loudness(std::vector<std::int16_t> const& samples) {
    double sum = 0;
    for (auto const sample : samples)
        sum += static_cast<double>(sample) * sample;
    return samples.empty() ? 0 : std::sqrt(sum / static_cast<double>(samples.size()));
}

double seconds(std::vector<std::int16_t> const& samples) {
    return static_cast<double>(samples.size()) / speech_sample_rate;
}

std::vector<std::int16_t> sound_of(Phrase const& phrase, VoiceSettings settings = {}) {
    Ear ear;
    auto speaker = make_espeak_speaker(ear, {"en", "es", "km"});
    REQUIRE(speaker.has_value());
    speaker.value()->adjust(settings);
    // A last phrase tells that the one before it is over, with or without a sound.
    speaker.value()->say({phrase, {"Yes.", "en", false}}, Urgency::Waits);
    REQUIRE(ear.wait_for_phrases(speaker.value()->speaks(phrase.language) ? 2 : 1));
    return ear.samples();
}

} // namespace

TEST_CASE("speech: espeak-ng makes sound for English and Spanish") {
    auto const yes = sound_of({"Yes.", "xx", false});
    for (auto const& phrase : {Phrase{"Your share is 86 dollars.", "en", false},
                               Phrase{"Su parte es de 86 dólares.", "es", false}}) {
        auto const sound = sound_of(phrase);
        INFO(phrase.text);
        CHECK(seconds(sound) - seconds(yes) > 1.0);
        CHECK(seconds(sound) - seconds(yes) < 5.0);
        CHECK(loudness(sound) > 500);
    }
}

TEST_CASE("speech: the same words in another language's voice sound different") {
    CHECK(sound_of({"Sample plan number ten", "en", false}) !=
          sound_of({"Sample plan number ten", "es", false}));
}

TEST_CASE("speech: a language without a voice is silent, and not read by another language's voice") {
    Ear ear;
    auto speaker = make_espeak_speaker(ear, {"en", "es", "km", "no-such-language"});
    REQUIRE(speaker.has_value());
    CHECK(speaker.value()->speaks("en"));
    CHECK(speaker.value()->speaks("es"));
    CHECK_FALSE(speaker.value()->speaks("no-such-language"));
    auto const missing = sound_of({"This must never be heard by anybody at all.", "no-such-language", false});
    auto const alone = sound_of({"This must never be heard by anybody at all.", "xx", false});
    CHECK(seconds(missing) == Approx(seconds(alone)).margin(0.1));
    CHECK(seconds(missing) < 1.5);
}

TEST_CASE("speech: slower takes longer, louder is louder") {
    Phrase const phrase{"The plan paid 208 dollars.", "en", false};
    auto const plain = sound_of(phrase);
    CHECK(seconds(sound_of(phrase, {.words_per_minute = words_per_minute_min})) > 1.3 * seconds(plain));
    CHECK(seconds(sound_of(phrase, {.words_per_minute = words_per_minute_max})) < 0.8 * seconds(plain));
    CHECK(loudness(sound_of(phrase, {.volume_percent = volume_percent_min})) < 0.5 * loudness(plain));
}

TEST_CASE("speech: it stops in the middle of a sentence and gives back what was not said to its end") {
    Ear ear;
    ear.hold(true);
    ear.be_slow(true);
    auto made = make_espeak_speaker(ear, {"en"});
    REQUIRE(made.has_value());
    auto& speaker = *made.value();
    Phrase const first{"This is a long sentence that somebody stops in its middle.", "en", false};
    Phrase const second{"This one was never begun.", "en", true};
    speaker.say({first, second}, Urgency::Waits);
    REQUIRE(ear.wait_for_sound());
    auto const left = speaker.stop();
    CHECK(ear.is_playing()); // whoever stops it waits for no voice
    ear.be_slow(false);
    CHECK(left == std::vector<Phrase>{first, second});
    CHECK(speaker.stop().empty());
    CHECK(seconds(ear.samples()) < 1);
    // Going on says all of it, from the beginning of that sentence.
    ear.hold(false);
    speaker.say(left, Urgency::Interrupts);
    REQUIRE(ear.wait_for_phrases(2));
    CHECK(seconds(ear.samples()) > 3);
}

TEST_CASE("speech: what interrupts is said next, what waits is said after") {
    Ear ear;
    ear.hold(true);
    auto made = make_espeak_speaker(ear, {"en"});
    REQUIRE(made.has_value());
    auto& speaker = *made.value();
    speaker.say({{"One", "en", false}}, Urgency::Waits);
    REQUIRE(ear.wait_for_sound());
    speaker.say({{"Two", "en", false}}, Urgency::Waits);
    auto waiting = speaker.stop();
    REQUIRE(waiting.size() == 2);
    CHECK(waiting[1].text == "Two");
    speaker.say(waiting, Urgency::Waits);
    speaker.say({{"Three", "en", false}}, Urgency::Interrupts);
    waiting = speaker.stop();
    REQUIRE(waiting.size() == 1);
    CHECK(waiting[0].text == "Three");
}

TEST_CASE("speech: nothing silenced is heard later, and silence frees a voice that waits for its device") {
    SampleQueue queue;
    std::vector<std::int16_t> const second(speech_sample_rate, 1000);
    bool goes_on = true;
    std::thread voice([&] { goes_on = queue.play(1, second); });
    std::vector<std::int16_t> out(64);
    while (queue.pull(out) == 0) {
    }
    queue.silence(1);
    voice.join();
    CHECK_FALSE(goes_on);
    CHECK(queue.pull(out) == 0);
    CHECK(out == std::vector<std::int16_t>(64, 0));
    CHECK_FALSE(queue.play(1, out));
    CHECK_FALSE(queue.finish(1));
    CHECK(queue.play(2, out));
    CHECK(queue.pull(out) == 64);
    CHECK(queue.finish(2));
}

TEST_CASE("speech: what a bench heard can be written as a WAV file") {
    test::ScratchFolder const folder;
    CollectedAudio audio;
    std::vector<std::int16_t> const samples(100, 77);
    CHECK(audio.play(1, samples));
    REQUIRE(audio.write_wav(folder.path / "x.wav").has_value());
    CHECK(std::filesystem::file_size(folder.path / "x.wav") == 44 + 200);
    CHECK_FALSE(audio.write_wav(folder.path / "no" / "x.wav").has_value());
}
