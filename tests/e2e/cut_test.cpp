#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/walk/account_steps.h"
#include "tests/walk/effects.h"
#include "tests/walk/hand.h"

#include <functional>

using namespace portico::test;

namespace {

/// One press that asks central for something, and what is there when the answer came.
struct Ask {
    char const* what;
    std::function<void(Driver&)> before; ///< to where it is asked
    std::function<void(Driver&)> act;
    char const* answered; ///< message that only an answer brings
};

/// How the answer is lost.
struct Loss {
    char const* what;
    std::function<void(Bench&, Bench::Kiosk&)> begin;
    std::function<void(Bench&, Bench::Kiosk&)> end;
    bool noticed_at_once; ///< the kiosk says so before anything is asked
};

std::vector<Loss> losses() {
    return {{"the cable is out", [](Bench&, Bench::Kiosk& kiosk) { kiosk.cable().pull(); },
             [](Bench&, Bench::Kiosk& kiosk) { kiosk.cable().plug_in(); }, true},
            {"the reply is cut in the middle",
             [](Bench&, Bench::Kiosk& kiosk) { kiosk.cable().pull_after_bytes_received(40); },
             [](Bench&, Bench::Kiosk& kiosk) { kiosk.cable().plug_in(); }, false},
            {"central is killed", [](Bench& bench, Bench::Kiosk&) { bench.kill_central(); },
             [](Bench& bench, Bench::Kiosk&) { bench.start_central(); }, true}};
}

void wait_online(Driver& screen) {
    screen.wait_gone("part.network_out", 60);
}

/// The answer is lost: the screen says so and offers to try again; then it comes.
void lose_and_recover(Bench& bench, Bench::Kiosk& kiosk, Loss const& loss, Ask const& ask) {
    auto& screen = kiosk.screen();
    INFO(ask.what << ", " << loss.what);
    loss.begin(bench, kiosk);
    // The banner moves what is under it: a finger waits until the screen stands still.
    if (loss.noticed_at_once && screen.screen() == "home")
        screen.wait_shows("part.network_out", 60);
    ask.act(screen);
    screen.wait_shows("part.try_again", 60);
    CHECK(screen.words().find("Nothing is lost.") != std::string::npos);
    loss.end(bench, kiosk);
    wait_online(screen);
    press(screen, "part.try_again");
    screen.wait_shows(ask.answered, 60);
}

} // namespace

TEST_CASE("cut: whatever a member reads, a lost answer has words and a way on, and comes when it can") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    auto home = [&] {
        while (screen.screen() != "home")
            press(screen, screen.shows("part.home") ? "part.home" : "part.back");
        wait_online(screen);
        screen.wait_shows("home.year", 60);
    };
    auto stay = [](Driver&) {};
    auto more = [](Driver& s) {
        press(s, "home.more");
        s.wait_screen("more");
    };
    auto tap = [](std::string const& msg) { return [msg](Driver& s) { press(s, msg); }; };
    std::vector<Ask> const asks = {{"claims", stay, tap("home.claims"), "claims.filter_done"},
                                   {"requests", stay, tap("home.requests"), "requests.none"},
                                   {"ID card", stay, tap("home.card"), "id_card.front_picture"},
                                   {"contact details", more, tap("more.contact"), "contact.change"},
                                   {"ways to sign in", more, tap("more.methods"), "methods.add_key"},
                                   {"costs", more, tap("more.costs"), "costs.total_you"}};
    auto const ways = losses();
    for (std::size_t i = 0; i < asks.size(); ++i) {
        home();
        asks[i].before(screen);
        lose_and_recover(bench, *kiosk, ways[i % ways.size()], asks[i]);
    }
    // An EOB, from a list that is there already.
    home();
    press(screen, "home.claims");
    screen.wait_shows("claims.filter_done");
    lose_and_recover(bench, *kiosk, ways[1],
                     {"EOB", stay, [](Driver& s) { press_key(s, "eob-0000001-0002"); }, "eob.where"});
    finish_visit(screen);
}

TEST_CASE("cut: a sign-in whose answer is lost says so and goes through on the next try") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    screen.wait_screen("home");
    finish_visit(screen);
    begin_visit(screen);
    screen.device("security_key", "insert");
    screen.wait_shows("key.pin");
    kiosk->cable().pull();
    screen.type(bench.settings().key_pin);
    press(screen, "part.continue");
    screen.wait_shows("problem.central_unreachable", 60);
    kiosk->cable().plug_in();
    wait_not_busy(screen);
    screen.type(bench.settings().key_pin);
    press(screen, "part.continue");
    screen.wait_shows("key.touch");
    screen.device("security_key", "touch");
    screen.wait_screen("home");
    finish_visit(screen);
}

TEST_CASE("cut: setting up an account whose answers are lost can be done again, step by step") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    begin_visit(screen);
    press(screen, "sign_in.register");
    press(screen, "register.letter");
    screen.wait_screen("register_code");
    screen.tap("register_code.code");
    screen.type(bench.invite(alex));
    screen.tap("register_code.birth_date");
    screen.type(alex_birth_date_digits);

    // Central has done it, and the kiosk does not know: the same again must not be a dead end.
    auto lose_then_again = [&](std::function<void()> const& again, std::string const& next_screen) {
        kiosk->cable().pull_after_bytes_received(200);
        press(screen, "part.continue");
        screen.wait_gone("part.checking", 30);
        wait_not_busy(screen);
        kiosk->cable().plug_in();
        for (int tries = 0; tries < 5 && screen.screen() != next_screen; ++tries) {
            again();
            press(screen, "part.continue");
            wait_not_busy(screen);
        }
        screen.wait_screen(next_screen);
    };
    lose_then_again([] {}, "choose_username");
    screen.tap("password.username");
    screen.type(alex_username);
    screen.tap("choose_username.password");
    screen.type(alex_passphrase);
    lose_then_again(
        [&] {
            screen.tap("choose_username.password");
            screen.type(alex_passphrase);
        },
        "choose_pin");
    auto const type_pin_twice = [&] {
        screen.type(alex_pin);
        press(screen, "part.continue");
        screen.wait_shows("choose_pin.again");
        screen.type(alex_pin);
    };
    type_pin_twice();
    lose_then_again(type_pin_twice, "offer_key");
}

