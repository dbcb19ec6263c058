// Memory of central for each terminal that is connected by mutual TLS and silent.

#include "bench/central/host.h"
#include "bench/support/figure.h"
#include "shared/base/broken_pipe.h"

#include <cstdio>
#include <fstream>
#include <memory>

using namespace portico;
using namespace portico::bench;

namespace {

constexpr std::size_t terminal_count = 64;
constexpr int connections_a_terminal = 8;
constexpr double limit_kib = 30;

double private_kib(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/smaps_rollup");
    std::string word;
    while (file >> word)
        if (word == "Pss:") {
            double kib = 0;
            file >> kib;
            return kib;
        }
    return 0;
}

using Connections = std::vector<std::unique_ptr<test::TlsClient>>;

void connect(CentralHost const& host, std::size_t from, std::size_t to, Connections& open) {
    for (auto i = from; i < to; ++i) {
        auto const& terminal = host.terminals()[i % terminal_count];
        open.push_back(std::make_unique<test::TlsClient>(host.port(), terminal.face));
        // A call that is answered shows that the connection stands on both sides.
        open.back()->send(get_request("/v1/home", terminal.token));
        auto const reply = open.back()->read_reply();
        if (!reply || reply->status != 200) {
            std::fprintf(stderr, "bench: a terminal was not let in\n");
            std::exit(1);
        }
    }
}

} // namespace

int main() {
    portico::ignore_broken_pipes();
    ImportedPlan const plan(100);
    std::vector<std::string> patients;
    for (auto const& each : plan.eobs(terminal_count))
        patients.push_back(each.patient);
    while (patients.size() < terminal_count)
        patients.push_back(patients.front());
    CentralHost const host(plan.data(), patients, {});
    Connections open;
    // The first ones also warm the pools, the caches and the allocator up.
    connect(host, 0, terminal_count, open);
    double const before = private_kib(host.process());
    std::size_t const count = terminal_count * (connections_a_terminal - 1);
    connect(host, terminal_count, terminal_count + count, open);
    report_limit("idle_connection_memory", (private_kib(host.process()) - before) / double(count), "KiB",
                 limit_kib);
    return 0;
}
