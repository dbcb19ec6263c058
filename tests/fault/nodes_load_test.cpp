#include "tests/fault/nodes.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/must.h"
#include "tests/support/rounds.h"
#include "tests/walk/visit_steps.h"

#include <atomic>
#include <functional>
#include <set>
#include <thread>

using namespace portico;
using namespace portico::test;

namespace {

constexpr int terminal_count = 4;
/// Past it somebody is stuck.
constexpr std::chrono::seconds stuck_after{90};

struct Fault {
    char const* what;
    std::function<void(Nodes&, int node)> begin;
    std::function<void(Nodes&, int node)> end;
};

std::vector<Fault> faults() {
    return {{"killed", [](Nodes& nodes, int node) { nodes.kill(node); },
             [](Nodes& nodes, int node) { nodes.start(node); }},
            {"stopped", [](Nodes& nodes, int node) { nodes.stop(node); },
             [](Nodes& nodes, int node) { nodes.go_on(node); }},
            {"cut off from its terminals", [](Nodes& nodes, int node) { nodes.cut_off(node); },
             [](Nodes& nodes, int node) { nodes.connect(node); }},
            {"cut off from the database", [](Nodes& nodes, int node) { nodes.lock_out(node); },
             [](Nodes& nodes, int node) { nodes.let_in(node); }}};
}

/// One terminal that pushes operation after operation through HAProxy, each until it is answered, and asks
/// for its member's page with the session it had before.
class Pusher {
public:
    Pusher(Nodes& nodes, std::string const& name, std::string token)
        : terminal_(nodes, name), port_(nodes.port()), token_(std::move(token)) {}

    NodeTerminal& terminal() { return terminal_; }
    void set_token(std::string token) { token_ = std::move(token); }

    void run(std::stop_token const& stop) {
        while (!stop.stop_requested()) {
            auto const operation = terminal_.report();
            pending_since_ = std::chrono::steady_clock::now();
            while (!push(operation))
                if (std::chrono::steady_clock::now() - pending_since_ > stuck_after)
                    return;
            acknowledged_.insert(operation.id);
            ++count_;
        }
        ended_well_ = true;
    }
    int count() const { return count_; }
    bool ended_well() const { return ended_well_; }
    std::set<std::string> const& acknowledged() const { return acknowledged_; }
    /// Signs in to nothing: the session of before is good.
    bool session_lives() { return terminal_.at(port_).home({token_}).has_value(); }

private:
    bool push(api::SealedOperation const& operation) {
        auto const outcomes = terminal_.at(port_).push({}, {{operation}});
        if (outcomes.has_error())
            return false;
        auto const& outcome = outcomes.value().outcomes.at(0).outcome;
        return outcome == "applied" || outcome == "duplicate";
    }

    NodeTerminal terminal_;
    std::uint16_t port_;
    std::string token_;
    std::chrono::steady_clock::time_point pending_since_;
    std::set<std::string> acknowledged_;
    std::atomic<int> count_ = 0;
    std::atomic<bool> ended_well_ = false;
};

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

/// Every acknowledged operation stands in the store once, with its one effect; no others do.
void check_each_once(Nodes& nodes, std::set<std::string> const& acknowledged) {
    auto database = nodes.bench().database();
    auto query = must(database.prepare("SELECT id, state FROM operation"));
    std::multiset<std::string> applied;
    while (must(query.step())) {
        CHECK(query.text(1) != "refused");
        applied.insert(query.text(0));
    }
    CHECK(applied == std::multiset<std::string>(acknowledged.begin(), acknowledged.end()));
    auto effects = must(database.prepare(
        "SELECT count(*), count(DISTINCT operation) FROM staff_queue WHERE kind <> 'send_letter'"));
    REQUIRE(must(effects.step()));
    CHECK(effects.integer(0) == static_cast<std::int64_t>(acknowledged.size()));
    CHECK(effects.integer(1) == effects.integer(0));
}

} // namespace

TEST_CASE(
    "nodes under load: whatever befalls one node, all that was acknowledged is there once, nobody is stuck, "
    "and sessions live on",
    "[rounds]") {
    if (HaProxy::missing())
        return;
    Nodes nodes({.members = terminal_count});
    std::vector<std::unique_ptr<Pusher>> pushers;
    {
        NodeTerminal desk(nodes, "desk");
        NodeMember member(nodes.bench(), desk.at(nodes.port()), alex, "1984-05-17", alex_username);
        for (int number = 0; number < terminal_count; ++number) {
            pushers.push_back(std::make_unique<Pusher>(nodes, "lobby" + std::to_string(number), ""));
            pushers.back()->set_token(member.sign_in(pushers.back()->terminal().at(nodes.port())));
        }
    }
    std::vector<std::jthread> threads;
    for (auto& pusher : pushers)
        threads.emplace_back([&pusher](std::stop_token const& stop) { pusher->run(stop); });
    // Each of them gets this much further.
    auto const all_go_on = [&](int operations) {
        std::vector<int> wanted;
        for (auto const& pusher : pushers)
            wanted.push_back(pusher->count() + operations);
        return eventually(
            [&] {
                for (std::size_t each = 0; each < pushers.size(); ++each)
                    if (pushers[each]->count() < wanted[each])
                        return false;
                return true;
            },
            stuck_after);
    };
    REQUIRE(all_go_on(3));
    auto const kinds = faults();
    for (auto const round : Rounds(kinds.size())) {
        Dice dice(round);
        auto const& fault = kinds[round % kinds.size()];
        auto const node = static_cast<int>(dice.below(Nodes::count));
        INFO("round " << round << ": node " << node + 1 << " " << fault.what);
        fault.begin(nodes, node);
        nodes.haproxy().wait_for_up(Nodes::count - 1);
        REQUIRE(all_go_on(1 + static_cast<int>(dice.below(5))));
        for (auto& pusher : pushers)
            CHECK(eventually([&] { return pusher->session_lives(); }, stuck_after));
        fault.end(nodes, node);
        nodes.haproxy().wait_for_up(Nodes::count);
        REQUIRE(all_go_on(1));
    }
    for (auto& thread : threads)
        thread.request_stop();
    threads.clear();
    std::set<std::string> acknowledged;
    for (auto const& pusher : pushers) {
        CHECK(pusher->ended_well());
        acknowledged.insert(pusher->acknowledged().begin(), pusher->acknowledged().end());
    }
    check_each_once(nodes, acknowledged);
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
    REQUIRE(eventually([&] {
        auto query = must(database.prepare("SELECT count(*) FROM card_issue WHERE state = 'completed'"));
        REQUIRE(must(query.step()));
        return query.integer(0) == 1;
    }));
    auto issues = must(database.prepare("SELECT count(*) FROM card_issue"));
    REQUIRE(must(issues.step()));
    CHECK(issues.integer(0) == 1);
    auto answers = must(database.prepare("SELECT count(*) FROM finding_answer"));
    REQUIRE(must(answers.step()));
    CHECK(answers.integer(0) == 1);
    nodes.verify_audit();
}
