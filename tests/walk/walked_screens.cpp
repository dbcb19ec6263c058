#include "tests/walk/walked_screens.h"

#include "tests/support/bench.h"
#include "tests/support/catch.h"

namespace portico::test {

namespace {

constexpr char const* everything_touch = "every screen: by touch, in English";
constexpr char const* everything_keypad = "every screen: by keypad, in Spanish";
constexpr char const* sign_in_touch = "every way to sign in: by touch, in English";
constexpr char const* sign_in_keypad = "every way to sign in: by keypad, in Spanish";
constexpr char const* call_touch =
    "unlock call: a member proves at one kiosk that they call, and the other that locked opens";
constexpr char const* message_touch =
    "on behalf: a message of two lines arrives while its member is there, and is read by touch";
constexpr char const* message_keypad = "on behalf: by keypad, in Spanish, a message is found, read and left";
constexpr char const* call_keypad =
    "unlock call: by keypad, in Spanish, a member says that they are on no call, and then that they are";

constexpr char const* recovery_touch =
    "recovery: a lost key is replaced at the kiosk by two codes, and signs in no more";
constexpr char const* recovery_keypad =
    "recovery: by keypad, in Spanish, a code and the code app, and a new chip card in place of a lost one";
constexpr char const* line_touch =
    "call-back: a locked member asks at the kiosk, a rep calls, and the unlock arrives on that screen";
constexpr char const* line_keypad =
    "call-back: by keypad, in Spanish, somebody who is not signed in asks for a call and takes it back";

constexpr char const* set_up_touch =
    "set-up: by touch, in English, a new kiosk refuses what is wrong, is certified, and serves";
constexpr char const* set_up_keypad =
    "set-up: by keypad, in Spanish, a new kiosk reads all of it from central's QR code";

constexpr char const* diagnostics_touch =
    "diagnostics: by touch, a technician's key shows how the kiosk does, and central is told nothing of who "
    "was here before";
constexpr char const* diagnostics_keypad =
    "diagnostics: by keypad, in Spanish, the report is printed, central is told, and out comes the key";

/// The running test case did show the screens that the table promises.
void check_promises() {
    auto const running = Catch::getResultCapture().getCurrentTestName();
    for (auto const& walked : walked_screens())
        if (running == walked.by_touch || running == walked.by_keypad) {
            INFO("tests/walk/walked_screens.cpp says that this test case shows the screen " << walked.screen);
            CHECK(Driver::screens_seen().count(walked.screen) == 1);
        }
}

bool const registered = [] {
    Bench::at_end() = check_promises;
    return true;
}();

} // namespace

std::vector<WalkedScreen> const& walked_screens() {
    static std::vector<WalkedScreen> const table = [] {
        std::vector<WalkedScreen> rows;
        for (auto const* screen : {"attract",      "language",    "text_and_color", "switches",
                                   "listen",       "still_there", "visit_end",      "sign_in",
                                   "key",          "register",    "register_code",  "choose_username",
                                   "choose_pin",   "offer_key",   "register_done",  "home",
                                   "more",         "claims",      "claim_search",   "costs",
                                   "eob",          "eob_story",   "word_help",      "letter_print",
                                   "id_card",      "card_print",  "mail_card",      "find_doctor",
                                   "doctor",       "my_doctors",  "report_listing", "contact",
                                   "contact_edit", "methods",     "totp_setup",     "requests",
                                   "help",         "notices",     "out_of_order",   "who_calls",
                                   "way_back"})
            rows.push_back({screen, everything_touch, everything_keypad});
        for (auto const* screen : {"chip_card", "card_scan", "card_pin", "password", "totp", "locked"})
            rows.push_back({screen, sign_in_touch, sign_in_keypad});
        rows.push_back({"call_check", call_touch, call_keypad});
        rows.push_back({"replace_lost", recovery_touch, recovery_keypad});
        rows.push_back({"call_back", line_touch, line_keypad});
        rows.push_back({"call_back_place", line_touch, line_keypad});
        for (auto const* screen : {"set_up_language", "set_up", "set_up_central", "set_up_certify",
                                   "set_up_touch", "set_up_devices", "set_up_help"})
            rows.push_back({screen, set_up_touch, set_up_keypad});
        rows.push_back({"diagnostics", diagnostics_touch, diagnostics_keypad});
        for (auto const* screen : {"messages", "message"})
            rows.push_back({screen, message_touch, message_keypad});
        return rows;
    }();
    return table;
}

} // namespace portico::test
