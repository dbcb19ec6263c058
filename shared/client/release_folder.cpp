#include "shared/client/release_folder.h"

#include "shared/base/file_descriptor.h"
#include "shared/crypto/digest.h"
#include "shared/crypto/sealing.h"
#include "shared/delta/changes.h"
#include "shared/domain/release.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <set>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace portico::client {

namespace {

constexpr std::size_t hash_step_bytes = 1024UL * 1024;
constexpr char const* made_name = ".made"; ///< files that come out of what was kept

FileDescriptor open_file(std::filesystem::path const& file, int flags) {
    return FileDescriptor(::open(file.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600));
}

Error disk_error(int why) {
    if (why == ENOSPC || why == EDQUOT || why == EFBIG)
        return error(ErrorKind::Full, "disk_full", "no room in the terminal's data folder for a release");
    return error(ErrorKind::Unavailable, "disk_failed",
                 "cannot keep a release in the terminal's data folder");
}

Result<void> make_folder(std::filesystem::path const& folder) {
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        return disk_error(errno);
    return ok();
}

Result<void> keep_names(std::filesystem::path const& folder) {
    auto const handle = open_file(folder, O_RDONLY | O_DIRECTORY);
    if (!handle.is_open() || ::fsync(handle.get()) != 0)
        return disk_error(errno);
    return ok();
}

std::int64_t size_of(std::filesystem::path const& file) {
    std::error_code failed;
    auto const size = std::filesystem::file_size(file, failed);
    return failed ? 0 : static_cast<std::int64_t>(size);
}

std::string content_of(std::filesystem::path const& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string text(release_sums_max_bytes + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
    return text;
}

Result<bool> finds_room(std::filesystem::path const& folder, std::int64_t bytes) {
    struct statvfs room {};
    if (::statvfs(folder.c_str(), &room) != 0)
        return disk_error(errno);
    return static_cast<std::int64_t>(room.f_bavail) >= bytes / static_cast<std::int64_t>(room.f_frsize);
}

Result<void> write_to(FileDescriptor const& out, ByteView bytes) {
    while (!bytes.empty()) {
        auto const written = ::write(out.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return disk_error(errno);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return ok();
}

/// Files of known sizes, written one after another.
class FilesInTurn {
public:
    FilesInTurn(std::filesystem::path folder, std::vector<api::ReleaseFile> const& files)
        : folder_(std::move(folder)), files_(files) {}
    std::int64_t size_bytes() const {
        std::int64_t bytes = 0;
        for (auto const& file : files_)
            bytes += file.size_bytes;
        return bytes;
    }
    /// No more in all than `size_bytes`.
    Result<void> take(ByteView bytes) {
        while (!bytes.empty()) {
            auto const& file = files_.at(at_);
            if (done_ == 0)
                out_ = open_file(folder_ / file.name, O_WRONLY | O_CREAT | O_EXCL);
            if (!out_.is_open())
                return disk_error(errno);
            auto const now =
                bytes.first(std::min(bytes.size(), static_cast<std::size_t>(file.size_bytes - done_)));
            TRY(write_to(out_, now));
            bytes = bytes.subspan(now.size());
            done_ += static_cast<std::int64_t>(now.size());
            if (done_ == file.size_bytes) {
                ++at_;
                done_ = 0;
            }
        }
        return ok();
    }

private:
    std::filesystem::path folder_;
    std::vector<api::ReleaseFile> const& files_;
    FileDescriptor out_;
    std::size_t at_ = 0;
    std::int64_t done_ = 0;
};

} // namespace

bool ReleaseFolder::has_ready() const {
    return ::access(ready().c_str(), F_OK) == 0;
}

bool ReleaseFolder::is_ready(api::Release const& release) const {
    for (auto const& file : release.files) {
        if (size_of(ready() / file.name) != file.size_bytes)
            return false;
        if (file.name == release_sums_name &&
            to_hex(crypto::sha256(as_bytes(content_of(ready() / file.name)))) != file.sha256)
            return false;
    }
    return true;
}

Result<void> ReleaseFolder::forget_others(std::string const& version) const {
    std::error_code failed;
    std::filesystem::directory_iterator const entries(folder_, failed);
    if (failed)
        return ok(); // there is none yet
    std::vector<std::filesystem::path> others;
    for (auto const& entry : entries)
        if (entry.path() != ready() && !KeptRelease::is_own(entry.path()) &&
            (version.empty() || entry.path() != part(version)))
            others.push_back(entry.path());
    for (auto const& other : others)
        if (std::filesystem::remove_all(other, failed); failed)
            return disk_error(failed.value());
    return ok();
}

Result<void> ReleaseFolder::begin(api::Release const& release) const {
    TRY(make_folder(folder_));
    TRY(make_folder(part(release.version)));
    auto const wanted = reserve_bytes + missing_bytes(release);
    auto has_room = TRY(finds_room(folder_, wanted));
    if (!has_room && kept().version()) {
        kept().drop();
        has_room = TRY(finds_room(folder_, wanted));
    }
    return has_room ? Result<void>(ok()) : disk_error(ENOSPC);
}

std::int64_t ReleaseFolder::missing_bytes(api::Release const& release) const {
    std::int64_t missing = 0;
    for (auto const& file : release.files)
        missing += std::max<std::int64_t>(0, file.size_bytes - size_of(part(release.version) / file.name));
    return missing;
}

Result<std::int64_t> ReleaseFolder::bytes_of(std::string const& version, api::ReleaseFile const& file) const {
    auto const place = part(version) / file.name;
    auto const size = size_of(place);
    if (size <= file.size_bytes)
        return size;
    if (::unlink(place.c_str()) != 0)
        return disk_error(errno);
    return std::int64_t{0};
}

Result<void> ReleaseFolder::append(std::string const& version, api::ReleaseFile const& file,
                                   ByteView bytes) const {
    auto const out = open_file(part(version) / file.name, O_WRONLY | O_CREAT | O_APPEND);
    if (!out.is_open())
        return disk_error(errno);
    return write_to(out, bytes);
}

Result<void> ReleaseFolder::rebuild(api::Release const& release, std::function<bool()> const& go_on) const {
    auto const from = part(release.version);
    auto const old = TRY(kept().files());
    auto const since = TRY(delta::JoinedFiles::open({from / release_since_name}));
    std::error_code failed;
    std::filesystem::remove_all(from / made_name, failed); // of a time that was cut off
    TRY(make_folder(from / made_name));
    auto files = release.files;
    std::ranges::sort(files, {}, &api::ReleaseFile::name);
    FilesInTurn made(from / made_name, files);
    TRY(delta::apply_changes(old, since, made.size_bytes(), [&](ByteView bytes) -> Result<void> {
        if (!go_on())
            return error(ErrorKind::Cancelled, "cancelled");
        return made.take(bytes);
    }));
    for (auto const& file : files)
        if (::rename((from / made_name / file.name).c_str(), (from / file.name).c_str()) != 0)
            return disk_error(errno);
    return ok();
}

Result<bool> ReleaseFolder::settle(std::string const& version, api::ReleaseFile const& file,
                                   std::function<bool()> const& go_on) const {
    auto const place = part(version) / file.name;
    auto const in = open_file(place, O_RDONLY);
    if (!in.is_open())
        return disk_error(errno);
    if (::fsync(in.get()) != 0)
        return disk_error(errno);
    crypto::Sha256 sum;
    Bytes step(hash_step_bytes);
    while (true) {
        if (!go_on())
            return error(ErrorKind::Cancelled, "cancelled");
        auto const got = ::read(in.get(), step.data(), step.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return disk_error(errno);
        if (got == 0)
            break;
        sum.add({step.data(), static_cast<std::size_t>(got)});
    }
    if (to_hex(sum.finish()) == file.sha256)
        return true;
    if (::unlink(place.c_str()) != 0)
        return disk_error(errno);
    return false;
}

Result<std::string> ReleaseFolder::read_small(std::string const& version, std::string const& name) const {
    return content_of(part(version) / name);
}

Result<void> ReleaseFolder::finish(std::string const& version) const {
    std::error_code failed;
    for (auto const* own : {release_since_name, made_name})
        if (std::filesystem::remove_all(part(version) / own, failed); failed)
            return disk_error(failed.value());
    TRY(keep_names(part(version)));
    kept().keep(version, part(version), reserve_bytes);
    bool const replaces = has_ready();
    // The one before changes places with it and goes under the other name: there is no moment without one,
    // and none with half of one.
    if (::renameat2(AT_FDCWD, part(version).c_str(), AT_FDCWD, ready().c_str(),
                    replaces ? RENAME_EXCHANGE : 0U) != 0)
        return disk_error(errno);
    throw_away(version);
    return keep_names(folder_);
}

void ReleaseFolder::throw_away(std::string const& version) const {
    std::error_code ignored;
    std::filesystem::remove_all(part(version), ignored);
}

Result<void> check_release(api::Release const& release) {
    auto const wrong = error(ErrorKind::Corrupt, "release_unreadable",
                             "what central names as a release is none that this terminal would keep");
    std::set<std::string_view> names;
    for (auto const& file : release.files) {
        auto const sum = from_hex(file.sha256);
        if (!is_release_file_name(file.name) || !names.insert(file.name).second || file.size_bytes < 1 ||
            file.size_bytes > release_file_max_bytes || sum.has_error() || sum.value().size() != 32 ||
            to_hex(sum.value()) != file.sha256)
            return wrong;
    }
    bool const whole =
        names.count(release_sums_name) != 0 && std::ranges::any_of(names, is_release_signature);
    if (!whole || names.size() > release_files_max + 1 + release_signature_names.size() ||
        ReleaseVersion::parse(release.version).has_error())
        return wrong;
    auto const& since = release.since;
    if (since && (ReleaseVersion::parse(since->from).has_error() || since->size_bytes < 1 ||
                  since->size_bytes > release_file_max_bytes))
        return wrong;
    return ok();
}

} // namespace portico::client
