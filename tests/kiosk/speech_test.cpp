#include "kiosk/app/limits.h"
#include "kiosk/app/voice.h"
#include "kiosk/screens/sample_data.h"
#include "kiosk/screens/samples.h"
#include "shared/base/language.h"
#include "shared/ui/core.h"
#include "shared/ui/speech/spoken_text.h"
#include "shared/ui/stage.h"
#include "tests/kiosk/sample_screens.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>

using namespace portico;
using namespace portico::kiosk;

namespace {

std::unique_ptr<ui::Stage> stage_in(std::string const& language, Clock const& clock) {
    ui::StageSettings settings;
    settings.language = language;
    auto stage = ui::Stage::create(catalog(), clock, {.plan_name = ui::data("Sample Health Plan")}, settings);
    REQUIRE(stage.has_value());
    stage.value()->core().draws_pixels = false;
    return std::move(stage).value();
}

std::string text_of(std::vector<ui::Phrase> const& phrases) {
    std::string out;
    for (auto const& phrase : phrases)
        out += (out.empty() ? "" : " ") + phrase.text;
    return out;
}

bool is_letter(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}

/// Takes `part` out of `text` where it stands as whole words; false when it does not.
bool take_out(std::string& text, std::string const& part) {
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        auto const end = at + part.size();
        bool const in_a_word = (at > 0 && is_letter(text[at - 1]) && is_letter(part.front())) ||
                               (end < text.size() && is_letter(text[end]) && is_letter(part.back()));
        if (in_a_word)
            continue;
        text.replace(at, part.size(), "\n");
        return true;
    }
    return false;
}

/// Every word for roles, states and places that speech may add to what is shown.
std::vector<std::string> words_of_speech(std::string const& language) {
    std::vector<std::string> out;
    for (auto const& id : catalog().ids(language))
        if (id.starts_with("speech.role.") || id.starts_with("speech.state.") || id == "speech.field.empty")
            out.push_back(catalog().pattern(id, language));
    std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.size() > b.size(); });
    return out;
}

/// What is left of the reading when everything shown and every word of speech is taken out of it.
std::string beyond_the_frame(ui::SemanticFrame const& frame, std::string said, std::string& missing) {
    std::vector<std::string> shown;
    for (auto const& node : frame.nodes) {
        if (node.role == ui::Role::Key)
            continue;
        shown.push_back(ui::spoken_text(node.label, node.language, catalog()));
        if (!node.sensitive)
            shown.push_back(ui::spoken_text(node.value, frame.language, catalog()));
    }
    std::sort(shown.begin(), shown.end(), [](auto const& a, auto const& b) { return a.size() > b.size(); });
    for (auto const& node : frame.nodes)
        if (node.sensitive && node.characters > 0)
            shown.push_back(without_direction_marks(catalog().plain(
                ui::Msg("speech.field.hidden").with("count", node.characters), frame.language)));
    for (auto const& part : shown)
        if (!part.empty() && !take_out(said, part))
            missing += "\n  " + part;
    for (auto const& word : words_of_speech(frame.language))
        while (take_out(said, word)) {
        }
    for (int of = 30; of > 1; --of)
        for (int place = of; place > 0; --place)
            while (take_out(
                said, without_direction_marks(catalog().plain(
                          ui::Msg("speech.place").with("place", place).with("of", of), frame.language)))) {
            }
    std::erase_if(said,
                  [](char c) { return std::string_view(" \n.,;:?!").find(c) != std::string_view::npos; });
    return said;
}

/// Keeps what it is given.
class Listener final : public ui::Speaker {
public:
    void say(std::vector<ui::Phrase> phrases, ui::Urgency urgency) override {
        if (urgency == ui::Urgency::Interrupts)
            waiting.clear();
        heard += text_of(phrases) + "\n";
        waiting.insert(waiting.end(), phrases.begin(), phrases.end());
    }
    std::vector<ui::Phrase> stop() override {
        ++stops;
        return std::exchange(waiting, {});
    }
    void adjust(ui::VoiceSettings wanted) override { settings = wanted; }
    bool speaks(std::string_view) const override { return true; }

    std::string take() { return std::exchange(heard, {}); }
    std::vector<ui::Phrase> waiting;
    std::string heard;
    ui::VoiceSettings settings;
    int stops = 0;
};

