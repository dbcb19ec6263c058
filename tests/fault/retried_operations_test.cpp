#include "central/operations/staff_queue.h"
#include "shared/base/rfc3339.h"
#include "shared/base/uuid.h"
#include "tests/central/serving_bench.h"
#include "tests/support/rounds.h"

#include <set>

using namespace portico;
using namespace portico::test;

namespace {

constexpr std::uint64_t tries_max = 10;

std::string sealed_report(ServingBench& bench, BenchTerminal const& terminal, std::int64_t number) {
    api::Operation operation;
    operation.id = make_uuid_v7(bench.clock);
    operation.captured_at = to_rfc3339(bench.clock.now());
    operation.sequence = number;
    operation.report_directory_error =
        api::ReportDirectoryError{"no-such-listing", "phone", "It rings a bakery."};
    auto const box = crypto::seal_to(terminal.sealing_key, as_bytes(api::to_json(operation))).value();
    return api::to_json(api::PushOperations{{{operation.id, to_base64url(box)}}});
}

std::int64_t rows(ServingBench& bench, std::string const& sql) {
    return bench.core()
        .store
        ->read<std::int64_t>([&](storage::Database& database) -> Result<std::int64_t> {
            auto query = TRY(database.prepare(sql));
            TRY(query.step());
            return query.integer(0);
        })
        .value();
}

} // namespace

TEST_CASE("retried operations: each sent up to ten times, with its reply cut, has one effect", "[rounds]") {
    Rounds const rounds(60);
    ServingBench bench;
    auto const terminal = bench.enroll();
    std::int64_t number = 0;
    for (auto const round : rounds) {
        INFO("round " << round);
        Dice dice(round);
        auto const request = ServingBench::post("/v1/operations", sealed_report(bench, terminal, ++number));
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
    CHECK(rows(bench, "SELECT count(*) FROM operation") == count);
    CHECK(rows(bench, "SELECT count(*) FROM staff_queue") == count);
}
