#pragma once

#include "shared/api/release.h"
#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/client/kept_release.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace portico::client {

/// No file of a release begins so (is_release_file_name).
inline constexpr char const* release_since_name = ".since";

/// Where a terminal keeps a release: VERSION.part/ while its files come, and ready/ once all are there, right
/// and on the disk, for the machine to take. It makes no file but these, whatever names it is given: a
/// release must have passed `check_release`.
///
/// Errors of all: Full "disk_full"; Unavailable "disk_failed".
class ReleaseFolder {
public:
    /// Left free for what the terminal keeps for members.
    static constexpr std::int64_t reserve_bytes = 64L * 1024 * 1024;

    explicit ReleaseFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Whether there is a ready/.
    bool has_ready() const;
    /// Whether ready/ holds this release.
    bool is_ready(api::Release const& release) const;
    /// Parts of other versions go; of all when `version` is empty.
    Result<void> forget_others(std::string const& version) const;
    /// Makes the part's folder, and looks whether what is missing finds room: what was kept of another
    /// release gives way to it. Errors: also Full "disk_full".
    Result<void> begin(api::Release const& release) const;
    /// Of all its files together.
    std::int64_t missing_bytes(api::Release const& release) const;
    KeptRelease kept() const { return KeptRelease(folder_); }
    /// How much of a file is here. One that is longer than it is to be is thrown away.
    Result<std::int64_t> bytes_of(std::string const& version, api::ReleaseFile const& file) const;
    Result<void> append(std::string const& version, api::ReleaseFile const& file, ByteView bytes) const;
    /// Puts a whole file on the disk and looks whether it is what was promised. False: it was not, and is
    /// thrown away. `go_on` is asked on the way; when it says no: Cancelled "cancelled".
    Result<bool> settle(std::string const& version, api::ReleaseFile const& file,
                        std::function<bool()> const& go_on) const;
    /// Makes the files of a release out of those that were kept and of what is new since, which `append` has
    /// put under `release_since_name`. Whether they are what was promised, `settle` sees. `go_on` as there.
    /// Errors: also those of delta::apply_changes; what was here of the files stays.
    Result<void> rebuild(api::Release const& release, std::function<bool()> const& go_on) const;
    Result<std::string> read_small(std::string const& version, std::string const& name) const;
    /// The part becomes ready/, in one step; an older one goes. It is kept, too, for the next release.
    Result<void> finish(std::string const& version) const;
    /// Nothing of this version is left under way.
    void throw_away(std::string const& version) const;

private:
    std::filesystem::path part(std::string const& version) const { return folder_ / (version + ".part"); }
    std::filesystem::path ready() const { return folder_ / "ready"; }

    std::filesystem::path folder_;
};

/// Central's word is not trusted with what becomes a path. Errors: Corrupt "release_unreadable": a name that
/// is none of a release's file, twice the same, a size or sum that cannot be, or sums or signature missing.
Result<void> check_release(api::Release const& release);

} // namespace portico::client
