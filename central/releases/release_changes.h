#pragma once

#include "central/releases/release_book.h"
#include "shared/base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace portico::central {

/// What is new in a release since another, on this node's disk beside the release's files: a kiosk that kept
/// the files of the other fetches this instead, and makes the new ones of both (shared/delta/changes.h). Of a
/// release its files count by name, one after another.
class ReleaseChanges {
public:
    /// `folder`: the shelf's (release_shelf.h).
    explicit ReleaseChanges(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Both releases must be here, whole. How large they are in bytes; nothing when that is more than half of
    /// the release: they are not kept then. Errors: those of shelf_files.h; NotFound "file_missing";
    /// Unavailable "file_unreadable".
    Result<std::optional<std::int64_t>> add(KnownRelease const& from, KnownRelease const& release) const;
    /// As a file of `version` that the shelf can give pieces of; nothing when there are none here.
    std::optional<api::ReleaseFile> find(std::string const& version, std::string const& from) const;

private:
    std::filesystem::path folder_;
};

} // namespace portico::central
