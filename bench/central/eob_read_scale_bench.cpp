// What a read of an EOB costs central with few members and with many, two EOBs each: processor time of the
// first read, which works the reply out, and of the next, which opens what was kept.
//
//   eob_read_scale_bench                    10,000 members against 40,000, both made here
//   eob_read_scale_bench DATA MEMBERS       against a data folder as `restore_bench.py --members N --keep`
//   leaves it; adds terminals to it

#include "bench/central/host.h"
#include "bench/support/figure.h"
#include "bench/support/measure.h"
#include "shared/base/broken_pipe.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>

using namespace portico;
using namespace portico::bench;

namespace {

constexpr int eobs_each = 2;
constexpr int few = 10'000;
constexpr int many_by_default = 40'000;
/// Each at a terminal of its own, spread over all members; both ends of the connections are files of one
/// limit.
constexpr int readers = 400;
/// Calls under way; central tells more than it can queue to come back.
constexpr std::size_t at_once = 64;
constexpr int blocks = 3;
constexpr double goal = 1.5;

struct Cost {
    double first_us = 0;
    double next_us = 0;
};

std::string numbered(char const* form, int member) {
    char text[64];
    std::snprintf(text, sizeof text, form, member);
    return text;
}

/// One read on each connection; microseconds of central's processor time a read.
double read_all(CentralHost const& central, std::vector<std::unique_ptr<test::TlsClient>>& connections,
                std::vector<int> const& members, char const* eob_form) {
    double const before = cpu_seconds_of(central.process());
    for (std::size_t from = 0; from < connections.size(); from += at_once) {
        auto const to = std::min(from + at_once, connections.size());
        for (auto i = from; i < to; ++i)
            connections[i]->send(
                get_request("/v1/eobs/" + numbered(eob_form, members[i]), central.terminals()[i].token));
        for (auto i = from; i < to; ++i) {
            auto const reply = connections[i]->read_reply();
            if (!reply || reply->status != 200) {
                std::fprintf(stderr, "bench: a read was answered with %d\n", reply ? reply->status : 0);
                std::exit(1);
            }
        }
    }
    return (cpu_seconds_of(central.process()) - before) * 1e6 / double(connections.size());
}

/// `block` chooses other members each time: what is read for the first time can be read so once.
Cost cost_of(std::filesystem::path const& data, int member_count, int block) {
    std::vector<int> members;
    std::vector<std::string> patients;
    for (int i = 0; i < readers; ++i) {
        // The first few of a sample are known people with EOBs of their own making.
        members.push_back(100 + block + static_cast<int>((member_count - 200LL) * i / readers));
        patients.push_back(numbered("patient-%07d", members.back()));
    }
    CentralHost const central(data, patients, {});
    std::vector<std::unique_ptr<test::TlsClient>> connections;
    for (auto const& terminal : central.terminals())
        connections.push_back(std::make_unique<test::TlsClient>(central.port(), terminal.face));
    // Another EOB of each member first: session, connection and overview are there, as in a visit.
    static_cast<void>(read_all(central, connections, members, "eob-%07d-0002"));
    auto const first = read_all(central, connections, members, "eob-%07d-0001");
    return {first, read_all(central, connections, members, "eob-%07d-0001")};
}

void report_both(std::vector<double> const& of_many, std::vector<double> const& of_few, char const* name,
                 int many) {
    auto const yardstick = "the same among 10,000 members";
    report({name + std::string(many == 1'000'000 ? "_million" : ""), median(of_many), "us/request", yardstick,
            median(of_few), goal});
}

} // namespace

int main(int count, char** words) {
    ignore_broken_pipes();
    if (count != 1 && count != 3) {
        std::fprintf(stderr, "usage: eob_read_scale_bench [DATA MEMBERS]\n");
        return 2;
    }
    int const many = count == 3 ? std::atoi(words[2]) : many_by_default;
    ImportedPlan const small(few, eobs_each);
    std::optional<ImportedPlan> made;
    if (count == 1)
        made.emplace(many, eobs_each);
    std::filesystem::path const large = made ? made->data() : std::filesystem::path(words[1]);
    std::vector<double> first_few, next_few, first_many, next_many;
    for (int block = 0; block < blocks; ++block) {
        auto const of_few = cost_of(small.data(), few, block);
        auto const of_many = cost_of(large, many, block);
        first_few.push_back(of_few.first_us);
        next_few.push_back(of_few.next_us);
        first_many.push_back(of_many.first_us);
        next_many.push_back(of_many.next_us);
    }
    std::printf("%d members against %d\n", many, few);
    report_both(first_many, first_few, "eob_first_read_scale", many);
    report_both(next_many, next_few, "eob_next_read_scale", many);
    return 0;
}
