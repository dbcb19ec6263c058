#include "central/releases/release_changes.h"

#include "central/releases/shelf_files.h"
#include "shared/delta/changes.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <unistd.h>

namespace portico::central {

namespace {

/// No file of a release begins so (is_release_file_name).
std::string changes_name(std::string const& from) {
    return ".changes-" + from;
}

std::int64_t size_of(KnownRelease const& release) {
    std::int64_t bytes = 0;
    for (auto const& file : release.files)
        bytes += file.size_bytes;
    return bytes;
}

Result<delta::JoinedFiles> joined(std::filesystem::path const& folder, KnownRelease const& release) {
    std::vector<std::string> names;
    names.reserve(release.files.size());
    for (auto const& file : release.files)
        names.push_back(file.name);
    std::ranges::sort(names);
    std::vector<std::filesystem::path> files;
    files.reserve(names.size());
    for (auto const& name : names)
        files.push_back(folder / release.version / name);
    return delta::JoinedFiles::open(files);
}

} // namespace

Result<std::optional<std::int64_t>> ReleaseChanges::add(KnownRelease const& from,
                                                        KnownRelease const& release) const {
    auto const lock = TRY(lock_shelf(folder_));
    auto const old = TRY(joined(folder_, from));
    auto const now = TRY(joined(folder_, release));
    auto const place = folder_ / release.version / changes_name(from.version);
    auto const fresh = std::filesystem::path(place).concat(".new");
    static_cast<void>(::unlink(fresh.c_str())); // of a work that was cut off
    auto const file = TRY(new_file(fresh));
    std::int64_t bytes = 0;
    bool small = true;
    auto outcome = delta::tell_changes(old, now, [&](ByteView more) -> Result<void> {
        bytes += static_cast<std::int64_t>(more.size());
        small = bytes <= size_of(release) / 2;
        return small ? write_all(file, more, fresh) : error(ErrorKind::Cancelled, "cancelled");
    });
    if (outcome.has_value() && ::fsync(file.get()) != 0)
        outcome = cannot_write(fresh, errno);
    if (outcome.has_value() && std::rename(fresh.c_str(), place.c_str()) != 0)
        outcome = cannot_write(place, errno);
    if (outcome.has_error()) {
        static_cast<void>(::unlink(fresh.c_str()));
        if (!small)
            return std::optional<std::int64_t>();
        return outcome.error();
    }
    TRY(keep_names(place.parent_path()));
    return std::optional(bytes);
}

std::optional<api::ReleaseFile> ReleaseChanges::find(std::string const& version,
                                                     std::string const& from) const {
    if (ReleaseVersion::parse(version).has_error() || ReleaseVersion::parse(from).has_error())
        return std::nullopt; // it becomes a path
    std::error_code failed;
    auto const size = std::filesystem::file_size(folder_ / version / changes_name(from), failed);
    if (failed || size == 0)
        return std::nullopt;
    return api::ReleaseFile{changes_name(from), static_cast<std::int64_t>(size), ""};
}

} // namespace portico::central
