// Reading EOBs over mutual TLS: processor time a request against nginx serving the same bytes, with and
// without the durable audit record; and the rate of reads while sign-ins are attempted.

#include "bench/central/host.h"
#include "bench/central/nginx.h"
#include "bench/support/figure.h"
#include "bench/support/measure.h"
#include "shared/base/broken_pipe.h"

#include <atomic>
#include <cstdio>
#include <memory>
#include <thread>

using namespace portico;
using namespace portico::bench;

namespace {

constexpr std::size_t terminal_count = 64;
constexpr int blocks = 3;
/// Of each terminal and block: all of them together stay below what a terminal may call at once.
constexpr int requests_a_block = 40;
constexpr int flood_terminals = 16;
/// No longer: each terminal would come to what it may call at once.
constexpr double flood_seconds = 1;

/// Connections to one server, each with the one request it repeats.
class Readers {
public:
    Readers(std::uint16_t port, std::vector<SignedInTerminal> const& terminals,
            std::vector<ImportedPlan::MemberEob> const& eobs) {
        for (std::size_t i = 0; i < eobs.size(); ++i) {
            connections_.push_back(std::make_unique<test::TlsClient>(port, terminals[i].face));
            requests_.push_back(get_request("/v1/eobs/" + eobs[i].eob, terminals[i].token));
        }
    }

    /// One request on each connection, then all the replies. Returns the bodies.
    std::vector<std::string> round() {
        for (std::size_t i = 0; i < connections_.size(); ++i)
            connections_[i]->send(requests_[i]);
        std::vector<std::string> bodies;
        for (auto const& connection : connections_) {
            auto reply = connection->read_reply();
            if (!reply || reply->status != 200) {
                std::fprintf(stderr, "bench: a read was answered with %d\n", reply ? reply->status : 0);
                std::exit(1);
            }
            bodies.push_back(std::move(reply->body));
        }
        return bodies;
    }

private:
    std::vector<std::unique_ptr<test::TlsClient>> connections_;
    std::vector<std::string> requests_;
};

/// Microseconds of processor time a request.
double cpu_of(pid_t process, Readers& readers) {
    double const before = cpu_seconds_of(process);
    for (int i = 0; i < requests_a_block; ++i)
        (void)readers.round();
    return (cpu_seconds_of(process) - before) * 1e6 / (requests_a_block * double(terminal_count));
}

void cpu_figures(ImportedPlan const& plan, std::vector<ImportedPlan::MemberEob> const& eobs,
                 std::vector<std::string> const& patients) {
    CentralHost const plain(plan.data(), patients, {false, {}});
    Readers plain_readers(plain.port(), plain.terminals(), eobs);
    std::map<std::string, std::string> files;
    auto const bodies = plain_readers.round();
    for (std::size_t i = 0; i < eobs.size(); ++i)
        files["/v1/eobs/" + eobs[i].eob] = bodies[i];
    Nginx const nginx(plan.folder() / "nginx", plain, files);
    Readers peer_readers(nginx.port(), plain.terminals(), eobs);
    CentralHost const audited(plan.data(), patients, {true, {}});
    Readers audited_readers(audited.port(), audited.terminals(), eobs);
    if (peer_readers.round() != bodies || audited_readers.round() != bodies) {
        std::fprintf(stderr, "bench: the servers do not answer alike\n");
        std::exit(1);
    }
    std::vector<double> ours, with_audit, peers;
    for (int block = 0; block < blocks; ++block) {
        peers.push_back(cpu_of(nginx.process(), peer_readers));
        ours.push_back(cpu_of(plain.process(), plain_readers));
        with_audit.push_back(cpu_of(audited.process(), audited_readers));
    }
    char const* const peer = "nginx, the same bytes as files";
    report({"eob_read_cpu", median(ours), "us/request", peer, median(peers), 1.15});
    report({"eob_read_audited_cpu", median(with_audit), "us/request", peer, median(peers), 3.0});
}

struct Rate {
    double per_second = 0;
    double p99_ms = 0;
};

Rate read_rate(Readers& readers) {
    std::vector<double> rounds;
    double const begin = wall_seconds();
    double last = begin;
    while (last - begin < flood_seconds) {
        (void)readers.round();
        double const now = wall_seconds();
        rounds.push_back((now - last) * 1000);
        last = now;
    }
    return {double(rounds.size() * terminal_count) / (last - begin), quantile(rounds, 0.99)};
}

/// Sign-ins that fail, from terminals of their own, as fast as central answers.
void flood(CentralHost const& host, std::size_t terminal, std::atomic<bool> const& going,
           std::atomic<int>& attempts) {
    test::TlsClient client(host.port(), host.terminals()[terminal].face);
    int number = 0;
    while (going) {
        auto const name = "nobody." + std::to_string(terminal) + "." + std::to_string(number++);
        client.send(post_request("/v1/sign-in/password",
                                 R"({"username":")" + name + R"(","password":"not the right one at all"})"));
        if (!client.read_reply())
            return;
        ++attempts;
    }
}

void flood_figures(ImportedPlan const& plan, std::vector<ImportedPlan::MemberEob> const& eobs,
                   std::vector<std::string> patients) {
    for (int i = 0; i < flood_terminals; ++i)
        patients.push_back(patients.front());
    CentralHost const host(plan.data(), patients, {true, {}});
    Readers readers(host.port(), host.terminals(), eobs);
    (void)readers.round();
    auto const free_rate = read_rate(readers);
    std::atomic<bool> going = true;
    std::atomic<int> attempts = 0;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < flood_terminals; ++i)
        threads.emplace_back([&, i] { flood(host, eobs.size() + i, going, attempts); });
    auto const flooded = read_rate(readers);
    going = false;
    for (auto& thread : threads)
        thread.join();
    std::printf("%.0f sign-ins a second were attempted\n", attempts / flood_seconds);
    report({"eob_reads_under_sign_ins", flooded.per_second, "1/s", "the same without sign-ins",
            free_rate.per_second, 0.5, Better::Higher});
    report({"eob_reads_under_sign_ins_p99", flooded.p99_ms, "ms/round of 64", "the same without sign-ins",
            free_rate.p99_ms, 3.0});
}

} // namespace

int main() {
    portico::ignore_broken_pipes();
    ImportedPlan const plan(400);
    auto const eobs = plan.eobs(terminal_count);
    std::vector<std::string> patients;
    for (auto const& each : eobs)
        patients.push_back(each.patient);
    cpu_figures(plan, eobs, patients);
    flood_figures(plan, eobs, patients);
    return 0;
}
