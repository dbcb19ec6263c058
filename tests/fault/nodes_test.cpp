#include "tests/central/tls_client.h"
#include "tests/fault/nodes.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/must.h"
#include "tests/walk/visit_steps.h"

#include <atomic>
#include <fstream>
#include <future>
#include <set>
#include <sstream>
#include <thread>

using namespace portico;
using namespace portico::test;

namespace {

constexpr char const* alex_birth_date = "1984-05-17";
constexpr int wait_s = 30;
/// What comes within it came by news; an answer for want of them takes twice as long. That news take no more
/// than a second is a promise for a machine that has a second to give.
constexpr std::chrono::seconds news_max{wait_s / 2};

std::string text_of(std::filesystem::path const& file) {
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

std::int64_t number(Bench& bench, std::string const& sql) {
    auto database = bench.database();
    auto query = must(database.prepare(sql));
    REQUIRE(must(query.step()));
    return query.integer(0);
}

template <class Reply>
std::string reason_of(Result<Reply> const& answer) {
    return answer.has_value() ? "" : answer.error().reason;
}

/// The cursor behind all that there is.
std::string last_cursor(client::Central& central) {
    std::string cursor;
    for (bool more = true; more;) {
        auto const page = must(central.changes({}, cursor, 0, 500));
        cursor = page.cursor;
        more = page.more;
    }
    return cursor;
}

} // namespace

TEST_CASE("nodes: a session opened at one node is good at every other, and so is its end") {
    if (HaProxy::missing())
        return;
    Nodes nodes;
    NodeTerminal terminal(nodes, "lobby");
    auto& first = terminal.at(nodes.port(0));
    auto& second = terminal.at(nodes.port(1));
    auto& third = terminal.at(nodes.port(2));
    NodeMember member(nodes.bench(), first, alex, alex_birth_date, alex_username);
    auto const token = member.sign_in(first);
    CHECK(must(second.home({token})).claim_count > 0);
    CHECK(must(third.home({token})).claim_count > 0);
    must(second.sign_out({token}));
    CHECK(reason_of(first.home({token})) == "session_ended");
    CHECK(reason_of(third.home({token})) == "session_ended");
    nodes.verify_audit();
}

TEST_CASE(
    "nodes: a challenge taken at one node is answered at another, once, though all are answered at once") {
    if (HaProxy::missing())
        return;
    Nodes nodes;
    NodeTerminal terminal(nodes, "lobby");
    NodeMember member(nodes.bench(), terminal.at(nodes.port(0)), alex, alex_birth_date, alex_username);
    for (int round = 0; round < 25; ++round) {
        auto const answer =
            member.answer(must(terminal.at(nodes.port(round % 3)).challenge({}, {"security_key"})));
        std::vector<std::future<Result<api::SessionReply>>> replies;
        for (int node = 0; node < Nodes::count; ++node)
            replies.push_back(
                std::async(std::launch::async, [&answer, &central = terminal.at(nodes.port(node))] {
                    return central.sign_in({}, answer);
                }));
        int opened = 0;
        for (auto& reply : replies)
            opened += reply.get().has_value() ? 1 : 0;
        CHECK(opened == 1);
    }
    nodes.verify_audit();
}

TEST_CASE(
    "nodes: wrong passwords that reach all nodes at once are counted together, and five are looked at") {
    if (HaProxy::missing())
        return;
    Nodes nodes;
    // Two terminals: one may try only so often a minute.
    NodeTerminal lobby(nodes, "lobby");
    NodeTerminal hall(nodes, "hall");
    NodeMember const member(nodes.bench(), lobby.at(nodes.port(0)), alex, alex_birth_date, alex_username);
    auto const clear = [&] {
        auto database = nodes.bench().database();
        must(database.execute("DELETE FROM auth_lockout; DELETE FROM auth_terminal_rate"));
    };
    constexpr int rounds = 8;
    for (int round = 0; round < rounds; ++round) {
        clear();
        std::vector<std::future<bool>> guessers; // asserted here: Catch is for one thread
        for (auto* terminal : {&lobby, &hall})
            for (int node = 0; node < Nodes::count; ++node)
                guessers.push_back(
                    std::async(std::launch::async, [&central = terminal->at(nodes.port(node))] {
                        return central
                            .sign_in({}, api::PasswordSignIn{alex_username, Secret("a wrong guess of mine")})
                            .has_error();
                    }));
        for (auto& guesser : guessers)
            CHECK(guesser.get());
        CHECK(number(nodes.bench(), "SELECT CAST(sum(password_failures) AS BIGINT) FROM auth_lockout"
                                    " WHERE subject NOT LIKE 'name:%'") == 5);
    }
    // The right one has to wait as well, at any of them.
    for (int node = 0; node < Nodes::count; ++node)
        CHECK(hall.at(nodes.port(node))
                  .sign_in({}, api::PasswordSignIn{alex_username, Secret("seven quiet herons at dawn")})
                  .has_error());
    nodes.verify_audit();
}

TEST_CASE("nodes: an operation that reaches all nodes at the same moment is applied once") {
    if (HaProxy::missing())
        return;
    Nodes nodes;
    NodeTerminal terminal(nodes, "lobby");
    constexpr int operations = 20;
    for (int sent = 0; sent < operations; ++sent) {
        api::PushOperations const batch{{terminal.report()}};
        std::vector<std::future<Result<api::PushOutcomes>>> replies;
        for (int node = 0; node < Nodes::count; ++node)
            replies.push_back(
                std::async(std::launch::async, [&batch, &central = terminal.at(nodes.port(node))] {
                    return central.push({}, batch);
                }));
        std::multiset<std::string> outcomes;
        for (auto& reply : replies)
            outcomes.insert(must(reply.get()).outcomes.at(0).outcome);
        CHECK(outcomes == std::multiset<std::string>{"applied", "duplicate", "duplicate"});
    }
    CHECK(number(nodes.bench(), "SELECT count(*) FROM operation") == operations);
    CHECK(number(nodes.bench(), "SELECT count(*) FROM staff_queue") == operations);
    nodes.verify_audit();
}

TEST_CASE(
    "nodes: a notice, an ended session and a revocation reach those who wait at other nodes in a second") {
    if (HaProxy::missing())
        return;
    Nodes nodes;
    NodeTerminal terminal(nodes, "lobby");
    auto& second = terminal.at(nodes.port(1));
    NodeMember member(nodes.bench(), second, alex, alex_birth_date, alex_username);
    auto const token = member.sign_in(second);
    auto cursor = last_cursor(second);
    // Asks the second node and the third; `act` is done beside the first. How long each then took.
    auto const while_waiting = [&](std::function<void()> const& act, auto const& check) {
        struct Answer {
            std::chrono::steady_clock::time_point came;
            Result<api::ChangesPage> page;
        };
        std::vector<std::future<Answer>> waits;
        for (int node = 1; node < Nodes::count; ++node)
            waits.push_back(std::async(std::launch::async, [&, &central = terminal.at(nodes.port(node))] {
                auto page = central.changes({}, cursor, wait_s, 500);
                return Answer{std::chrono::steady_clock::now(), std::move(page)};
            }));
        act();
        auto const done = std::chrono::steady_clock::now();
        for (auto& wait : waits) {
            auto const answer = wait.get();
            CHECK(answer.came - done < news_max);
            check(answer.page);
        }
        cursor = last_cursor(terminal.at(nodes.port(2)));
    };
    while_waiting(
        [&] {
            nodes.bench().central({"notice", "add", "--en", "Closed at noon", "--es", "Cerrado"});
        },
        [](Result<api::ChangesPage> const& page) {
            CHECK(must(page).changes.at(0).notice->text_en == "Closed at noon");
        });
    while_waiting(
        [&] {
            nodes.bench().central({"account", "disable", alex});
        },
        [](Result<api::ChangesPage> const& page) {
            CHECK(must(page).changes.at(0).event->event == "session_ended");
        });
    CHECK(reason_of(second.home({token})) == "session_ended");
    std::vector<std::future<bool>> ends;
    for (int node = 1; node < Nodes::count; ++node)
        ends.push_back(std::async(std::launch::async, [&, &central = terminal.at(nodes.port(node))] {
            return central.changes({}, cursor, wait_s, 500).has_error();
        }));
    nodes.bench().central({"terminal", "revoke", terminal.id()});
    auto const revoked = std::chrono::steady_clock::now();
    for (auto& end : ends)
        CHECK(end.get());
    CHECK(std::chrono::steady_clock::now() - revoked < news_max);
    // The first node, where nobody waited, looks within half a second too.
    for (int node = 0; node < Nodes::count; ++node)
        CHECK(eventually(
            [&] {
                return reason_of(terminal.at(nodes.port(node)).challenge({}, {"security_key"})) ==
                       "terminal_revoked";
            },
            news_max));
    nodes.verify_audit();
}

TEST_CASE("nodes: what a stopped node had not yet read is refused when its terminal was revoked meanwhile") {
    if (HaProxy::missing())
        return;
    Nodes nodes;
    constexpr int connections = 8;
    for (int round = 0; round < 3; ++round) {
        NodeTerminal terminal(nodes, "lobby" + std::to_string(round));
        TlsFace const face{text_of(terminal.identity().authority), text_of(terminal.identity().certificate),
                           text_of(terminal.identity().private_key)};
        std::string const request = "GET /v1/changes?limit=1 HTTP/1.1\r\nHost: localhost\r\n\r\n";
        std::vector<std::unique_ptr<TlsClient>> open;
        for (int each = 0; each < connections; ++each) {
            open.push_back(std::make_unique<TlsClient>(nodes.port(1), face));
            REQUIRE(open.back()->send(request));
            REQUIRE(open.back()->read_reply().value().status == 200);
        }
        nodes.stop(1);
        for (auto& connection : open)
            REQUIRE(connection->send(request));
        nodes.bench().central({"terminal", "revoke", terminal.id()});
        // Longer than what a node knows counts: it was stopped all the while.
        auto const revoked = std::chrono::steady_clock::now();
        REQUIRE(
            eventually([&] { return std::chrono::steady_clock::now() - revoked > std::chrono::seconds(1); }));
        nodes.go_on(1);
        for (auto& connection : open) {
            auto const reply = connection->read_reply();
            CHECK((!reply || reply->status == 403));
        }
    }
    nodes.verify_audit();
}

TEST_CASE("nodes: a node whose keys are not the database's does not serve, and says which") {
    if (HaProxy::missing())
        return;
    Nodes nodes;
    ScratchFolder const folder;
    auto const own = folder.path / "own";
    REQUIRE(run({program("portico-central"), "init", "--data", own.string(), "--plan-name", "Other Plan"})
                .exit_code == 0);
    auto const address = nodes.bench().database_address();
    Process serve({program("portico-central"), "serve", "--data", own.string(), "--database", address,
                   "--listen", "127.0.0.1:0"},
                  folder.path / "log");
    CHECK(serve.wait() == 1);
    for (auto const* key : {"keys/record.key", "keys/sealing.key", "keys/authority.key"})
        CHECK(serve.output().find(key) != std::string::npos);
    // One wrong key is enough.
    auto const third = folder.path / "third";
    std::filesystem::copy(nodes.folder(2), third, std::filesystem::copy_options::recursive);
    std::filesystem::copy_file(own / "keys" / "sealing.key", third / "keys" / "sealing.key",
                               std::filesystem::copy_options::overwrite_existing);
    auto const one = run({program("portico-central"), "audit", "verify", "--data", third.string()});
    CHECK(one.exit_code == 1);
    CHECK(one.errors.find("keys/sealing.key") != std::string::npos);
    CHECK(one.errors.find("keys/record.key") == std::string::npos);
    // A database that does not remember is asked for what it holds.
    must(nodes.bench().database().execute("DELETE FROM key_check"));
    CHECK(run({program("portico-central"), "terminal", "list", "--data", own.string(), "--database", address})
              .exit_code == 1);
    nodes.bench().central({"terminal", "list"});
    nodes.verify_audit();
}

TEST_CASE("nodes: a name that an audit chain has is given to no other node, and the folder of none is left") {
    if (HaProxy::missing())
        return;
    Nodes nodes;
    ScratchFolder const folder;
    for (auto const* name : {"central-1", "central-2", "Central 4", ""}) {
        auto const made =
            run({program("portico-central"), "node", "add", "--data", nodes.bench().data().string(), "--name",
                 name, "--to", (folder.path / "four").string()});
        CHECK(made.exit_code != 0);
        CHECK_FALSE(std::filesystem::exists(folder.path / "four"));
    }
    // Of what a folder holds all is its owner's alone.
    for (auto const& entry : std::filesystem::recursive_directory_iterator(nodes.folder(1) / "keys"))
        CHECK((entry.status().permissions() &
               (std::filesystem::perms::group_all | std::filesystem::perms::others_all)) ==
              std::filesystem::perms::none);
    CHECK_FALSE(std::filesystem::exists(nodes.folder(1) / "central.db"));
}

TEST_CASE("nodes: what one node's checkpoints saw is missed by verify, whichever node's chain was cut") {
    if (HaProxy::missing())
        return;
    Nodes nodes;
    NodeTerminal terminal(nodes, "lobby");
    nodes.kill(0); // its file knows nothing of what follows
    must(terminal.at(nodes.port(2)).push({}, {{terminal.report()}}));
    for (int node = 1; node < Nodes::count; ++node) {
        nodes.process(node).signal(SIGTERM); // writes its last checkpoint
        CHECK(nodes.process(node).wait() == 0);
    }
    nodes.verify_audit();
    // As somebody who can write in the database, and knows how a chain ends, would cut the third node's.
    auto database = nodes.bench().database();
    must(database.execute("DELETE FROM audit WHERE node = 'central-3' AND sequence = (SELECT sequence FROM"
                          " audit_head WHERE node = 'central-3')"));
    must(database.execute(
        "UPDATE audit_head SET sequence = sequence - 1, hash = (SELECT hash FROM audit WHERE node ="
        " 'central-3' ORDER BY sequence DESC LIMIT 1) WHERE node = 'central-3'"));
    std::vector<std::string> command{program("portico-central"), "audit", "verify", "--data",
                                     nodes.bench().data().string()};
    for (int node = 0; node < Nodes::count; ++node)
        command.insert(command.end(),
                       {"--checkpoints", (nodes.folder(node) / "audit-checkpoints.jsonl").string()});
    auto const found = run(command);
    CHECK(found.exit_code == 1);
    CHECK(found.output.find("node central-3") != std::string::npos);
}

TEST_CASE(
    "nodes: beside a newer program that only adds all go on, when it takes away they end in good order") {
    if (HaProxy::missing())
        return;
    Nodes nodes;
    NodeTerminal terminal(nodes, "lobby");
    auto newer = nodes.bench().database();
    // As the next version's migrate would leave it.
    must(newer.execute("ALTER TABLE staff_queue ADD COLUMN shelf TEXT;"
                       "UPDATE schema_version SET version = version + 1 WHERE component = 'operations'"));
    auto const outcome = [&](int node) {
        return must(terminal.at(nodes.port(node)).push({}, {{terminal.report()}})).outcomes.at(0).outcome;
    };
    for (int node = 0; node < Nodes::count; ++node)
        CHECK(outcome(node) == "applied");
    nodes.kill(0);
    nodes.start(0); // an older program starts beside it as well
    CHECK(outcome(0) == "applied");
    auto const before = number(nodes.bench(), "SELECT count(*) FROM operation");
    must(newer.execute("UPDATE schema_version SET version = version + 1 WHERE component = 'operations';"
                       "UPDATE schema_floor SET oldest = 99 WHERE component = 'operations'"));
    auto const late = terminal.at(nodes.port(1)).push({}, {{terminal.report()}});
    CHECK(late.has_error());
    CHECK(number(nodes.bench(), "SELECT count(*) FROM operation") == before);
    for (int node = 0; node < Nodes::count; ++node) {
        CHECK(nodes.process(node).wait() == 1);
        CHECK(nodes.process(node).output().find("newer program") != std::string::npos);
    }
    Process again(
        {program("portico-central"), "serve", "--data", nodes.folder(1).string(), "--listen", "127.0.0.1:0"},
        nodes.bench().folder() / "again.log");
    CHECK(again.wait() == 1);
    CHECK(again.output().find("newer program") != std::string::npos);
}
