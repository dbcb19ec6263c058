#include "tests/walk/account_steps.h"

#include "central/auth/totp.h"
#include "shared/domain/card_barcode.h"
#include "shared/storage/database.h"
#include "tests/support/catch.h"
#include "tests/walk/staff_steps.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <thread>

namespace portico::test {

namespace json = boost::json;

void register_up_to_second_way(Driver& screen, std::string const& code) {
    press(screen, "sign_in.register");
    screen.wait_screen("register");
    screen.tap("register.letter");
    screen.wait_screen("register_code");
    screen.tap("register_code.code");
    screen.type(code);
    screen.tap("register_code.birth_date");
    screen.type(alex_birth_date_digits);
    press(screen, "part.continue");
    set_up_secrets(screen);
}

void register_without_second_way(Driver& screen, std::string const& code) {
    register_up_to_second_way(screen, code);
    press(screen, "offer_key.later");
    screen.wait_screen("sign_in");
}

void type_password(Driver& screen, std::string const& username, std::string const& passphrase) {
    press(screen, "sign_in.username");
    screen.wait_screen("password");
    press(screen, "password.username");
    screen.type(username);
    press(screen, "password.password");
    screen.type(passphrase);
    press(screen, "part.continue");
}

void open_methods(Driver& screen) {
    press(screen, "home.more");
    screen.wait_screen("more");
    press(screen, "more.methods");
    screen.wait_shows("methods.add_key");
}

std::string key_of_row(Driver& screen, std::string const& msg) {
    std::string found;
    auto const frame = screen.frame();
    for (auto const& node : frame.at("nodes").as_array()) {
        auto const& object = node.as_object();
        if (object.at("msg").as_string() != msg || !object.contains("key"))
            continue;
        INFO("two rows of " << msg);
        REQUIRE(found.empty());
        found = std::string(object.at("key").as_string());
    }
    INFO("no row of " << msg << " in " << json::serialize(frame));
    REQUIRE_FALSE(found.empty());
    return found;
}

void remove_method(Driver& screen, std::string const& key) {
    press_key(screen, key);
    screen.wait_shows("methods.remove_title");
    screen.tap("methods.remove_yes");
    screen.command({{"do", "wait"}, {"node_key", key}, {"absent", true}, {"timeout_s", 60}});
}

void open_eob(Driver& screen) {
    press(screen, "home.claims");
    screen.wait_shows("claims.filter_done");
    press_key(screen, "eob-0000001-0002");
}

void check_nothing_personal(Driver& screen) {
    auto const words = screen.words();
    for (auto const* personal : {"Alex", "alex.sample", "Sample Silver PPO", alex_pin})
        CHECK(words.find(personal) == std::string::npos);
}

namespace {

struct Seen {
    std::string id;
    double left = 0, top = 0, right = 0, bottom = 0;
    double x() const { return (left + right) / 2; }
    double y() const { return (top + bottom) / 2; }
};

Seen seen(json::object const& node) {
    auto const& rect = node.at("rect").as_array();
    auto const at = [&](std::size_t i) { return static_cast<double>(rect.at(i).as_int64()); };
    return {std::string(node.at("id").as_string()), at(0), at(1), at(0) + at(2), at(1) + at(3)};
}

bool is_focused(json::object const& node) {
    auto const& states = node.at("states").as_array();
    return std::any_of(states.begin(), states.end(),
                       [](json::value const& state) { return state.as_string() == "focused"; });
}

/// The arrow a person would press: towards the target, or on down when it is on another page.
std::string arrow_to(std::optional<Seen> const& from, std::optional<Seen> const& to) {
    if (!from || !to)
        return "Down";
    if (to->y() > from->top && to->y() < from->bottom)
        return to->x() > from->x() ? "Right" : "Left";
    return to->y() > from->y() ? "Down" : "Up";
}

std::string turned(std::string const& arrow) {
    return arrow == "Down" ? "Right" : arrow == "Right" ? "Up" : arrow == "Up" ? "Left" : "Down";
}

} // namespace

void select_by_keypad(Driver& screen, std::string const& field, std::string const& wanted) {
    std::string before;
    std::string arrow;
    for (int step = 0; step < 120; ++step) {
        std::optional<Seen> focus;
        std::optional<Seen> target;
        auto const frame = screen.frame();
        for (auto const& node : frame.at("nodes").as_array()) {
            auto const& object = node.as_object();
            auto const* found = object.if_contains(field);
            bool const is_target = object.contains("interactive") && found != nullptr && found->is_string() &&
                                   found->get_string() == wanted;
            if (is_focused(object)) {
                if (is_target) {
                    screen.key("Enter");
                    return;
                }
                focus = seen(object);
            }
            if (is_target)
                target = seen(object);
        }
        bool const stuck = focus && focus->id == before;
        arrow = stuck ? turned(arrow) : arrow_to(focus, target);
        before = focus ? focus->id : std::string();
        screen.key(arrow);
    }
    INFO(json::serialize(screen.frame()));
    FAIL("the arrows never reached " << wanted);
}

// ---- the phone ----

CodeApp CodeApp::scan(Bench::Kiosk& kiosk) {
    auto const picture = kiosk.folder() / "camera.png";
    kiosk.screen().screenshot(picture);
    auto const seen = run({"ZXingReader", "-format", "QRCode", picture.string()});
    std::filesystem::remove(picture);
    auto const at = seen.output.find("Text:");
    REQUIRE(at != std::string::npos);
    auto const begin = seen.output.find('"', at) + 1;
    CodeApp app;
    app.uri_ = seen.output.substr(begin, seen.output.find('"', begin) - begin);
    auto const secret = app.uri_.find("secret=");
    REQUIRE(secret != std::string::npos);
    app.secret_ = app.uri_.substr(secret + 7, app.uri_.find('&', secret) - secret - 7);
    return app;
}

namespace {

std::int64_t step_now() {
    return to_micros(SystemClock().now()) / 1'000'000 / central::totp_step_s;
}

std::string code_of(std::string const& secret_base32, std::int64_t step) {
    auto const bytes = from_base32(secret_base32);
    REQUIRE(bytes.has_value());
    return std::string(central::totp_code(Secret(as_text(bytes.value())), step).reveal());
}

} // namespace

std::string CodeApp::next_code() {
    // Central takes one step either side of now; the step that ends is not used, it might be over on arrival.
    auto const step = std::max(last_step_ + 1, step_now());
    while (step > step_now() + central::totp_steps_either_side)
        std::this_thread::sleep_until(std::chrono::system_clock::time_point(
            std::chrono::seconds((step - central::totp_steps_either_side) * central::totp_step_s)));
    last_step_ = step;
    last_code_ = code_of(secret_, step);
    return last_code_;
}

std::string CodeApp::wrong_code() const {
    auto code = code_of(secret_, step_now());
    bool near = true;
    while (near) {
        code[0] = code[0] == '9' ? '0' : static_cast<char>(code[0] + 1);
        near = false;
        for (auto step = step_now() - 3; step <= step_now() + 3; ++step)
            near = near || code_of(secret_, step) == code;
    }
    return code;
}

void check_not_in_frame(Driver& screen, CodeApp const& app) {
    auto const frame = json::serialize(screen.frame());
    CHECK(frame.find(app.secret()) == std::string::npos);
    for (std::size_t at = 0; at + 4 <= app.secret().size(); at += 4)
        CHECK(frame.find(app.secret().substr(at, 4)) == std::string::npos);
}

CodeApp set_up_code_app(Bench::Kiosk& kiosk) {
    auto& screen = kiosk.screen();
    screen.wait_shows("totp_setup.secret");
    auto app = CodeApp::scan(kiosk);
    check_not_in_frame(screen, app);
    press(screen, "totp_setup.scanned");
    screen.wait_shows("totp.code");
    screen.type(app.next_code());
    press(screen, "part.continue");
    return app;
}

// ---- cards and staff ----

std::string hand_over_plan_card(Bench& bench, std::string const& patient, std::string const& number) {
    bench.central({"account", "add-card", "--patient", patient, "--number", number});
    return encode_card_barcode({.issuer = "80840999999990",
                                .member_id = "SAMPLE0001",
                                .name = "SAMPLE/ALEX",
                                .dependent_number = "00",
                                .birth_date = "",
                                .card_number = number})
        .value();
}

void sign_in_with_plan_card(Driver& screen, std::string const& barcode, std::string const& pin) {
    screen.device("barcode", "scan", {{"value", barcode}});
    screen.wait_screen("card_pin");
    screen.type(pin);
    press(screen, "part.continue");
}

std::string register_staff(Bench& bench, Driver& screen, std::string const& key,
                           std::string const& own_patient) {
    return register_staff(bench, screen, StaffToBe{.key = key, .own_patient = own_patient});
}

void begin_in_person(Driver& screen, std::string const& barcode) {
    press(screen, "sign_in.register");
    screen.wait_screen("register");
    press(screen, "register.staff");
    screen.wait_screen("card_scan");
    screen.device("barcode", "scan", {{"value", barcode}});
    screen.wait_shows("key.insert_staff");
}

// ---- what lies on the disk ----

bool found_on_disk(std::filesystem::path const& folder, std::string const& text) {
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().string().find(text) != std::string::npos)
            return true;
        if (!entry.is_regular_file())
            continue;
        std::ifstream stream(entry.path(), std::ios::binary);
        std::string const all((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
        if (all.find(text) != std::string::npos)
            return true;
    }
    return false;
}

void age_wrong_tries(Bench& bench, std::int64_t seconds) {
    auto database = bench.database();
    auto update = database.prepare("UPDATE auth_lockout SET last_failure_us = last_failure_us - $1").value();
    update.bind(1, seconds * 1'000'000);
    REQUIRE(update.run().has_value());
}

} // namespace portico::test