namespace {

/// Within the head of an answer.
constexpr int answer_cut_bytes = 40;

/// The keys of all rows with this message.
std::vector<std::string> rows_listed(Driver& screen, std::string const& msg) {
    std::vector<std::string> keys;
    auto const frame = screen.frame();
    for (auto const& node : frame.at("nodes").as_array())
        if (node.as_object().at("msg").as_string() == msg)
            keys.emplace_back(node.as_object().at("key").as_string());
    return keys;
}

} // namespace

TEST_CASE("cut: a second key is added and taken out by asking again, whichever answer was lost") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    auto& cable = kiosk->cable();
    auto const& pin = bench.settings().key_pin;
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), pin);
    screen.device("security_key", "remove");
    open_methods(screen);
    REQUIRE(rows_listed(screen, "method.security_key").size() == 1);
    press(screen, "methods.add_key");
    screen.device("security_key", "insert", {{"value", "second"}});
    auto const continue_with_pin = [&] {
        screen.wait_shows("key.pin");
        screen.type(pin);
        press(screen, "part.continue");
    };

    // The challenge does not come.
    screen.wait_shows("key.pin");
    cable.pull();
    continue_with_pin();
    screen.wait_shows("problem.central_unreachable", 60);
    cable.plug_in();
    wait_online(screen);

    // Central adds the key, and its answer does not come.
    continue_with_pin();
    screen.wait_shows("key.touch");
    cable.pull_after_bytes_received(answer_cut_bytes);
    screen.device("security_key", "touch");
    screen.wait_shows("problem.central_unreachable", 60);
    cable.plug_in();
    wait_online(screen);
    continue_with_pin();
    screen.wait_shows("key.touch");
    screen.device("security_key", "touch");
    screen.wait_screen("methods", 60);
    screen.wait_shows("methods.add_key", 60);
    REQUIRE(rows_listed(screen, "method.security_key").size() == 2);

    // It goes, and that answer does not come either.
    auto const keys = rows_listed(screen, "method.security_key");
    press_key(screen, keys.back());
    screen.wait_shows("methods.remove_title");
    cable.pull_after_bytes_received(answer_cut_bytes);
    screen.tap("methods.remove_yes");
    screen.wait_shows("problem_title.central_unreachable", 60);
    cable.plug_in();
    wait_online(screen);
    press_key(screen, keys.back());
    screen.wait_shows("methods.remove_title");
    screen.tap("methods.remove_yes");
    screen.command({{"do", "wait"}, {"node_key", keys.back()}, {"absent", true}, {"timeout_s", 60}});
    CHECK(rows_listed(screen, "method.security_key") == std::vector<std::string>{keys.front()});
    finish_visit(screen);
    begin_visit(screen);
    sign_in_with_key(screen, pin, "member");
}

TEST_CASE(
    "cut: a card whose beginning central heard, and the kiosk did not, is printed once when asked again") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    auto& cable = kiosk->cable();
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    press(screen, "home.card");
    screen.wait_shows("id_card.front_picture");
    // When it is the answer to what the kiosk itself waits for that is cut, it is offline before it can ask
    // for a card: once more then.
    auto const asked_and_cut = [&] {
        cable.plug_in();
        wait_online(screen);
        cable.pull_after_bytes_received(answer_cut_bytes);
        screen.attempt({{"do", "tap"}, {"msg", "id_card.print"}});
        return screen.screen() == "card_print";
    };
    REQUIRE(eventually(asked_and_cut));
    screen.wait_shows("card_print.failed", 60);
    CHECK(screen.words().find("Nothing is lost.") != std::string::npos);
    CHECK(cards_printed(*kiosk) == 0);
    press(screen, "card_print.ok");
    cable.plug_in();
    wait_online(screen);
    screen.wait_shows("home.year", 60);
    check_prints_one_card(*kiosk);
    // Nothing is left open that staff would have to clear up.
    CHECK(count_in_queue(bench, "card_outcome_unknown") == 0);
}

TEST_CASE("cut: a finding disputed while the network is out arrives exactly once") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    dispute_offline(bench, *kiosk);
    // Cut in the middle of the push's answer, again and again: central may have it, the kiosk cannot know.
    for (int bytes : {300, 900, 1500, 2100}) {
        kiosk->cable().plug_in();
        kiosk->cable().pull_after_bytes_received(bytes);
        screen.advance(5);
    }
    // The kiosk itself dies with the operation in its outbox.
    kiosk->kill();
    kiosk->cable().plug_in();
    kiosk->start();
    CHECK(eventually([&] { return count_in_queue(bench, "finding_disputed") != 0; }));
    CHECK(count_in_queue(bench, "finding_disputed") == 1);
    auto& again = kiosk->screen();
    begin_visit(again);
    sign_in_with_key(again, bench.settings().key_pin);
    again.wait_shows("home.year");
    press(again, "home.requests");
    again.wait_shows("requests.list");
    auto const frame = again.frame();
    int listed = 0;
    for (auto const& node : frame.at("nodes").as_array())
        listed += node.as_object().at("msg").as_string() == "request.dispute_finding";
    CHECK(listed == 1);
    CHECK(count_in_queue(bench, "finding_disputed") == 1);
    CHECK(count_in_queue(bench, "operation_refused") == 0);
}
