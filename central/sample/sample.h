#pragma once

#include "shared/base/result.h"
#include "shared/domain/date.h"

#include <cstdint>
#include <functional>
#include <string>

namespace portico::central::sample {

constexpr std::int64_t sample_members_max = 10'000'000;
constexpr int sample_eobs_each_max = 1000;
/// Claims go back this far from today.
constexpr int claims_months = 24;

struct SampleOptions {
    std::string out_dir;
    std::int64_t members = 100; ///< 1 to sample_members_max
    std::uint64_t seed = 1;
    Date today;         ///< claims end the day before
    int eobs_each = -1; ///< of all but Alex's family, nothing planted; -1: as many as members have
};

struct SampleCounts {
    std::int64_t members = 0;
    std::int64_t families = 0;
    std::int64_t eobs = 0;
    std::int64_t planted = 0;
};

/// Called after each family with the members written so far.
using SampleProgress = std::function<void(SampleCounts const&)>;

/// Writes a made-up plan as FHIR R4 NDJSON, one file a type (Patient.ndjson, Coverage.ndjson,
/// ExplanationOfBenefit.ndjson...), and planted.json with the discrepancies that were put in on purpose:
/// {"planted": [{"eob", "patient", "finding", "lines"}]}. The same options give the same bytes. Memory does
/// not grow with the members, but for the providers (at most 6,000). Errors: InvalidInput
/// "sample_options_invalid"; Unavailable "sample_not_written" with the file.
Result<SampleCounts> write_sample(SampleOptions const& options, SampleProgress const& progress);

} // namespace portico::central::sample
