#pragma once

#include "shared/base/result.h"
#include "shared/delta/joined_files.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace portico::client {

/// The files of the last release that a terminal has fetched, kept beside its ready/ when the machine has
/// taken that: of the next one only what is new has to be fetched. As long as ready/ is there they are the
/// same files on the disk, and take no room of their own. Without one all is fetched, so nothing here is a
/// failure.
class KeptRelease {
public:
    /// `folder`: the one of releases.
    explicit KeptRelease(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Which one it is; nothing: none.
    std::optional<std::string> version() const;
    /// In place of the one before. Nothing is kept where less than `room_bytes` would then be free.
    void keep(std::string const& version, std::filesystem::path const& files, std::int64_t room_bytes) const;
    void drop() const;
    /// By name, one after another. Errors: NotFound "file_missing".
    Result<delta::JoinedFiles> files() const;
    /// Whether a file of this name in the folder belongs to it.
    static bool is_own(std::filesystem::path const& entry);

private:
    std::filesystem::path folder_;
};

} // namespace portico::client
