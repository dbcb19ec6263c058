#pragma once

#include "shared/api/release.h"
#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/domain/release.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace portico::central {

/// A release as it lies in a folder to be added: what its sums say, read and checked, and not yet its files.
struct ReleaseSource {
    std::filesystem::path folder;
    ReleaseVersion version;
    std::vector<SummedFile> files;
    /// SHA256SUMS and its signature (release_signature_names), by name. Who that is by, the terminals check.
    std::map<std::string, std::string> beside;
    /// Errors: NotFound "release_incomplete" naming what is missing; InvalidInput "release_sums_invalid",
    /// "release_unsigned", "release_version_missing", "release_version_differs" (also from `told`, which is
    /// what --version said; empty: nothing), "release_version_invalid".
    static Result<ReleaseSource> read(std::filesystem::path const& folder, std::string const& told);
    /// Each file that is taken, the sums and their signature too, by name.
    std::vector<SummedFile> all_files() const;
};

/// The files of releases on this node's disk: DATA/releases/VERSION/NAME. What is there is whole, or was so
/// when it was put there. Reading is safe from any thread, and while another process adds.
class ReleaseShelf {
public:
    explicit ReleaseShelf(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Told as copying goes on: the file, and how much of it.
    using Progress = std::function<void(std::string const& name, std::int64_t done, std::int64_t all)>;
    /// Copies a release, whole or not at all, over one of the same version if there is one, and onto the
    /// disk; its files, by name. Errors: NotFound "release_incomplete"; Corrupt "release_sum_wrong";
    /// InvalidInput "release_file_size"; Full "release_disk_full"; Unavailable "release_folder"; Conflict
    /// "release_busy": another process adds one here.
    Result<std::vector<api::ReleaseFile>> add(ReleaseSource const& source, Progress const& progress) const;
    /// Whether all files are here, by their sizes.
    bool has(std::string const& version, std::vector<api::ReleaseFile> const& files) const;
    /// False when nothing of this version was here. Errors: Unavailable "release_folder".
    Result<bool> remove(std::string const& version) const;
    /// So much of a file from there on. `file` must be one that the book names. Errors: Unavailable
    /// "release_not_here".
    Result<Bytes> piece(std::string const& version, api::ReleaseFile const& file, std::int64_t offset,
                        std::int64_t length) const;

private:
    std::filesystem::path folder_;
};

} // namespace portico::central
