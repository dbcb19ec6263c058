#pragma once

#include "shared/client/central.h"
#include "shared/client/enrollment.h"
#include "tests/support/bench.h"
#include "tests/support/haproxy.h"
#include "tests/support/webauthn_key.h"

#include <csignal>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace portico::test {

/// Three nodes of portico-central over one PostgreSQL database, as processes, behind HAProxy. Each node has a
/// cable to HAProxy that can be pulled, and a name at the database that can be locked out.
class Nodes {
public:
    static constexpr int count = 3;

    /// Takes over the bench's plan: its central is the first node. `settings` as for the bench; the engine is
    /// PostgreSQL.
    explicit Nodes(Bench::Settings settings = {});
    Nodes(Nodes const&) = delete;
    Nodes& operator=(Nodes const&) = delete;
    ~Nodes();

    Bench& bench() { return bench_; }
    HaProxy& haproxy() { return *haproxy_; }
    /// Of all nodes: HAProxy's.
    std::uint16_t port() const { return haproxy_->port(); }
    /// Of one, from 0, by itself.
    std::uint16_t port(int node) const { return nodes_.at(node).port; }
    /// Where the next terminal enrols: each node lets an address enrol five a minute.
    std::uint16_t next_enroll_port() { return nodes_.at(enrolled_++ % nodes_.size()).enroll_port; }
    Process& process(int node) { return *nodes_.at(node).process; }
    std::filesystem::path folder(int node) const;

    void start(int node);
    void kill(int node);
    /// Stands still when this returns.
    void stop(int node);
    void go_on(int node) { process(node).signal(SIGCONT); }
    /// Between HAProxy and the node.
    void cut_off(int node);
    void connect(int node);
    /// Between the node and the database: what is open ends, nothing new is let in.
    void lock_out(int node);
    void let_in(int node);

    /// Checks every chain of the audit against the checkpoints of all nodes.
    void verify_audit();

private:
    struct Node {
        std::string database; ///< its address, by the node's own name
        std::uint16_t port = 0;
        std::uint16_t enroll_port = 0;
        std::uint16_t health_port = 0;
        std::unique_ptr<Process> process;
        std::unique_ptr<NetworkCable> cable;
        std::unique_ptr<NetworkCable> health_cable;
    };
    std::string role(int node) const;

    Bench bench_;
    std::vector<Node> nodes_;
    std::unique_ptr<HaProxy> haproxy_;
    int starts_ = 0;
    std::size_t enrolled_ = 0;
};

/// A terminal without a screen: certified as any other, calls central as a kiosk does.
class NodeTerminal {
public:
    NodeTerminal(Nodes& nodes, std::string const& name);

    /// Its connections to the node on `port`, or to HAProxy.
    client::Central& at(std::uint16_t port);
    std::string const& id() const { return enrolled_.terminal_id; }
    client::TlsIdentity const& identity() const { return enrolled_.identity; }

    /// A new operation of this terminal, sealed: a report of what is wrong with a listing.
    api::SealedOperation report();
    /// The same: how a card issue of this terminal ended.
    api::SealedOperation card_issued(std::string const& issue_id, std::string const& outcome);

private:
    api::SealedOperation seal(api::Operation operation);

    std::filesystem::path folder_;
    client::Enrollment enrolled_;
    std::string listing_;
    std::int64_t sequence_ = 0;
    std::map<std::uint16_t, std::unique_ptr<client::Central>> centrals_;
};

/// What a member of a test signs in with; set up by the letter's code over the wire.
struct NodeMember {
    std::string username;
    WebauthnKey key;

    /// At `central`, which is any node, on a terminal: registers the patient of the sample plan.
    NodeMember(Bench& bench, client::Central& central, std::string const& patient,
               std::string const& birth_date, std::string name);
    /// What the key answers to a challenge.
    api::SecurityKeySignIn answer(api::ChallengeReply const& challenge);
    /// Signs in with the key; the session's token.
    std::string sign_in(client::Central& central);
};

} // namespace portico::test
