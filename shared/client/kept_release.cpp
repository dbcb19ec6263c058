#include "shared/client/kept_release.h"

#include "shared/domain/release.h"

#include <algorithm>
#include <string_view>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <vector>

namespace portico::client {

namespace {

constexpr std::string_view prefix = "kept-";

std::vector<std::filesystem::path> names_in(std::filesystem::path const& folder) {
    std::error_code failed;
    std::vector<std::filesystem::path> found;
    for (auto const& entry : std::filesystem::directory_iterator(folder, failed))
        found.push_back(entry.path());
    std::ranges::sort(found);
    return found;
}

std::int64_t bytes_in(std::vector<std::filesystem::path> const& files) {
    std::int64_t bytes = 0;
    for (auto const& file : files) {
        std::error_code failed;
        auto const size = std::filesystem::file_size(file, failed);
        bytes += failed ? 0 : static_cast<std::int64_t>(size);
    }
    return bytes;
}

std::int64_t free_bytes(std::filesystem::path const& folder) {
    struct statvfs room {};
    if (::statvfs(folder.c_str(), &room) != 0)
        return 0;
    return static_cast<std::int64_t>(room.f_bavail) * static_cast<std::int64_t>(room.f_frsize);
}

} // namespace

bool KeptRelease::is_own(std::filesystem::path const& entry) {
    return entry.filename().string().starts_with(prefix);
}

std::optional<std::string> KeptRelease::version() const {
    for (auto const& entry : names_in(folder_))
        if (is_own(entry))
            if (auto const version = ReleaseVersion::parse(entry.filename().string().substr(prefix.size()));
                version.has_value())
                return version.value().text();
    return std::nullopt;
}

void KeptRelease::keep(std::string const& version, std::filesystem::path const& files,
                       std::int64_t room_bytes) const {
    drop();
    auto const all = names_in(files);
    // The machine copies what it takes, and removes its own names of these afterwards.
    if (free_bytes(folder_) < bytes_in(all) + room_bytes)
        return;
    auto const place = folder_ / (std::string(prefix) + version);
    auto const fresh = std::filesystem::path(place).concat(".new"); // no version ends so
    bool kept = ::mkdir(fresh.c_str(), 0700) == 0;
    for (auto const& file : all)
        kept = kept && ::link(file.c_str(), (fresh / file.filename()).c_str()) == 0;
    if (!kept || ::rename(fresh.c_str(), place.c_str()) != 0)
        drop();
}

void KeptRelease::drop() const {
    for (auto const& entry : names_in(folder_)) {
        std::error_code ignored;
        if (is_own(entry))
            std::filesystem::remove_all(entry, ignored);
    }
}

Result<delta::JoinedFiles> KeptRelease::files() const {
    auto const known = version();
    if (!known)
        return error(ErrorKind::NotFound, "file_missing", "no release was kept");
    return delta::JoinedFiles::open(names_in(folder_ / (std::string(prefix) + *known)));
}

} // namespace portico::client
