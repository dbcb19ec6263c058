#include "tests/fault/nodes.h"

#include "shared/api/json.h"
#include "shared/base/rfc3339.h"
#include "shared/base/uuid.h"
#include "shared/crypto/sealing.h"
#include "tests/support/catch.h"
#include "tests/support/device_process.h"
#include "tests/support/must.h"

#include <csignal>
#include <sys/wait.h>

namespace portico::test {

namespace {

std::string value_of(std::string const& text, std::string const& name) {
    auto const at = text.find(name + "=");
    INFO(name << " in " << text);
    REQUIRE(at != std::string::npos);
    auto const begin = at + name.size() + 1;
    return text.substr(begin, text.find_first_of(" \n", begin) - begin);
}

Bench::Settings on_postgres(Bench::Settings settings) {
    settings.engine = StoreEngine::Postgres;
    return settings;
}

std::string loopback(std::uint16_t port) {
    return "127.0.0.1:" + std::to_string(port);
}

} // namespace

Nodes::Nodes(Bench::Settings settings) : bench_(on_postgres(std::move(settings))), nodes_(count) {
    bench_.stop_central();
    auto admin = bench_.database();
    auto const address = bench_.database_address();
    std::vector<HaProxy::Node> behind;
    for (int node = 0; node < count; ++node) {
        if (node > 0)
            bench_.central({"node", "add", "--name", "central-" + std::to_string(node + 1), "--to",
                            folder(node).string()});
        must(admin.execute("CREATE ROLE " + role(node) + " SUPERUSER LOGIN"));
        nodes_[node].database = std::string(address).replace(address.find("postgres@"), 8, role(node));
        start(node);
        nodes_[node].cable = must(NetworkCable::lay(nodes_[node].port));
        nodes_[node].health_cable = must(NetworkCable::lay(nodes_[node].health_port));
        behind.push_back({nodes_[node].cable->port(), nodes_[node].health_cable->port()});
    }
    haproxy_ = std::make_unique<HaProxy>(behind);
    bench_.lead_kiosks_to(port(), nodes_[0].enroll_port);
}

Nodes::~Nodes() {
    haproxy_.reset();
    for (auto& node : nodes_)
        node.process.reset();
}

std::string Nodes::role(int node) const {
    auto const address = bench_.database_address();
    return address.substr(address.rfind('/') + 1) + "_node_" + std::to_string(node + 1);
}

std::filesystem::path Nodes::folder(int node) const {
    return node == 0 ? bench_.data() : bench_.folder() / ("central-" + std::to_string(node + 1));
}

void Nodes::start(int node) {
    auto& each = nodes_.at(node);
    // It comes back to the ports that HAProxy and the cables lead to; nobody else is given them meanwhile.
    for (auto* port : {&each.port, &each.enroll_port, &each.health_port})
        if (*port == 0)
            *port = static_cast<std::uint16_t>(free_port());
    each.process = std::make_unique<Process>(
        std::vector<std::string>{program("portico-central"), "serve", "--data", folder(node).string(),
                                 "--database", each.database, "--listen", loopback(each.port),
                                 "--enroll-listen", loopback(each.enroll_port), "--health-listen",
                                 loopback(each.health_port)},
        bench_.folder() / ("node-" + std::to_string(node + 1) + "-" + std::to_string(++starts_) + ".log"));
    each.process->wait_for_line("portico-central ready");
}

void Nodes::kill(int node) {
    process(node).signal(SIGKILL);
    process(node).wait();
}

void Nodes::stop(int node) {
    process(node).signal(SIGSTOP);
    int status = 0;
    REQUIRE(::waitpid(process(node).pid(), &status, WUNTRACED) == process(node).pid());
    REQUIRE(WIFSTOPPED(status));
}

void Nodes::cut_off(int node) {
    nodes_.at(node).cable->pull();
    nodes_.at(node).health_cable->pull();
}

void Nodes::connect(int node) {
    nodes_.at(node).cable->plug_in();
    nodes_.at(node).health_cable->plug_in();
}

void Nodes::lock_out(int node) {
    auto admin = bench_.database();
    must(admin.execute("ALTER ROLE " + role(node) + " NOLOGIN"));
    auto cut = must(admin.prepare("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                                  " WHERE usename = $1"));
    cut.bind(1, role(node));
    REQUIRE(must(cut.step()));
}

void Nodes::let_in(int node) {
    must(bench_.database().execute("ALTER ROLE " + role(node) + " LOGIN"));
}

void Nodes::verify_audit() {
    std::vector<std::string> command{"audit", "verify"};
    for (int node = 0; node < count; ++node)
        if (auto const file = folder(node) / "audit-checkpoints.jsonl"; std::filesystem::exists(file))
            command.insert(command.end(), {"--checkpoints", file.string()});
    bench_.central(std::move(command)); // exits 0 only when every chain holds
}

NodeTerminal::NodeTerminal(Nodes& nodes, std::string const& name)
    : folder_(nodes.bench().folder() / ("terminal-" + name)) {
    crypto::initialise();
    std::filesystem::create_directories(folder_);
    auto const invitation = nodes.bench().central({"terminal", "add", "--name", name});
    enrolled_ = must(client::enroll(folder_, {.enroll_url = "https://" + loopback(nodes.next_enroll_port()),
                                              .fingerprint = value_of(invitation, "fingerprint"),
                                              .code = Secret(value_of(invitation, "code")),
                                              .program = "kiosk"}));
    auto const page = must(at(nodes.port()).changes({}, "", 0, 500));
    for (auto const& change : page.changes)
        if (change.provider && listing_.empty())
            listing_ = change.provider->id;
    REQUIRE_FALSE(listing_.empty());
}

client::Central& NodeTerminal::at(std::uint16_t port) {
    auto& central = centrals_[port];
    if (!central)
        central = std::make_unique<client::Central>(
            must(client::Https::open("https://" + loopback(port), enrolled_.identity)));
    return *central;
}

api::SealedOperation NodeTerminal::report() {
    api::Operation operation;
    operation.report_directory_error = api::ReportDirectoryError{listing_, "phone", "It rings a bakery."};
    return seal(std::move(operation));
}

api::SealedOperation NodeTerminal::card_issued(std::string const& issue_id, std::string const& outcome) {
    api::Operation operation;
    operation.card_issued = api::CardIssued{issue_id, outcome, ""};
    return seal(std::move(operation));
}

api::SealedOperation NodeTerminal::seal(api::Operation operation) {
    SystemClock const clock;
    operation.id = make_uuid_v7(clock);
    operation.captured_at = to_rfc3339(clock.now());
    operation.sequence = ++sequence_;
    auto const box = must(crypto::seal_to(enrolled_.sealing_public_key, as_bytes(api::to_json(operation))));
    return {operation.id, to_base64url(box)};
}

NodeMember::NodeMember(Bench& bench, client::Central& central, std::string const& patient,
                       std::string const& birth_date, std::string name)
    : username(std::move(name)) {
    auto const session = must(central.register_with_code({}, {Secret(bench.invite(patient)), birth_date}));
    client::With const with{session.token};
    must(central.set_password(with, {username, Secret("seven quiet herons at dawn")}));
    auto const challenge = must(central.challenge(with, {"register_key"}));
    auto const made = key.make(challenge.rp_id, challenge.origin, must(from_base64url(challenge.challenge)),
                               must(from_base64url(challenge.user_id)));
    must(central.add_security_key(with, {challenge.challenge_id, to_base64url(made.credential_id),
                                         to_base64url(made.attestation_object),
                                         to_base64url(as_bytes(made.client_data_json)), "my key"}));
    must(central.sign_out(with));
}

api::SecurityKeySignIn NodeMember::answer(api::ChallengeReply const& challenge) {
    auto const given = key.get(challenge.rp_id, challenge.origin, must(from_base64url(challenge.challenge)));
    return {challenge.challenge_id,
            to_base64url(given.credential_id),
            to_base64url(given.authenticator_data),
            to_base64url(as_bytes(given.client_data_json)),
            to_base64url(given.signature),
            to_base64url(given.user_handle)};
}

std::string NodeMember::sign_in(client::Central& central) {
    return must(central.sign_in({}, answer(must(central.challenge({}, {"security_key"}))))).token;
}

} // namespace portico::test
