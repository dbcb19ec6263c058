#pragma once

#include "shared/base/rfc3339.h"
#include "shared/base/uuid.h"
#include "tests/central/serving_bench.h"

#include <cstdint>
#include <string>

// Operations as bytes on the wire, for what a well-behaved terminal would not do.

namespace portico::test {

/// A push of one new operation, sealed as a kiosk seals it: the report of a listing that there is not, so
/// that its outcome is "refused" with the reason "listing_unknown".
inline std::string push_of_report(ServingBench& bench, BenchTerminal const& terminal, std::int64_t number) {
    api::Operation operation;
    operation.id = make_uuid_v7(bench.clock);
    operation.captured_at = to_rfc3339(bench.clock.now());
    operation.sequence = number;
    operation.report_directory_error =
        api::ReportDirectoryError{"no-such-listing", "phone", "It rings a bakery."};
    auto const box = crypto::seal_to(terminal.sealing_key, as_bytes(api::to_json(operation))).value();
    return ServingBench::post("/v1/operations",
                              api::to_json(api::PushOperations{{{operation.id, to_base64url(box)}}}));
}

/// The one number that `sql` asks for.
inline std::int64_t number_of(ServingBench& bench, std::string const& sql) {
    return bench.core()
        .store
        ->read<std::int64_t>([&](storage::Database& database) -> Result<std::int64_t> {
            auto query = TRY(database.prepare(sql));
            TRY(query.step());
            return query.integer(0);
        })
        .value();
}

} // namespace portico::test
