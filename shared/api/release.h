#pragma once

#include "shared/api/describe.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::api {

/// Of a file of a release that so much is given at once.
inline constexpr std::int64_t release_piece_max_bytes = 1024L * 1024;

/// How an update stands, by the last that is known of it.
///
///     downloading   its files are on their way
///     ready         whole, with right sums, for the machine to check their signature and install them
///     installed     it starts with the next restart
///     refused       the machine did not take it; `reason` is the machine's own word
///     not_fetched   it did not come about, and `reason` says why: "sum_wrong", "sums_differ", "disk_full",
///                   "disk_failed", "older_than_running"
enum class UpdateState : std::uint8_t { Downloading, Ready, Installed, Refused, NotFetched };
BOOST_DESCRIBE_ENUM(UpdateState, Downloading, Ready, Installed, Refused, NotFetched)

struct UpdateOutcome {
    std::string version;
    UpdateState outcome = UpdateState::Downloading;
    std::string reason; ///< at most 200 printable ASCII characters; empty where nothing is to be said
};
BOOST_DESCRIBE_STRUCT(UpdateOutcome, (), (version, outcome, reason))

/// POST /v1/terminal/version, by a kiosk, of itself: when it starts and when something of it changed. Errors:
/// InvalidInput "release_version_invalid", "update_reason_invalid".
struct ReportVersion {
    std::string version;                 ///< that it runs
    std::optional<UpdateOutcome> update; ///< absent: nothing is known of any
};
BOOST_DESCRIBE_STRUCT(ReportVersion, (), (version, update))

/// GET /v1/terminal/release: what this kiosk is to have. Errors: InvalidInput "release_version_invalid".
struct ReleaseQuery {
    std::optional<std::string> kept = {}; ///< version whose files this kiosk has still
};
BOOST_DESCRIBE_STRUCT(ReleaseQuery, (), (kept))
struct ReleaseFile {
    std::string name;
    std::int64_t size_bytes = 0;
    std::string sha256; ///< 64 hexadecimal digits
};
BOOST_DESCRIBE_STRUCT(ReleaseFile, (), (name, size_bytes, sha256))
/// What is new in it since a release that the kiosk has kept: with that release's files, in the order of
/// their names, it makes those of this one, in the order of theirs (shared/delta/changes.h).
struct ReleaseSince {
    std::string from;
    std::int64_t size_bytes = 0;
};
BOOST_DESCRIBE_STRUCT(ReleaseSince, (), (from, size_bytes))
struct Release {
    std::string version;
    std::vector<ReleaseFile> files;
    std::optional<ReleaseSince> since = {}; ///< absent: this node has none since what was kept
};
BOOST_DESCRIBE_STRUCT(Release, (), (version, files, since))
struct WantedRelease {
    std::optional<Release> release; ///< absent: it stays as it is
    std::int64_t ahead_s = 0;       ///< how far the plan's clocks are ahead of UTC now
};
BOOST_DESCRIBE_STRUCT(WantedRelease, (), (release, ahead_s))

/// GET /v1/terminal/release/piece: a piece of one file of the release that this kiosk is to have, and of no
/// other; or of what is new in it (`since`). Errors: NotFound "release_not_set" (it is to have another, or
/// none), "release_file_unknown", "release_since_unknown" (this node has nothing since that one);
/// InvalidInput "release_piece_invalid" (the offset lies outside, or the length is not 1 to 1 MiB);
/// Unavailable "release_not_here": this node has not got the files, another may; TooMany "releases_busy".
struct ReleasePieceQuery {
    std::string version;
    std::string name; ///< empty where `since` is given
    std::int64_t offset = 0;
    std::int64_t length = 0;
    std::optional<std::string> since = {}; ///< version that was kept: a piece of what is new since then
};
BOOST_DESCRIBE_STRUCT(ReleasePieceQuery, (), (version, name, offset, length, since))
struct ReleasePiece {
    std::string data; ///< base64url; shorter than asked at the end of the file alone
};
BOOST_DESCRIBE_STRUCT(ReleasePiece, (), (data))

} // namespace portico::api