/// The state, the screen and the voice, without threads or devices.
struct SpeakingKiosk {
    ManualClock clock{UtcTime{std::chrono::hours(24 * 20524)}};
    std::unique_ptr<ui::Stage> stage = stage_in("en", clock);
    Listener listener;
    Voice voice{catalog(), listener};
    App app = sample::kiosk();
    Now now{MonoTime{std::chrono::hours(10)}, {}};

    SpeakingKiosk() {
        app.last_touch = now.mono;
        app.facts.headphones = Headphones::Out;
        show();
    }
    void run(std::vector<Command> commands) {
        for (auto& command : commands) {
            if (auto* say = std::get_if<Say>(&command.body))
                voice.ask(std::move(*say));
            else if (std::holds_alternative<CoverAndForget>(command.body))
                voice.forget();
        }
        show();
    }
    void show() {
        auto settings = stage->settings();
        settings.language = app.settings.language;
        stage->configure(settings);
        stage->run([&](ui::Ui& ui) { (void)draw(ui, app); });
        voice.shown(stage->frame(), app);
    }
    void want(Intent intent) { run(update(app, std::move(intent), now)); }
    void happens(EventBody body) { run(update(app, Event{.body = std::move(body)}, now)); }
    void plug() { happens(HeadphonesChanged{Headphones::In}); }
    void unplug() { happens(HeadphonesChanged{Headphones::Out}); }
    void pass(std::chrono::seconds time) {
        now.mono += time;
        happens(Tick{});
    }
    std::string screen() const { return name(app.screen); }
    void sign_in() {
        auto signed_in = sample::signed_in();
        app.session = std::move(signed_in.session);
        app.session.ends_at = now.mono + session_max_s;
        app.beneath.clear();
        app.screen = Home{.home = sample::loaded(sample::home())};
        show();
    }
};

