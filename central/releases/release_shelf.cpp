#include "central/releases/release_shelf.h"

#include "central/releases/shelf_files.h"
#include "shared/base/file_descriptor.h"
#include "shared/crypto/digest.h"
#include "shared/crypto/sealing.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <unistd.h>

namespace portico::central {

namespace {

constexpr std::size_t signature_max_bytes = 64UL * 1024;
constexpr std::size_t copy_step_bytes = 1024UL * 1024;
constexpr char const* unfinished = ".new"; ///< no version ends so

Error incomplete(std::filesystem::path const& file) {
    return error(ErrorKind::NotFound, "release_incomplete",
                 file.string() + " is missing or cannot be read: name the folder as image/build left it");
}

Result<std::string> read_small(std::filesystem::path const& file, std::size_t bytes_max) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream || !std::filesystem::is_regular_file(file))
        return incomplete(file);
    std::string text(bytes_max + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return text;
}

Result<void> make_private_folder(std::filesystem::path const& folder) {
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        return cannot_write(folder, errno);
    return ok();
}

/// What lies in the folder while a release is copied, and goes with it unless it was kept.
class Unfinished {
public:
    explicit Unfinished(std::filesystem::path folder) : folder_(std::move(folder)) {}
    Unfinished(Unfinished const&) = delete;
    Unfinished& operator=(Unfinished const&) = delete;
    ~Unfinished() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    std::filesystem::path const& folder() const { return folder_; }

private:
    std::filesystem::path folder_;
};

/// Copies one file, as large as it is now, and looks whether it is what the sums say.
Result<api::ReleaseFile> copy_file(SummedFile const& file, std::filesystem::path const& from,
                                   std::filesystem::path const& to, ReleaseShelf::Progress const& progress) {
    FileDescriptor const source(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat facts {};
    if (!source.is_open() || ::fstat(source.get(), &facts) != 0 || !S_ISREG(facts.st_mode))
        return incomplete(from);
    if (facts.st_size == 0 || facts.st_size > release_file_max_bytes)
        return error(ErrorKind::InvalidInput, "release_file_size",
                     from.string() + " is empty or larger than any release's file");
    auto const copy = TRY(new_file(to));
    crypto::Sha256 sum;
    Bytes step(copy_step_bytes);
    std::int64_t done = 0;
    while (true) {
        auto const got = ::read(source.get(), step.data(), step.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return incomplete(from);
        if (got == 0)
            break;
        ByteView const bytes(step.data(), static_cast<std::size_t>(got));
        sum.add(bytes);
        TRY(write_all(copy, bytes, to));
        done += got;
        if (progress)
            progress(file.name, done, facts.st_size);
    }
    if (sum.finish() != file.sha256)
        return error(ErrorKind::Corrupt, "release_sum_wrong",
                     from.string() + " is not what " + std::string(release_sums_name) +
                         " says: it was damaged or changed after it was built");
    if (::fsync(copy.get()) != 0)
        return cannot_write(to, errno);
    return api::ReleaseFile{file.name, done, to_hex(file.sha256)};
}

} // namespace

Result<ReleaseSource> ReleaseSource::read(std::filesystem::path const& folder, std::string const& told) {
    auto sums = TRY(read_small(folder / release_sums_name, release_sums_max_bytes));
    auto files = TRY(parse_release_sums(sums));
    std::map<std::string, std::string> beside{{std::string(release_sums_name), std::move(sums)}};
    for (auto const& name : release_signature_names) {
        std::error_code failed;
        if (!std::filesystem::exists(folder / name, failed))
            continue;
        auto signature = TRY(read_small(folder / name, signature_max_bytes));
        if (signature.empty() || signature.size() > signature_max_bytes)
            return error(ErrorKind::InvalidInput, "release_unsigned",
                         (folder / name).string() + " is no signature: kiosks would refuse it");
        beside.emplace(name, std::move(signature));
    }
    if (beside.size() == 1)
        return error(ErrorKind::InvalidInput, "release_unsigned",
                     folder.string() + " has no " + std::string(release_signature_names.front()) +
                         ": kiosks would refuse it");
    auto named = version_of_names(files);
    if (named.has_error() && (told.empty() || named.error().reason != "release_version_missing"))
        return named.error();
    auto version = told.empty() ? named.value() : TRY(ReleaseVersion::parse(told));
    if (named.has_value() && !(named.value() == version))
        return error(ErrorKind::InvalidInput, "release_version_differs",
                     "the files are of version " + named.value().text() + ", and --version says " + told);
    return ReleaseSource{folder, std::move(version), std::move(files), std::move(beside)};
}

std::vector<SummedFile> ReleaseSource::all_files() const {
    auto all = files;
    for (auto const& [name, text] : beside)
        all.push_back({name, crypto::sha256(as_bytes(text))});
    std::ranges::sort(all, {}, &SummedFile::name);
    return all;
}

Result<std::vector<api::ReleaseFile>> ReleaseShelf::add(ReleaseSource const& source,
                                                        Progress const& progress) const {
    TRY(make_private_folder(folder_));
    auto const lock = TRY(lock_shelf(folder_));
    auto const place = folder_ / source.version.text();
    Unfinished const fresh(std::filesystem::path(place).concat(unfinished));
    std::error_code failed;
    std::filesystem::remove_all(fresh.folder(), failed); // of a copy that was cut off
    if (::mkdir(fresh.folder().c_str(), 0700) != 0)
        return cannot_write(fresh.folder(), errno);
    std::vector<api::ReleaseFile> files;
    for (auto const& file : source.files)
        files.push_back(
            TRY(copy_file(file, source.folder / file.name, fresh.folder() / file.name, progress)));
    // These have no sum of their own in the folder. What was read and checked is what is kept.
    for (auto const& [name, text] : source.beside) {
        auto const to = fresh.folder() / name;
        auto const copy = TRY(new_file(to));
        TRY(write_all(copy, as_bytes(text), to));
        if (::fsync(copy.get()) != 0)
            return cannot_write(to, errno);
        files.push_back(
            {name, static_cast<std::int64_t>(text.size()), to_hex(crypto::sha256(as_bytes(text)))});
    }
    TRY(keep_names(fresh.folder()));
    // The one before goes out of the way in the same step; what is left under the other name is removed.
    bool const replaces = std::filesystem::exists(place, failed);
    if (::renameat2(AT_FDCWD, fresh.folder().c_str(), AT_FDCWD, place.c_str(),
                    replaces ? RENAME_EXCHANGE : 0U) != 0)
        return cannot_write(place, errno);
    TRY(keep_names(folder_));
    std::ranges::sort(files, {}, &api::ReleaseFile::name);
    return files;
}

bool ReleaseShelf::has(std::string const& version, std::vector<api::ReleaseFile> const& files) const {
    return std::ranges::all_of(files, [&](api::ReleaseFile const& file) {
        std::error_code failed;
        auto const size = std::filesystem::file_size(folder_ / version / file.name, failed);
        return !failed && static_cast<std::int64_t>(size) == file.size_bytes;
    });
}

Result<bool> ReleaseShelf::remove(std::string const& version) const {
    std::error_code failed;
    auto const place = folder_ / version;
    if (!std::filesystem::exists(place, failed))
        return false;
    auto const lock = TRY(lock_shelf(folder_));
    std::filesystem::remove_all(place, failed);
    if (failed)
        return cannot_write(place, failed.value());
    return true;
}

Result<Bytes> ReleaseShelf::piece(std::string const& version, api::ReleaseFile const& file,
                                  std::int64_t offset, std::int64_t length) const {
    auto const not_here = error(ErrorKind::Unavailable, "release_not_here",
                                "release " + version + " is not whole in " + folder_.string() +
                                    ": release add it on this node as well");
    FileDescriptor const source(
        ::open((folder_ / version / file.name).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat facts {};
    if (!source.is_open() || ::fstat(source.get(), &facts) != 0 || facts.st_size != file.size_bytes)
        return not_here;
    Bytes bytes(static_cast<std::size_t>(std::min(length, file.size_bytes - offset)));
    for (std::size_t got = 0; got < bytes.size();) {
        auto const more = ::pread(source.get(), bytes.data() + got, bytes.size() - got,
                                  offset + static_cast<std::int64_t>(got));
        if (more < 0 && errno == EINTR)
            continue;
        if (more <= 0)
            return not_here;
        got += static_cast<std::size_t>(more);
    }
    return bytes;
}

} // namespace portico::central
