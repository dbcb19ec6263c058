// A rep reads the claims of a member who has 5,000: how long each page and each EOB takes, over mutual TLS,
// with its audit record on the disk before the reply.
//
//   desk_reads_bench                          100,000 members with two EOBs each, made here
//   PORTICO_BENCH_MEMBERS=N desk_reads_bench  N members
//   PORTICO_BENCH_PLAN=DATA desk_reads_bench  a data folder as `restore_bench.py --members N --keep` leaves
//   it; whose member patient-0000100 then has as many EOBs as the plan gave them, and no 5,000

#include "bench/central/host.h"
#include "bench/central/member_call.h"
#include "bench/support/figure.h"
#include "bench/support/measure.h"
#include "tests/support/catch.h"

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <thread>

using namespace portico;
using namespace portico::bench;

namespace {

constexpr int plan_members = 100'000;
constexpr int plan_members_max = 10'000'000;
constexpr int eobs_each = 2;
constexpr int many_eobs = 5000;
constexpr int page = 50;
constexpr int eob_reads = 400;
constexpr double limit_ms = 100;
constexpr char const* patient = "patient-0000100";
/// A terminal that calls faster for long is told to wait (central/http/dispatcher.h), and that would be
/// measured. The pause stands between what is measured, not in it.
constexpr std::chrono::milliseconds between_calls{25};

/// Stops the bench when what is asked for is no such number.
int wanted_members() {
    auto const* const given = std::getenv("PORTICO_BENCH_MEMBERS");
    if (given == nullptr)
        return plan_members;
    int wanted = 0;
    std::string_view const text = given;
    auto const read = std::from_chars(text.begin(), text.end(), wanted);
    INFO("PORTICO_BENCH_MEMBERS=" << text << " is no number from 100 to " << plan_members_max);
    REQUIRE(
        (read.ec == std::errc() && read.ptr == text.end() && wanted >= 100 && wanted <= plan_members_max));
    return wanted;
}

void report_reads(char const* name, std::vector<double> const& ms) {
    std::printf("%s: %zu reads, p50 %.1f ms\n", name, ms.size(), median(ms));
    report_limit(name, quantile(ms, 0.99), "ms", limit_ms);
}

} // namespace

TEST_CASE("claims of a member with five thousand") {
    auto const* const given = std::getenv("PORTICO_BENCH_PLAN");
    std::optional<ImportedPlan> made;
    if (given == nullptr) {
        made.emplace(wanted_members(), eobs_each);
        made->add_eobs(patient, many_eobs);
    }
    Fleet const fleet(given != nullptr ? given : made->data(), 1, {patient});
    CallTimes times;
    DeskLine desk(fleet.port(), fleet.desks().front(), &times);
    MemberAtKiosk member(fleet.port(), fleet.members().front());
    MemberCall call(desk);
    call.begin(member.facts);
    call.identify(member.facts);
    call.ask();
    call.answer(member);
    std::string cursor;
    std::vector<std::string> eobs;
    do {
        auto const more = call.read_claims(page, cursor);
        eobs.insert(eobs.end(), more.begin(), more.end());
        std::this_thread::sleep_for(between_calls);
    } while (!cursor.empty());
    REQUIRE((given != nullptr || eobs.size() >= many_eobs));
    // Each for the first time, spread over all of them; then the same, which central has worked out already.
    for (int i = 0; i < eob_reads; ++i) {
        call.read_eob(eobs[eobs.size() * std::size_t(i) / eob_reads]);
        std::this_thread::sleep_for(between_calls);
    }
    report_reads("desk_claims_page_p99", times["/v1/cases/claims"]);
    report_reads("desk_eob_p99", times["/v1/cases/eob"]);
}
