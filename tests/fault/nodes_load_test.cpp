#include "tests/fault/node_faults.h"
#include "tests/fault/pusher.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/must.h"
#include "tests/support/rounds.h"
#include "tests/walk/visit_steps.h"

using namespace portico;
using namespace portico::test;

namespace {

constexpr int terminal_count = 4;

/// Waits for what only an answer brings; whoever is told that it was lost tries again, as people do.
void wait_for_answer(Driver& screen, std::string const& msg) {
    bool const came = eventually(
        [&] {
            if (!screen.shows(msg) && screen.shows("part.try_again"))
                screen.attempt({{"do", "tap"}, {"msg", "part.try_again"}});
            return screen.shows(msg);
        },
        stuck_after);
    INFO(screen.words());
    REQUIRE(came);
}

} // namespace

TEST_CASE(
    "nodes under load: whatever befalls one node, all that was acknowledged is there once, nobody is stuck, "
    "and sessions live on",
    "[rounds]") {
    if (HaProxy::missing())
        return;
    Nodes nodes({.members = terminal_count});
    Load load(nodes, terminal_count);
    REQUIRE(load.all_go_on(3));
    auto const kinds = node_faults();
    for (auto const round : Rounds(kinds.size())) {
        Dice dice(round);
        auto const& fault = kinds[round % kinds.size()];
        auto const node = static_cast<int>(dice.below(Nodes::count));
        INFO("round " << round << ": node " << node + 1 << " " << fault.what);
        fault.begin(nodes, node);
        nodes.haproxy().wait_for_up(Nodes::count - 1);
        REQUIRE(load.all_go_on(1 + static_cast<int>(dice.below(5))));
        load.check_sessions_live();
        fault.end(nodes, node);
        nodes.haproxy().wait_for_up(Nodes::count);
        REQUIRE(load.all_go_on(1));
    }
    load.end_and_check_each_once(nodes);
    nodes.verify_audit();
}

TEST_CASE(
    "nodes: a member's whole visit goes on, through HAProxy, while one node after the other is killed") {
    if (HaProxy::missing())
        return;
    Nodes nodes;
    auto& bench = nodes.bench();
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    // All but the one that is left die, one at each step, and come back: whichever serves the kiosk is among
    // them.
    auto const shake = [&](int survivor) {
        for (int node = 0; node < Nodes::count; ++node)
            if (node != survivor)
                nodes.kill(node);
        nodes.haproxy().wait_for_up(1);
        screen.wait_gone("part.network_out", 60);
    };
    auto const recover = [&] {
        for (int node = 0; node < Nodes::count; ++node)
            if (!nodes.process(node).running())
                nodes.start(node);
        nodes.haproxy().wait_for_up(Nodes::count);
        say_still_there(screen);
    };
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    screen.wait_shows("home.year");
    shake(0);
    press(screen, "home.claims");
    wait_for_answer(screen, "claims.filter_done");
    press_key(screen, "eob-0000001-0002");
    wait_for_answer(screen, "eob.check_it");
    recover();
    press(screen, "eob.check_it");
    wait_for_answer(screen, "eob.answered");
    shake(1);
    press(screen, "part.claims");
    screen.wait_screen("claims");
    press(screen, "part.home");
    screen.wait_screen("home");
    press(screen, "home.requests");
    wait_for_answer(screen, "request.dispute_finding");
    press(screen, "part.back");
    recover();
    press(screen, "home.card");
    wait_for_answer(screen, "id_card.front_picture");
    press(screen, "id_card.print");
    shake(2);
    wait_for_answer(screen, "card_print.done");
    screen.device("card_printer", "take");
    press(screen, "card_print.have_it");
    screen.wait_screen("home");
    finish_visit(screen);
    recover();
    // The card was printed once and is settled, the finding asked for once.
    auto database = bench.database();
    REQUIRE(eventually(
        [&] {
            auto query = must(database.prepare("SELECT count(*) FROM card_issue WHERE state = 'completed'"));
            REQUIRE(must(query.step()));
            return query.integer(0) == 1;
        },
        stuck_after));
    auto issues = must(database.prepare("SELECT count(*) FROM card_issue"));
    REQUIRE(must(issues.step()));
    CHECK(issues.integer(0) == 1);
    auto answers = must(database.prepare("SELECT count(*) FROM finding_answer"));
    REQUIRE(must(answers.step()));
    CHECK(answers.integer(0) == 1);
    nodes.verify_audit();
}
