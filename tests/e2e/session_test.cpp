#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/walk/directory_steps.h"
#include "tests/walk/effects.h"
#include "tests/walk/visit_steps.h"

using namespace portico::test;

TEST_CASE("session: who walks away leaves nothing, and the network may go and come back") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    screen.wait_screen("home");

    // Idle: 60 s, then a countdown over a solid cover that shows nothing personal; one tap goes on.
    screen.advance(61);
    screen.wait_screen("still_there");
    CHECK(screen.words().find("Alex") == std::string::npos);
    press(screen, "still_there.more_time");
    screen.wait_screen("home");
    screen.advance(61);
    screen.wait_screen("still_there");
    screen.advance(31);
    screen.wait_screen("visit_end");
    CHECK(screen.shows("leave.key")); // the key is still in
    screen.device("security_key", "remove");
    screen.advance(10);
    screen.wait_screen("attract");

    // The cable out: the directory still works, a question about the directory is kept, sign-in says why not.
    begin_visit(screen);
    press(screen, "sign_in.find_doctor");
    screen.wait_screen("find_doctor");
    search_directory(screen); // the directory is here
    press(screen, "part.back");
    screen.wait_screen("sign_in");
    kiosk->cable().pull();
    press(screen, "sign_in.find_doctor");
    screen.wait_screen("find_doctor");
    screen.wait_shows("part.network_out", 60);
    search_directory(screen);
    kiosk->cable().plug_in();
    screen.advance(61);
    screen.wait_screen("still_there");
    screen.advance(31);
    screen.wait_screen("attract");

    // Central killed in the middle of a visit: words and a way on, then it goes on by itself.
    begin_visit(screen);
    sign_in_with_key(screen, bench.settings().key_pin);
    bench.kill_central();
    press(screen, "home.claims");
    screen.wait_shows("part.try_again", 60);
    bench.start_central();
    screen.command({{"do", "wait"}, {"msg", "part.network_out"}, {"absent", true}, {"timeout_s", 60}});
    press(screen, "part.try_again");
    screen.wait_shows("claims.filter_done", 60);
    finish_visit(screen);

    // Revoked in the middle of a visit: nothing more is shown; the kiosk says what happened, whom to call,
    // and what staff need to know. Neither a touch nor a new start brings it back.
    begin_visit(screen);
    sign_in_with_key(screen, bench.settings().key_pin);
    bench.central({"terminal", "revoke", kiosk->terminal_id()});
    screen.wait_screen("out_of_order", 60);
    auto check_withdrawn = [&](Driver& on) {
        CHECK(on.shows("out_of_order.withdrawn"));
        CHECK(on.shows("out_of_order.staff_now"));
        auto const words = on.words();
        CHECK(words.find(kiosk->terminal_id()) != std::string::npos);
        CHECK(words.find("Alex") == std::string::npos);
    };
    check_withdrawn(screen);
    screen.device("security_key", "remove");
    screen.device("security_key", "insert");
    screen.advance(300);
    CHECK(screen.screen() == "out_of_order");
    kiosk->kill();
    kiosk->start({}, "out_of_order");
    check_withdrawn(kiosk->screen());
}

TEST_CASE(
    "session: a terminal that was withdrawn and is enrolled again still hands over what it had not sent") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    dispute_offline(bench, *kiosk);
    bench.central({"terminal", "revoke", kiosk->terminal_id()});
    kiosk->kill();
    kiosk->cable().plug_in();
    auto const withdrawn = kiosk->terminal_id();

    kiosk->enroll(bench, "lobby again", {"--again"});
    CHECK(kiosk->terminal_id() != withdrawn);
    kiosk->start();
    // The session was another terminal's, so that central cannot know who answered: staff look at it.
    CHECK(eventually([&] { return count_in_queue(bench, "operation_refused") == 1; },
                     std::chrono::seconds(60)));
    CHECK(count_in_queue(bench, "finding_disputed") == 0);
    // And it serves as before.
    auto& again = kiosk->screen();
    begin_visit(again);
    sign_in_with_key(again, bench.settings().key_pin);
    again.wait_shows("home.year");
}

TEST_CASE("session: a whole sign-in by keypad, in Spanish") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    screen.wait_screen("home");
    finish_visit(screen);

    /// Moves the focus with the keypad until it stands on `msg` or `key`, then presses select.
    auto select = [&](std::string const& field, std::string const& wanted) {
        for (int step = 0; step < 80; ++step) {
            auto const frame = screen.frame();
            for (auto const& node : frame.at("nodes").as_array()) {
                auto const& object = node.as_object();
                auto const* found = object.if_contains(field);
                if (found == nullptr || !found->is_string() || found->get_string() != wanted)
                    continue;
                for (auto const& state : object.at("states").as_array())
                    if (state.as_string() == "focused") {
                        screen.key("Enter");
                        return;
                    }
            }
            screen.key("Tab");
        }
        INFO(boost::json::serialize(screen.frame()));
        FAIL("the focus never reached " << wanted);
    };
    select("key", "es");
    screen.wait_screen("sign_in");
    screen.device("security_key", "insert");
    screen.wait_shows("key.pin");
    screen.type(bench.settings().key_pin);
    select("msg", "part.continue");
    screen.wait_shows("key.touch");
    screen.device("security_key", "touch");
    screen.wait_screen("home");
    CHECK(screen.words().find("Hola, Alex") != std::string::npos);
    select("msg", "home.claims");
    screen.wait_shows("claims.filter_done");
    select("msg", "ui.bar.finish");
    screen.wait_screen("visit_end");
}
