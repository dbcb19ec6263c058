#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/delta/joined_files.h"

#include <cstdint>
#include <functional>

/// What is new in some files since others, small where they are alike: librsync's format (rdiff, "rs6").
/// Whoever applies changes needs the same old files to the bit, and must check by another way that what came
/// out is what was meant: nothing here does.
namespace portico::delta {

/// Takes bytes in their order. An error ends the work and is its outcome.
using Sink = std::function<Result<void>(ByteView)>;

/// Memory: some 2 % of `old` while it works. Errors: those of JoinedFiles and `sink`; Internal
/// "changes_failed".
Result<void> tell_changes(JoinedFiles const& old, JoinedFiles const& now, Sink const& sink);

/// Gives `sink` what `changes` says became of `old`: exactly `size_bytes`. Needs little memory, whatever the
/// size. Errors: those of JoinedFiles and `sink`; Corrupt "changes_unreadable": they are of other files,
/// damaged, or make more or less than that. What came out until then came out.
Result<void> apply_changes(JoinedFiles const& old, JoinedFiles const& changes, std::int64_t size_bytes,
                           Sink const& sink);

} // namespace portico::delta
