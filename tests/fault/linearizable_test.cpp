#include "tests/fault/histories.h"

#include "central/auth/attempts.h"
#include "tests/central/operations_bench.h"
#include "tests/support/catch.h"
#include "tests/support/rounds.h"

#include <array>
#include <thread>

using namespace portico;
using namespace portico::test;

namespace {

constexpr std::size_t node_count = 3;
constexpr std::size_t client_count = 6;
constexpr int calls_of_a_client = 6;

/// Three nodes' stores over one database. `Torn`: each statement on its own, as a build would that forgot
/// that what it reads may change before it writes.
enum class Build : std::uint8_t { Whole, Torn };

class Nodes {
public:
    Nodes(OperationsBench& bench, Build build) : bench_(bench), build_(build) {
        for (auto& node : stores_)
            node = central::Store::open(address_of(bench.scratch)).value();
    }
    template <class T>
    Result<T> write(std::size_t client, std::function<Result<T>(storage::Database&)> const& change) {
        if (build_ == Build::Whole)
            return stores_.at(client % node_count)->write_value<T>(change);
        auto connection = TRY(bench_.scratch.try_connect());
        return change(connection);
    }
    central::Store& store(std::size_t client) { return *stores_.at(client % node_count); }

private:
    OperationsBench& bench_;
    Build build_;
    std::array<std::unique_ptr<central::Store>, node_count> stores_;
};

void in_threads(std::function<void(std::size_t client)> const& work) {
    std::vector<std::jthread> threads;
    for (std::size_t client = 0; client < client_count; ++client)
        threads.emplace_back([&work, client] { work(client); });
}

/// In the middle of it all every connection to a server is cut, as by a fail-over.
void cut_now_and_then(OperationsBench const& bench, Dice& dice) {
    if (bench.scratch.engine() == StoreEngine::Postgres && dice.one_in(2))
        PostgresServer::ours().cut_connections(bench.scratch.server_address());
}

// ---- the lockout counter of one account ----

struct Guess {
    bool right = false; ///< "the guess that was counted is right", else "count one guess"
    bool locked = false;
    int counted = 0; ///< failures with this one
};
constexpr int looked_at_max = 5;

std::optional<int> after_guess(int failures, Guess const& guess, bool answered) {
    if (guess.right)
        return 0;
    if (failures >= looked_at_max)
        return !answered || guess.locked ? std::optional(failures) : std::nullopt;
    if (answered && (guess.locked || guess.counted != failures + 1))
        return std::nullopt;
    return failures + 1;
}

bool lockout_holds(OperationsBench& bench, std::uint64_t round, Build build) {
    Nodes nodes(bench, build);
    History<Guess> history;
    in_threads([&](std::size_t client) {
        Dice dice(round * client_count + client);
        for (int call = 0; call < calls_of_a_client; ++call) {
            history.record({.right = dice.one_in(8)}, [&](Guess& guess) {
                auto const state = nodes.write<LockoutState>(
                    client, [&](storage::Database& database) -> Result<LockoutState> {
                        if (!guess.right)
                            return central::reserve_guess(database, "alex", central::Guess::Pin,
                                                          TerminalId("kiosk-1"), bench.clock.now());
                        TRY(central::guess_was_right(database, "alex", central::Guess::Pin));
                        return central::lockout_state(database, "alex");
                    });
                guess.locked = state.has_error() && state.error().kind == ErrorKind::Locked;
                guess.counted = state.has_value() ? state.value().failures : 0;
                return state.has_value() || came(state.error().kind);
            });
            if (client == 0)
                cut_now_and_then(bench, dice);
        }
    });
    return linearizable(history.calls(), 0, after_guess);
}

// ---- the register of a member's cards ----

bool card_register_holds(OperationsBench& bench, std::uint64_t round, Build build) {
    Nodes nodes(bench, build);
    std::array<std::string, 8> ids;
    for (auto& id : ids)
        id = make_uuid_v7(bench.clock);
    History<CardCall> history;
    in_threads([&](std::size_t client) {
        Dice dice(round * client_count + client);
        for (int count = 0; count < calls_of_a_client; ++count) {
            CardCall call{.begins = dice.below(3) != 0,
                          .issue = static_cast<int>(dice.below(ids.size())),
                          .good = false,
                          .reason = {}};
            history.record(std::move(call), [&](CardCall& made) {
                auto const& id = ids.at(static_cast<std::size_t>(made.issue));
                auto const done = nodes.write<bool>(client, [&](storage::Database& database) -> Result<bool> {
                    TerminalId const terminal("kiosk-1");
                    api::Operation const told;
                    if (made.begins)
                        TRY(bench.issues->begin(database, terminal, PatientId("alex"), id));
                    else
                        TRY(central::apply_card_issued(
                            bench.ledger->tools(),
                            {database, told, terminal, bench.clock.now(), std::nullopt},
                            {id, "completed", ""}));
                    return true;
                });
                made.good = done.has_value();
                made.reason = done.has_error() && made.begins ? done.error().reason : "";
                return done.has_value() || came(done.error().kind);
            });
            if (client == 0)
                cut_now_and_then(bench, dice);
        }
    });
    return linearizable(history.calls(), Register{}, after_card_call);
}

// ---- operations by their id ----

bool idempotency_holds(OperationsBench& bench, std::uint64_t round) {
    Nodes nodes(bench, Build::Whole);
    std::vector<central::AuditLog> audits;
    std::vector<std::unique_ptr<central::OperationLedger>> ledgers;
    audits.reserve(node_count);
    for (std::size_t node = 0; node < node_count; ++node) {
        audits.emplace_back(bench.clock, bench.vault->records, bench.vault->index,
                            "node-" + std::to_string(node));
        ledgers.push_back(std::make_unique<central::OperationLedger>(nodes.store(node), bench.ledger->tools(),
                                                                     audits.back(), *bench.sessions));
    }
    std::vector<api::SealedOperation> operations;
    for (int count = 0; count < 6;
         ++count) // each of a terminal of its own: numbers are not what is looked at
        operations.push_back(bench.seal(bench.report("", "kiosk-" + std::to_string(count))));
    History<PushCall> history;
    in_threads([&](std::size_t client) {
        Dice dice(round * client_count + client);
        for (int count = 0; count < calls_of_a_client; ++count) {
            history.record({static_cast<unsigned>(dice.below(operations.size())), {}}, [&](PushCall& push) {
                central::Caller const caller{TerminalId("kiosk-" + std::to_string(push.operation)), "kiosk",
                                             std::nullopt};
                central::Call call{*bench.services, caller, "", "", {}, "", "operations_pushed", false, 0};
                auto const outcome = ledgers[client % node_count]->push(call, {{operations[push.operation]}});
                push.outcome = outcome.has_value() ? outcome.value().outcomes.at(0).outcome : "";
                return outcome.has_value();
            });
            if (client == 0)
                cut_now_and_then(bench, dice);
        }
    });
    return linearizable(history.calls(), std::uint64_t{0}, after_push);
}

void check_all_hold(StoreEngine engine, Rounds const& rounds) {
    for (auto const round : rounds) {
        INFO("round " << round);
        OperationsBench bench(engine);
        CHECK(lockout_holds(bench, round, Build::Whole));
        CHECK(card_register_holds(bench, round, Build::Whole));
        CHECK(idempotency_holds(bench, round));
    }
}

} // namespace

TEST_CASE(
    "linearizable: lockout, card register and operation ids under parallel clients of three nodes, sqlite",
    "[rounds]") {
    check_all_hold(StoreEngine::Sqlite, Rounds(10));
}

TEST_CASE(
    "linearizable: lockout, card register and operation ids under parallel clients of three nodes whose "
    "connections are cut, postgres",
    "[rounds]") {
    check_all_hold(StoreEngine::Postgres, Rounds(4));
}

TEST_CASE("linearizable: a build that reads and writes in two steps is found out") {
    bool lockout = false;
    bool cards = false;
    for (std::uint64_t round = 0; round < 200 && !(lockout && cards); ++round) {
        OperationsBench bench(StoreEngine::Sqlite);
        lockout = lockout || !lockout_holds(bench, round, Build::Torn);
        cards = cards || !card_register_holds(bench, round, Build::Torn);
    }
    CHECK(lockout);
    CHECK(cards);
}
