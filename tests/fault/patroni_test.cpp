#include "tests/fault/pusher.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/must.h"
#include "tests/support/patroni.h"
#include "tests/support/rounds.h"

#include <functional>
#include <iostream>

using namespace portico;
using namespace portico::test;

namespace {

constexpr int terminal_count = 4;
constexpr char const* database_name = "portico";

/// What befalls the primary, and what brings its machine back.
struct PrimaryFault {
    char const* what;
    std::function<void(PatroniCluster&, int machine)> begin;
    std::function<void(PatroniCluster&, int machine)> end;
};

std::vector<PrimaryFault> primary_faults() {
    return {
        {"its server is killed", [](PatroniCluster& cluster, int machine) { cluster.kill_postgres(machine); },
         [](PatroniCluster&, int) {}},
        {"its machine is gone", [](PatroniCluster& cluster, int machine) { cluster.kill_machine(machine); },
         [](PatroniCluster& cluster, int machine) { cluster.start_machine(machine); }},
        {"its Patroni stands still, its server goes on",
         [](PatroniCluster& cluster, int machine) { cluster.stop_patroni(machine); },
         [](PatroniCluster& cluster, int machine) { cluster.let_patroni_go_on(machine); }}};
}

HaProxy before(PatroniCluster const& cluster) {
    std::vector<HaProxy::Node> machines;
    for (int machine = 0; machine < PatroniCluster::count; ++machine)
        machines.push_back(
            {PatroniCluster::postgres_port, PatroniCluster::patroni_port, cluster.host(machine)});
    return HaProxy(machines, HaProxy::Before::Databases);
}

/// The address of an empty database behind HAProxy.
std::string new_database(HaProxy const& haproxy) {
    auto const server = "postgresql://postgres@127.0.0.1:" + std::to_string(haproxy.port()) + "/";
    auto admin = must(storage::connect_postgres(must(storage::PostgresAddress::parse(server + "postgres"))));
    must(admin.execute(std::string("CREATE DATABASE ") + database_name +
                       " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"));
    return server + database_name;
}

/// What a machine's own server holds of what was pushed and of the audit, as a digest; empty when it cannot
/// be asked.
std::string held_by(PatroniCluster const& cluster, int machine) {
    auto const address = must(storage::PostgresAddress::parse(cluster.address(machine, database_name)));
    auto connection = storage::connect_postgres(address, storage::OpenMode::ReadOnly);
    if (connection.has_error())
        return "";
    auto database = std::move(connection).value();
    std::string held;
    for (auto const* sql :
         {"SELECT md5(string_agg(id || state || reason, ',' ORDER BY id)) || count(*) FROM operation",
          "SELECT md5(string_agg(operation || kind, ',' ORDER BY operation, kind)) || count(*) FROM "
          "staff_queue",
          "SELECT md5(string_agg(md5(body), ',' ORDER BY node, sequence)) || count(*) FROM audit"}) {
        auto query = database.prepare(sql);
        if (query.has_error() || query.value().step().has_error())
            return "";
        held += query.value().text(0) + " ";
    }
    return held;
}

/// What terminals may be told, or see, while no database serves: each says to ask again.
bool is_clear(std::string const& reason) {
    for (auto const* known : {"database_unavailable", "database_busy", "commit_unconfirmed", "central_busy",
                              "central_unreachable", "central_timed_out"})
        if (reason == known)
            return true;
    return false;
}

} // namespace

TEST_CASE(
    "patroni: whatever befalls the primary, under load another serves, and all that was acknowledged is "
    "there once, on all machines",
    "[rounds][full]") {
    if (HaProxy::missing() || PatroniCluster::missing())
        return;
    PatroniCluster cluster;
    auto const databases = before(cluster);
    Nodes nodes({.members = terminal_count, .database = new_database(databases)});
    Load load(nodes, terminal_count);
    REQUIRE(load.all_go_on(3));
    auto const kinds = primary_faults();
    for (auto const round : Rounds(kinds.size())) {
        Dice dice(round);
        auto const& fault = kinds[round % kinds.size()];
        auto const former = cluster.wait_for_primary();
        INFO("round " << round << ": machine " << former + 1 << ": " << fault.what);
        auto const begun = std::chrono::steady_clock::now();
        fault.begin(cluster, former);
        CHECK(cluster.wait_for_primary(former) != former);
        REQUIRE(load.all_go_on(2 + static_cast<int>(dice.below(20))));
        std::cout << "the primary: " << fault.what << ": nothing acknowledged for "
                  << load.longest_silence_since(begun).count() << " ms\n";
        load.check_sessions_live();
        fault.end(cluster, former);
        cluster.wait_until_whole();
        nodes.haproxy().wait_for_up(Nodes::count);
        REQUIRE(load.all_go_on(3));
    }
    load.end_and_check_each_once(nodes);
    nodes.verify_audit();
    std::cout << load.acknowledged().size() << " operations acknowledged; sent again because of:";
    for (auto const& [reason, count] : load.failures()) {
        INFO(reason);
        CHECK(is_clear(reason));
        std::cout << " " << reason << " " << count;
    }
    std::cout << "\n";
    CHECK(load.failures().count("database_unavailable") == 1);
    for (int node = 0; node < Nodes::count; ++node)
        CHECK(nodes.process(node).running());
    // Those that were primaries before hold the same as the one that is.
    auto const wanted = [&] { return held_by(cluster, cluster.wait_for_primary()); };
    for (int machine = 0; machine < PatroniCluster::count; ++machine)
        CHECK(eventually([&] { return !wanted().empty() && held_by(cluster, machine) == wanted(); }));
}
