#include "kiosk/screens/looks.h"
#include "shared/base/language.h"
#include "shared/ui/audit.h"
#include "tests/kiosk/sample_screens.h"
#include "tests/kiosk/state_bench.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <set>

using namespace portico;
using namespace portico::kiosk;

namespace {

std::unique_ptr<ui::Stage> stage_of(std::string const& language, int percent, bool landscape,
                                    Clock const& clock) {
    for (auto const& look : all_looks()) {
        auto const& settings = look.settings;
        if (settings.language != language || settings.text_percent != percent ||
            (settings.width > settings.height) != landscape || settings.theme != ui::ThemeName::Light)
            continue;
        auto stage =
            ui::Stage::create(catalog(), clock, {.plan_name = ui::data("Sample Health Plan")}, settings);
        REQUIRE(stage.has_value());
        return std::move(stage).value();
    }
    FAIL("no such look");
    return nullptr;
}

ui::Node const* node_of(ui::SemanticFrame const& frame, std::string const& msg, std::string const& key = {}) {
    for (auto const& node : frame.nodes)
        if (node.msg == msg && (key.empty() || node.key == key))
            return &node;
    return nullptr;
}

ui::Node const* row_of(ui::SemanticFrame const& frame, std::string const& key) {
    for (auto const& node : frame.nodes)
        if (node.role == ui::Role::Row && node.key == key)
            return &node;
    return nullptr;
}

bool has_english_words(ui::SemanticFrame const& frame) {
    return std::any_of(frame.nodes.begin(), frame.nodes.end(),
                       [](ui::Node const& node) { return !node.is_data && node.language == "en"; });
}

/// Screens that are Khmer throughout.
std::set<std::string> const khmer_screens{"attract",   "language",       "text_and_color", "still_there",
                                          "visit_end", "sign_in",        "home",           "help",
                                          "call_back", "call_back_place"};

} // namespace

TEST_CASE("languages: in Khmer a screen is in Khmer, or says in Khmer that its rest is in English") {
    ManualClock const clock{UtcTime{std::chrono::hours(24 * 20524)}};
    auto stage = stage_of("km", 100, false, clock);
    std::set<std::string> khmer;
    std::set<std::string> english;
    for (auto const& sample : all_samples()) {
        stage->reset_focus();
        stage->run([&](ui::Ui& ui) { (void)draw(ui, sample.app); });
        auto const& frame = stage->frame();
        auto const* told = node_of(frame, "ui.rest_in_english");
        INFO(sample.name);
        CHECK(has_english_words(frame) == (told != nullptr));
        CHECK(frame.problems.empty());
        if (told != nullptr)
            CHECK(told->language == "km");
        (told == nullptr ? khmer : english).insert(frame.screen);
    }
    for (auto const& screen : khmer_screens) {
        INFO(screen);
        CHECK(khmer.count(screen) == 1);
        CHECK(english.count(screen) == 0);
    }
    CHECK(english.count("claims") == 1);
    CHECK(english.count("eob") == 1);
}

TEST_CASE("languages: the screens that are Khmer throughout have no finding, at 100 and 200 %") {
    ManualClock const clock{UtcTime{std::chrono::hours(24 * 20524)}};
    for (auto const& [percent, landscape] : {std::pair(100, false), std::pair(200, true)}) {
        auto stage = stage_of("km", percent, landscape, clock);
        for (auto const& sample : all_samples()) {
            auto const name =
                std::visit([](auto const& screen) { return std::string(screen.name); }, sample.app.screen);
            if (khmer_screens.count(name) == 0)
                continue;
            stage->reset_focus();
            auto const findings = ui::audit_all(*stage, [&](ui::Ui& ui) { (void)draw(ui, sample.app); });
            std::string all;
            for (auto const& finding : findings)
                all += "\n  " + finding.rule + " " + finding.node + ": " + finding.what;
            INFO(sample.name << " " << percent << all);
            CHECK(findings.empty());
        }
    }
}

TEST_CASE("languages: Listen is off in a language without a voice, and says so in that language") {
    ManualClock const clock{UtcTime{std::chrono::hours(24 * 20524)}};
    auto stage = stage_of("km", 100, false, clock);
    kiosk::test::Kiosk kiosk;
    kiosk.app.facts.sound = true;
    kiosk.app.facts.voices = {"en", "es", "ar"};
    kiosk.app.settings.language = "km";
    stage->run([&](ui::Ui& ui) { (void)draw(ui, kiosk.app); });
    auto const* listen = node_of(stage->frame(), "ui.bar.listen");
    REQUIRE(listen != nullptr);
    CHECK(listen->states.disabled);
    CHECK(listen->value == catalog().plain("ui.bar.no_voice"_msg, "km"));
}

