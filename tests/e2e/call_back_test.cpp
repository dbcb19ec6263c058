#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/text.h"
#include "tests/walk/hand.h"
#include "tests/walk/locked_member.h"

using namespace portico::test;

namespace {

constexpr char const* typed_number = "6175550142";

/// Less than a kiosk waits before it looks at the place by itself: what shows within it was brought by news.
constexpr int by_news_s = 20;

/// From the screen that offers it to the place in line.
void ask_for_call(Hand& hand) {
    hand.fill("call_back.number", typed_number);
    hand.press("call_back.ask");
    hand.screen().wait_screen("call_back_place");
    hand.screen().wait_shows("call_back_place.leave");
}

/// Alex at the annex: locked out, and in line for a call.
struct WaitingMember : LockedMember {
    WaitingMember() {
        lock_at_annex();
        press(annex(), "locked.talk");
        annex().wait_screen("call_back");
        Hand hand(annex(), Hand::By::Touch);
        ask_for_call(hand);
    }
    void take() {
        desk().key("Alt+J");
        desk().wait_shows("line.call_now");
    }
};

} // namespace

TEST_CASE(
    "call-back: a locked member asks at the kiosk, a rep calls, and the unlock arrives on that screen") {
    WaitingMember member;
    auto& annex = member.annex();
    auto& desk = member.desk();
    CHECK(annex.shows("call_back_place.next"));
    CHECK(holds(annex.words(), "(***) ***-**42"));
    CHECK_FALSE(holds(annex.words(), typed_number));
    member.take();
    annex.wait_shows("call_back_place.calling", by_news_s);
    CHECK(holds(desk.words(), "(***) ***-**42"));
    CHECK_FALSE(holds(desk.words(), typed_number));
    // How it went is said before anything else.
    desk.key("Alt+E");
    CHECK_FALSE(desk.shows("close_case.title"));
    desk.key("Alt+Q");
    desk.wait_gone("line.call_now");
    annex.wait_shows("call_back_place.reached", by_news_s);
    // Whoever answers there is nobody yet.
    desk.wait_shows("case.level_none");
    member.sign_in_at_lobby();
    member.office.say_name_and_birth();
    member.office.find();
    member.confirm(member.ask_member());
    desk.wait_shows("case.level_verified");
    member.ask_for_unlock();
    desk.wait_shows("unlock.done");
    member.sign_in_at_annex();
    member.office.close_case();
}

TEST_CASE("call-back: nobody answers, the place is kept, and nobody else's kiosk shows it") {
    WaitingMember member;
    auto& annex = member.annex();
    auto& desk = member.desk();
    member.take();
    annex.wait_shows("call_back_place.calling", by_news_s);
    desk.key("Alt+Z");
    // What is left of the case is its end.
    desk.wait_shows("close_case.title");
    desk.key("Alt+O");
    desk.wait_shows("cases.closed");
    annex.wait_shows("call_back_place.resting", by_news_s);
    CHECK_FALSE(member.lobby().shows("call_back_place.resting"));
    desk.key("Alt+J");
    desk.wait_shows("line.none_due");
    // It is asked for once, whoever types the number where.
    begin_visit(member.lobby());
    press(member.lobby(), "ui.bar.help");
    press(member.lobby(), "help.call_back");
    press(member.lobby(), "call_back.about_other");
    Hand hand(member.lobby(), Hand::By::Touch);
    hand.fill("call_back.number", typed_number);
    hand.press("call_back.ask");
    member.lobby().wait_shows("problem_title.call_back_waits");
}

TEST_CASE(
    "call-back: by keypad, in Spanish, somebody who is not signed in asks for a call and takes it back") {
    PhoneDesk office;
    auto& screen = office.kiosk->screen();
    begin_visit(screen, "Español");
    Hand hand(screen, Hand::By::Keypad);
    hand.press("ui.bar.help");
    screen.wait_screen("help");
    hand.press("help.call_back");
    screen.wait_screen("call_back");
    hand.press("call_back.about_other");
    screen.wait_shows("call_back.number");
    hand.fill("call_back.number", "911");
    hand.press("call_back.ask");
    screen.wait_shows("call_back.not_asked");
    for (int i = 0; i < 3; ++i) {
        focus_by_keypad(screen, "msg", "call_back.number");
        screen.key("Backspace");
    }
    ask_for_call(hand);
    CHECK(holds(screen.words(), "Usted es la siguiente persona"));
    hand.press("call_back_place.cancel");
    screen.wait_shows("call_back_place.cancel_title");
    hand.press("call_back_place.cancel_yes");
    screen.wait_shows("call_back_place.cancelled");
    office.screen().key("Alt+J");
    office.screen().wait_shows("line.none_due");
    hand.press("call_back_place.done");
    screen.wait_screen("visit_end");
}

TEST_CASE(
    "call-back: central killed while somebody waits, and while they are called, loses and repeats nothing") {
    WaitingMember member;
    auto& annex = member.annex();
    auto& desk = member.desk();
    auto& bench = member.office.bench;
    bench.kill_central();
    annex.wait_shows("call_back_place.offline", 60);
    CHECK(annex.shows("call_back_place.next")); // as it was
    desk.wait_shows("desk.offline", 60);
    bench.start_central();
    annex.wait_gone("call_back_place.offline");
    CHECK(annex.shows("call_back_place.next"));
    desk.wait_gone("desk.offline", 60);
    member.take();
    annex.wait_shows("call_back_place.calling");
    bench.kill_central();
    desk.wait_shows("desk.offline", 60);
    CHECK(desk.shows("line.call_now"));
    bench.start_central();
    desk.wait_gone("desk.offline", 60);
    desk.key("Alt+Q");
    desk.wait_gone("line.call_now");
    annex.wait_shows("call_back_place.reached", 60);
    // It was one call, and one case.
    desk.key("Alt+J");
    desk.wait_shows("line.none_due");
    CHECK(desk.shows("case.level_none"));
}

TEST_CASE("call-back: who asked walks off, and the page stands without anything of them") {
    PhoneDesk office;
    auto& screen = office.kiosk->screen();
    begin_visit(screen);
    register_person(screen, {.key = "alex"}, office.bench.invite(alex), office.bench.settings().key_pin);
    press(screen, "home.talk");
    press(screen, "call_back.about_claim");
    press(screen, "call_back.ask");
    screen.wait_screen("call_back_place");
    CHECK(holds(screen.words(), "Alex"));
    screen.advance(61);
    screen.wait_screen("call_back_place");
    CHECK(eventually([&] { return !holds(screen.words(), "Alex"); }));
    CHECK_FALSE(holds(screen.words(), "(***)"));
    CHECK(screen.shows("call_back_place.next"));
    // The case is of the member in whose session it was asked, and proves nothing.
    office.screen().key("Alt+J");
    office.screen().wait_shows("line.call_now");
    office.screen().wait_shows("case.level_identified");
    screen.wait_shows("call_back_place.calling");
    screen.advance(20 * 60);
    screen.wait_screen("visit_end");
}
