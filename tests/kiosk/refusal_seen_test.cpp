#include "kiosk/screens/looks.h"
#include "tests/kiosk/sample_screens.h"
#include "tests/kiosk/state_bench.h"

using namespace portico;
using namespace portico::kiosk;
using namespace portico::kiosk::test;

namespace {

/// A page in Spanish, wide, with text at 200 %: the least room there is above a keyboard.
struct LowPage {
    explicit LowPage(Screen screen) {
        app.settings.language = "es";
        app.screen = std::move(screen);
        auto made = ui::Stage::create(
            catalog(), clock, {.plan_name = ui::data("Sample Health Plan")},
            {.width = 1920, .height = 1080, .language = "es", .text_percent = 200, .reduced_motion = true});
        REQUIRE(made.has_value());
        stage = std::move(made).value();
        run();
    }
    void run() {
        stage->run([this](ui::Ui& ui) { (void)draw(ui, app); });
    }
    ui::Node const* find(std::string const& msg) const {
        for (auto const& node : stage->frame().nodes)
            if (node.msg == msg)
                return &node;
        return nullptr;
    }
    /// Goes to this field by keys, and opens the keyboard on it.
    void type_into(std::string const& msg) {
        for (int i = 0; i < 120 && (find(msg) == nullptr || !find(msg)->states.focused); ++i) {
            stage->input(ui::KeyPressed{ui::Key::Tab});
            run();
        }
        stage->input(ui::KeyPressed{ui::Key::Select});
        run();
        auto const& nodes = stage->frame().nodes;
        REQUIRE(std::any_of(nodes.begin(), nodes.end(),
                            [](ui::Node const& node) { return node.role == ui::Role::Keyboard; }));
    }
    template <class S>
    S& on() {
        return std::get<S>(app.screen);
    }

    ManualClock clock{UtcTime{std::chrono::hours(24 * 20524)}};
    App app = sample::kiosk();
    std::unique_ptr<ui::Stage> stage;
};

} // namespace

TEST_CASE("refusal: of a password it is seen without turning the page, in the least room there is") {
    LowPage page(PasswordSignIn{.username = "alex.sample"});
    page.type_into("password.password");
    page.on<PasswordSignIn>().doing.failure = failure(ErrorKind::Unauthenticated, "sign_in_refused");
    page.run();
    REQUIRE(page.find("problem_title.sign_in_refused") != nullptr);
    CHECK(page.stage->frame().problems.empty());
}

TEST_CASE(
    "refusal: of the codes of a recovery it is seen without turning the page, as is a code that is short") {
    LowPage page(WayBack{.who = "alex.sample", .birth_date = "03 09 1980", .asked = true});
    page.type_into("way_back.second");
    page.on<WayBack>().doing.failure = failure(ErrorKind::Refused, "recovery_refused");
    page.run();
    REQUIRE(page.find("problem_title.recovery_refused") != nullptr);
    page.type_into("way_back.second");
    page.on<WayBack>().doing.failure.reset();
    page.on<WayBack>().missing = Field::OneTimeCode;
    page.run();
    CHECK(page.find("part.code_none") != nullptr);
}

TEST_CASE("refusal: of a letter's code and of a new password it is seen without turning the page") {
    LowPage letter{Screen(RegisterCode())};
    letter.type_into("register_code.birth_date");
    letter.on<RegisterCode>().doing.failure = failure(ErrorKind::Refused, "activation_refused");
    letter.run();
    CHECK(letter.find("problem_title.activation_refused") != nullptr);
    LowPage chosen(ChooseUsername{.username = "alex"});
    chosen.type_into("choose_username.password");
    chosen.on<ChooseUsername>().doing.failure = failure(ErrorKind::InvalidInput, "password_short");
    chosen.run();
    CHECK(chosen.find("problem_title.other") != nullptr);
}