bool has(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("speech: every screen says all that it shows, and nothing else") {
    ManualClock const clock{UtcTime{std::chrono::hours(24 * 20524)}};
    for (std::string const language : {"en", "es", "ar"}) {
        auto stage = stage_in(language, clock);
        for (auto const& sample : all_samples()) {
            stage->reset_focus();
            // Every page: what does not fit is on the next one.
            for (int page = 0, pages = 1; page < pages; ++page) {
                if (page > 0)
                    stage->input(ui::KeyPressed{ui::Key::PageDown});
                stage->run([&](ui::Ui& ui) { (void)draw(ui, sample.app); });
                auto const& frame = stage->frame();
                pages = frame.pages;
                std::string missing;
                auto const said = text_of(ui::read_screen(frame, catalog()));
                auto const more = beyond_the_frame(frame, said, missing);
                INFO(sample.name << " " << language << " page " << page + 1 << "\nsaid: " << said
                                 << "\nmissing:" << missing);
                CHECK(missing.empty());
                CHECK(more.empty());
                CHECK_FALSE(has(said, "$"));
            }
        }
    }
}

TEST_CASE("speech: on a signed-in screen nothing of the member is said without headphones") {
    ManualClock const clock{UtcTime{std::chrono::hours(24 * 20524)}};
    auto stage = stage_in("en", clock);
    int looked_at = 0;
    for (auto const& sample : all_samples()) {
        if (!sample.app.session.signed_in())
            continue;
        stage->reset_focus();
        stage->run([&](ui::Ui& ui) { (void)draw(ui, sample.app); });
        auto const aloud = text_of(ui::said_aloud(ui::read_screen(stage->frame(), catalog()), {}));
        INFO(sample.name << ": " << aloud);
        for (auto const* personal : {"Alex", "Jamie", "Robin", "dollars", "Riverside", "Sample Street",
                                     "0 0 4 2", "alex@example.org", "5 5 5", "CLM"}) {
            // What words mean is explained with amounts that are nobody's.
            if (std::holds_alternative<WordHelp>(sample.app.screen) && personal == std::string("dollars"))
                continue;
            CHECK_FALSE(has(aloud, personal));
        }
        ++looked_at;
    }
    CHECK(looked_at > 20);
}

TEST_CASE("speech: Listen reads the screen, and once more opens the controls and holds the reading") {
    SpeakingKiosk kiosk;
    kiosk.want(Open{Place::Help});
    CHECK(kiosk.listener.take().empty());
    kiosk.want(Speak{SpeechAct::Listen});
    auto const reading = kiosk.listener.take();
    CHECK(has(reading, "Speech is on"));
    CHECK(has(reading, "heading"));
    CHECK(has(reading, "Member services, 8 0 0, 5 5 5, 0 1 0 0"));
    auto const waiting = kiosk.listener.waiting;
    REQUIRE(waiting.size() > 3);

    kiosk.want(Speak{SpeechAct::Listen});
    CHECK(kiosk.screen() == "listen");
    CHECK(kiosk.listener.stops > 0);
    CHECK(has(kiosk.listener.take(), "Listen, heading"));
    kiosk.want(Speak{SpeechAct::GoOn});
    CHECK(kiosk.screen() == "help");
    CHECK(kiosk.listener.waiting == waiting);

    kiosk.listener.waiting.clear(); // all was said
    kiosk.listener.take();
    kiosk.want(Speak{SpeechAct::Listen});
    kiosk.want(Speak{SpeechAct::Repeat});
    CHECK(has(kiosk.listener.take(), reading));
    kiosk.want(Speak{SpeechAct::Listen});
    kiosk.want(Speak{SpeechAct::ReadAll});
    auto const again = kiosk.listener.take();
    CHECK(has(again, "Member services"));
    CHECK_FALSE(has(again, "Speech is on"));
    kiosk.want(Speak{SpeechAct::Listen});
    kiosk.want(Speak{SpeechAct::Off});
    kiosk.listener.take();
    kiosk.want(Open{Place::Notices});
    CHECK(kiosk.listener.take().empty());
}

TEST_CASE("speech: rate and volume have ends, are told, and reach the voice") {
    SpeakingKiosk kiosk;
    kiosk.want(Speak{SpeechAct::Listen});
    kiosk.want(Speak{SpeechAct::Listen});
    kiosk.listener.take();
    kiosk.want(Speak{SpeechAct::Slower});
    CHECK(has(kiosk.listener.take(), "130 words a minute"));
    for (int i = 0; i < 20; ++i) {
        kiosk.want(Speak{SpeechAct::Slower});
        kiosk.want(Speak{SpeechAct::Louder});
    }
    CHECK(kiosk.listener.settings == ui::VoiceSettings{ui::words_per_minute_min, ui::volume_percent_max});
    for (int i = 0; i < 20; ++i) {
        kiosk.want(Speak{SpeechAct::Faster});
        kiosk.want(Speak{SpeechAct::Softer});
    }
    CHECK(kiosk.listener.settings == ui::VoiceSettings{ui::words_per_minute_max, ui::volume_percent_min});
}

TEST_CASE("speech: headphones turn it on by themselves, and pulling them out ends it at once") {
    SpeakingKiosk kiosk;
    kiosk.plug();
    CHECK(kiosk.app.settings.speech.on);
    CHECK(has(kiosk.listener.take(), "Speech is on"));
    CHECK_FALSE(kiosk.listener.waiting.empty());
    kiosk.unplug();
    CHECK_FALSE(kiosk.app.settings.speech.on);
    CHECK(kiosk.listener.waiting.empty());
    // A jack that stays as it is says nothing.
    kiosk.unplug();
    CHECK_FALSE(kiosk.app.settings.speech.on);
}

TEST_CASE("speech: after sign-in the rest waits for headphones, which bring all of it") {
    SpeakingKiosk kiosk;
    kiosk.want(Speak{SpeechAct::Listen});
    kiosk.listener.take();
    kiosk.sign_in();
    auto const aloud = kiosk.listener.take();
    CHECK_FALSE(has(aloud, "Alex"));
    CHECK(has(aloud, "Plug in headphones to hear the rest."));
    kiosk.plug();
    CHECK(has(kiosk.listener.take(), "Alex"));
}

TEST_CASE("speech: a terminal that cannot tell of headphones says so instead") {
    SpeakingKiosk kiosk;
    kiosk.app.facts.headphones = Headphones::NoJack;
    kiosk.want(Speak{SpeechAct::Listen});
    kiosk.sign_in();
    auto const aloud = kiosk.listener.take();
    CHECK_FALSE(has(aloud, "Alex"));
    CHECK(has(aloud, "The rest is personal and is not said aloud."));
}

TEST_CASE("speech: the end of a visit wipes what was said and gives the next person the kiosk's own voice") {
    SpeakingKiosk kiosk;
    kiosk.plug();
    kiosk.want(Speak{SpeechAct::Faster});
    kiosk.want(Speak{SpeechAct::Louder});
    kiosk.sign_in();
    kiosk.listener.take();
    kiosk.want(Finish{});
    CHECK(kiosk.screen() == "visit_end");
    auto const goodbye = kiosk.listener.take();
    CHECK(has(goodbye, "heading"));
    CHECK_FALSE(has(goodbye, "Alex"));
    kiosk.want(Speak{SpeechAct::Listen}); // reads the goodbye once more
    CHECK_FALSE(has(kiosk.listener.take(), "Alex"));
    kiosk.pass(left_behind_max_s);
    CHECK(kiosk.screen() == "attract");
    CHECK(kiosk.app.settings == kiosk.app.defaults);
    CHECK(kiosk.listener.waiting.empty());
    CHECK(kiosk.listener.take().empty());
}

TEST_CASE("speech: whoever listens has 120 seconds, and then hears 60 seconds run down") {
    SpeakingKiosk kiosk;
    kiosk.want(Open{Place::Help});
    kiosk.want(Speak{SpeechAct::Listen});
    kiosk.pass(idle_timeout_longer_s - std::chrono::seconds(1));
    CHECK(kiosk.screen() == "help");
    kiosk.listener.take();
    kiosk.pass(std::chrono::seconds(1));
    CHECK(kiosk.screen() == "still_there");
    CHECK(has(kiosk.listener.take(), "60 seconds"));
    for (int passed = 1; passed < 60; ++passed)
        kiosk.pass(std::chrono::seconds(1));
    auto const countdown = kiosk.listener.take();
    for (auto const* left :
         {"50 seconds", "40 seconds", "30 seconds", "20 seconds", "10 seconds", "5 seconds"})
        CHECK(has(countdown, left));
    CHECK_FALSE(has(countdown, "47 seconds"));
    kiosk.pass(std::chrono::seconds(1));
    CHECK(kiosk.screen() == "visit_end");
}

TEST_CASE("speech: one who turned it on at the first screen and walked off leaves the kiosk as it was") {
    SpeakingKiosk kiosk;
    kiosk.want(Speak{SpeechAct::Listen});
    CHECK(kiosk.screen() == "attract");
    CHECK(next_deadline(kiosk.app) == kiosk.app.last_touch + idle_timeout_longer_s);
    kiosk.pass(idle_timeout_longer_s);
    CHECK(kiosk.screen() == "attract");
    CHECK_FALSE(kiosk.app.settings.speech.on);
}

TEST_CASE("speech: without a sound device or a voice, Listen is off and says why") {
    SpeakingKiosk kiosk;
    auto const listen = [&] {
        kiosk.show();
        for (auto const& node : kiosk.stage->frame().nodes)
            if (node.msg == "ui.bar.listen")
                return node;
        FAIL("no Listen on the access bar");
        return ui::Node();
    };
    CHECK_FALSE(listen().states.disabled);
    kiosk.app.facts.voices = {"en"};
    kiosk.app.settings.language = "es";
    CHECK(listen().states.disabled);
    CHECK(listen().value == "Sin voz");
    kiosk.want(Speak{SpeechAct::Listen});
    CHECK_FALSE(kiosk.app.settings.speech.on);
    kiosk.app.facts.sound = false;
    CHECK(listen().value == "Sin audio");
    kiosk.plug();
    CHECK_FALSE(kiosk.app.settings.speech.on);
}

TEST_CASE("speech: in the middle of a visit it follows the language") {
    SpeakingKiosk kiosk;
    kiosk.want(Speak{SpeechAct::Listen});
    kiosk.listener.take();
    kiosk.want(ChooseLanguage{"es"});
    auto const said = kiosk.listener.take();
    CHECK(has(said, "título"));
    CHECK_FALSE(has(said, "heading"));
}