TEST_CASE("languages: who listens is not led into a language that nobody speaks") {
    ManualClock const clock{UtcTime{std::chrono::hours(24 * 20524)}};
    auto stage = stage_of("en", 100, false, clock);
    kiosk::test::Kiosk kiosk;
    kiosk.app.facts.sound = true;
    kiosk.app.facts.voices = {"en", "es", "ar"};
    for (bool const first_screen : {true, false}) {
        kiosk.app.screen = first_screen ? Screen(Attract{}) : Screen(LanguageMenu{});
        for (bool const listening : {false, true}) {
            kiosk.app.settings.speech.on = listening;
            stage->reset_focus();
            stage->run([&](ui::Ui& ui) { (void)draw(ui, kiosk.app); });
            for (auto const& language : offered_languages()) {
                INFO(language.code << " " << first_screen << " " << listening);
                auto const* row = row_of(stage->frame(), std::string(language.code));
                REQUIRE(row != nullptr);
                CHECK(row->label == language.own_name);
                CHECK(row->language == language.code);
                CHECK(row->states.disabled == (listening && language.code == "km"));
            }
        }
    }
}

TEST_CASE("languages: English words on a Khmer screen that does not say so are found") {
    ManualClock const clock{UtcTime{std::chrono::hours(24 * 20524)}};
    auto stage = stage_of("km", 100, false, clock);
    auto const claims = std::find_if(all_samples().begin(), all_samples().end(), [](Sample const& sample) {
        return std::holds_alternative<Claims>(sample.app.screen);
    });
    REQUIRE(claims != all_samples().end());
    stage->run([&](ui::Ui& ui) { (void)draw(ui, claims->app); });
    auto frame = stage->frame();
    auto const rules = [&] {
        std::set<std::string> out;
        for (auto const& finding : ui::audit(frame, catalog(), {}))
            if (finding.rule == "language" || finding.rule == "catalog")
                out.insert(finding.rule);
        return out;
    };
    CHECK(rules().empty());
    auto const strip = std::find_if(frame.nodes.begin(), frame.nodes.end(),
                                    [](ui::Node const& node) { return node.msg == "ui.rest_in_english"; });
    REQUIRE(strip != frame.nodes.end());
    // In English the strip says it to nobody.
    strip->language = "en";
    CHECK(rules() == std::set<std::string>{"catalog", "language"});
    strip->msg = "attract.hello";
    CHECK(rules() == std::set<std::string>{"catalog", "language"});
}

TEST_CASE("languages: the member's own is taken at sign-in, unless they listen and it has no voice") {
    struct Row {
        char const* language;
        bool listening;
        char const* then;
    };
    for (auto const& row : {Row{"ar", false, "ar"}, Row{"km", false, "km"}, Row{"ar-EG", true, "ar"},
                            Row{"km", true, "en"}, Row{"xx", false, "en"}, Row{"", false, "en"}}) {
        INFO(row.language << " " << row.listening);
        kiosk::test::Kiosk kiosk;
        kiosk.app.facts.sound = true;
        kiosk.app.facts.voices = {"en", "es", "ar"};
        kiosk.want(ChooseLanguage{"en"});
        if (row.listening)
            kiosk.want(Speak{SpeechAct::Listen});
        CHECK(kiosk.app.settings.speech.on == row.listening);
        kiosk.insert_key();
        kiosk.type_pin("123456");
        kiosk.want(Continue{});
        auto reply = kiosk::test::Kiosk::session();
        reply.language = row.language;
        kiosk.answer(SignedIn{reply});
        CHECK(kiosk.app.settings.language == row.then);
    }
}

TEST_CASE("languages: a kiosk offers what its plan has named and no other, and takes no other at sign-in") {
    ManualClock const clock{UtcTime{std::chrono::hours(24 * 20524)}};
    auto stage = stage_of("en", 100, false, clock);
    kiosk::test::Kiosk kiosk;
    kiosk.app.facts.languages = {"en", "ar"};
    for (bool const first_screen : {true, false}) {
        kiosk.app.screen = first_screen ? Screen(Attract{}) : Screen(LanguageMenu{});
        stage->reset_focus();
        stage->run([&](ui::Ui& ui) { (void)draw(ui, kiosk.app); });
        for (auto const& language : offered_languages()) {
            INFO(language.code << " " << first_screen);
            bool const named = language.code == "en" || language.code == "ar";
            CHECK((row_of(stage->frame(), std::string(language.code)) != nullptr) == named);
        }
    }
    for (auto const* own : {"ar", "es"}) {
        kiosk::test::Kiosk member;
        member.app.facts.languages = {"en", "ar"};
        member.want(ChooseLanguage{"en"});
        member.insert_key();
        member.type_pin("123456");
        member.want(Continue{});
        auto reply = kiosk::test::Kiosk::session();
        reply.language = own;
        member.answer(SignedIn{reply});
        CHECK(member.app.settings.language == (std::string(own) == "ar" ? "ar" : "en"));
    }
}
