#include "shared/ui/core.h"
#include "tests/support/catch.h"
#include "tests/ui/stage_support.h"

using namespace portico;
using namespace portico::ui;

namespace {

Look low_look(int percent, Density density = Density::Touch) {
    return {{.width = 1920,
             .height = 1080,
             .language = "es",
             .density = density,
             .text_percent = percent,
             .reduced_motion = true}};
}

/// Two fields that something may be said above, and a long text that something may be said under.
struct TwoFields {
    explicit TwoFields(Look const& look) : stage(look) {}

    void draw(Ui& ui) {
        ui.frame({.screen = "two_fields"}, [&] {
            ui.heading("gallery.how"_msg, {.subtitle = "gallery.how_more"_msg});
            if (refused)
                ui.banner(BannerKind::Error, "gallery.zip_wrong"_msg.with("count", 4),
                          {.text = "gallery.how_more"_msg, .key = "refused", .live = Live::Assertive});
            if (auto text = ui.field("gallery.zip"_msg, zip, {.first = keyboard_first}))
                zip = std::move(*text);
            if (auto stroke =
                    ui.secret_field("gallery.password"_msg, password, {.kind = FieldKind::Password}))
                apply(*stroke, password);
            for (int i = 0; i < more_lines; ++i)
                ui.text(data("Line " + std::to_string(i)));
            if (told_below)
                ui.banner(BannerKind::Notice, "gallery.zip_wrong"_msg.with("count", 3),
                          {.key = "below", .live = Live::Assertive});
        });
    }
    void run() {
        stage->run([this](Ui& ui) { draw(ui); });
    }
    void key(Key key) {
        stage->input(KeyPressed{key});
        run();
    }
    bool shows(std::string const& id) const { return stage.find(id) != nullptr; }
    /// Types into the password with the keyboard on the screen.
    void open_password() {
        run();
        for (int i = 0; i < 80; ++i) {
            auto const* field = stage.find("gallery.password");
            if (field != nullptr && field->states.focused)
                break;
            // A page of words only has nothing that Tab goes on from.
            bool const on = field == nullptr && stage->frame().page < stage->frame().pages;
            key(on ? Key::PageDown : Key::Tab);
        }
        key(Key::Select);
        REQUIRE(shows("gallery.password"));
        REQUIRE(keyboard());
    }
    bool keyboard() {
        auto const& nodes = stage->frame().nodes;
        return std::any_of(nodes.begin(), nodes.end(),
                           [](Node const& node) { return node.role == Role::Keyboard; });
    }

    TestStage stage;
    std::string zip;
    Secret password;
    bool refused = false, told_below = false, keyboard_first = false;
    int more_lines = 0;
};

constexpr char const* refused_id = "gallery.zip_wrong#refused";
constexpr char const* below_id = "gallery.zip_wrong#below";

} // namespace

TEST_CASE("news: a refusal is seen without turning the page, though the keyboard had left it no room") {
    int const percent = GENERATE(100, 150, 200);
    CAPTURE(percent);
    TwoFields screen(low_look(percent));
    screen.open_password();
    screen.refused = true;
    screen.run();
    REQUIRE(screen.shows(refused_id));
    CHECK(screen.stage->frame().problems.empty());
    // It stays until the person goes on, and then is in nobody's way.
    screen.run();
    CHECK(screen.shows(refused_id));
    screen.open_password();
    screen.run();
    CHECK(screen.shows("gallery.password"));
    CHECK(screen.keyboard());
    // The same again is news again.
    screen.refused = false;
    screen.run();
    screen.refused = true;
    screen.run();
    CHECK(screen.shows(refused_id));
}

TEST_CASE("news: a screen that begins with a refusal shows it, and not the keyboard over it") {
    int const percent = GENERATE(100, 150, 200);
    CAPTURE(percent);
    TwoFields screen(low_look(percent));
    screen.refused = screen.keyboard_first = true;
    screen.run();
    CHECK(screen.shows(refused_id));
}

TEST_CASE("news: what is said further down turns to its page once, and not as the screen begins") {
    TwoFields screen(low_look(100));
    screen.more_lines = 60;
    screen.told_below = true;
    screen.run();
    CHECK(screen.stage->frame().page == 1);
    screen.told_below = false;
    screen.run();
    screen.told_below = true;
    screen.run();
    CHECK(screen.stage->frame().page == screen.stage->frame().pages);
    CHECK(screen.shows(below_id));
    screen.stage.tap(screen.stage.node(Role::Button, "Subir").rect.center());
    screen.run();
    CHECK(screen.stage->frame().page == screen.stage->frame().pages - 1);
    screen.run();
    CHECK(screen.stage->frame().page == screen.stage->frame().pages - 1);
}

TEST_CASE("news: at a desk no message turns the page under who is typing") {
    TwoFields screen(low_look(200, Density::Desk));
    screen.more_lines = 60;
    screen.run();
    screen.told_below = true;
    screen.run();
    CHECK(screen.stage->frame().page == 1);
    CHECK_FALSE(screen.shows(below_id));
}
