#pragma once

#include "shared/client/central.h"
#include "shared/client/release_folder.h"

#include <chrono>
#include <functional>
#include <set>
#include <stop_token>
#include <string>

namespace portico::client {

/// So much is asked for at once: on a slow line it is there within the time of a reply, and a member who
/// comes does not wait for it.
inline constexpr std::int64_t release_piece_bytes = 256L * 1024;

/// Who decides, piece by piece, whether a fetch goes on.
struct FetchPace {
    std::function<bool()> may_go_on;
    /// For the next call: whoever stops it stops what is under way.
    std::function<std::stop_token()> next_call;
    /// After a piece has come.
    std::function<void()> rest;
};

/// How far a release has come, for the next try of the same one.
struct FetchState {
    std::set<std::string> settled = {}; ///< files that were found right
    bool whole = false; ///< what is new since the kept release was used, or of no use: the files themselves
};

/// Brings a release whole into ready/, from where it was left: what is there already is not asked for again.
/// Where central has what is new since the release that was kept, that is fetched, and the files are made of
/// both; what does not come out right so is fetched as it is. Blocks.
/// Errors: those of the calls; Cancelled "cancelled": `pace` said no, and what came stays; Corrupt
/// "sum_wrong" with the file's name (which was thrown away), "sums_differ": SHA256SUMS does not name these
/// files with these sums; Full "disk_full"; Unavailable "disk_failed".
Result<void> fetch_release(Central& central, ReleaseFolder const& folder, api::Release const& release,
                           FetchState& state, FetchPace const& pace);

} // namespace portico::client
