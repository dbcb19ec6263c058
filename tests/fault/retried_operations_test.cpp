#include "central/operations/staff_queue.h"
#include "tests/fault/raw_reports.h"
#include "tests/support/rounds.h"

#include <set>

using namespace portico;
using namespace portico::test;

namespace {

constexpr std::uint64_t tries_max = 10;

} // namespace

TEST_CASE("retried operations: each sent up to ten times, with its reply cut, has one effect", "[rounds]") {
    Rounds const rounds(60);
    ServingBench bench;
    auto const terminal = bench.enroll();
    std::int64_t number = 0;
    for (auto const round : rounds) {
        INFO("round " << round);
        Dice dice(round);
        auto const request = push_of_report(bench, terminal, ++number);
        for (auto tries = dice.below(tries_max); tries > 0; --tries) {
            // The request is on its way, the connection goes: central may have read it, be at it, or neither.
            TlsClient cut(bench.port(), terminal.face);
            cut.send(request);
        }
        auto const outcomes =
            api::from_json<api::PushOutcomes>(bench.call(terminal, request).body, api::UnknownFields::Refuse);
        REQUIRE(outcomes.has_value());
        CHECK(outcomes.value().outcomes.at(0).outcome ==
              "refused"); // by its rule, once: there is no such listing
        CHECK(outcomes.value().outcomes.at(0).reason == "listing_unknown");
    }
    bench.serving->drain();
    auto const count = static_cast<std::int64_t>(rounds.count());
    CHECK(number_of(bench, "SELECT count(*) FROM operation") == count);
    CHECK(number_of(bench, "SELECT count(*) FROM staff_queue") == count);
}
