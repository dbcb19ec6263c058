#include "shared/base/private_file.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace portico {

namespace {

std::error_code last_error() {
    return {errno, std::generic_category()};
}

std::error_code write_all(int handle, std::string_view bytes) {
    while (!bytes.empty()) {
        auto const written = ::write(handle, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return last_error();
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

std::error_code write_new(std::filesystem::path const& file, std::string_view bytes, mode_t mode) {
    int const handle = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);
    if (handle < 0)
        return last_error();
    // One that an earlier try left has the rights of then.
    auto failure = ::fchmod(handle, mode) == 0 ? write_all(handle, bytes) : last_error();
    if (!failure && ::fsync(handle) != 0)
        failure = last_error();
    if (::close(handle) != 0 && !failure)
        failure = last_error();
    return failure;
}

/// Gives `fresh` its name.
std::error_code put(std::filesystem::path const& fresh, std::filesystem::path const& file, IfThere there) {
    // A rename would replace what is there without asking.
    bool const named = there == IfThere::Replace ? ::rename(fresh.c_str(), file.c_str()) == 0
                                                 : ::link(fresh.c_str(), file.c_str()) == 0;
    auto const failure = named ? std::error_code() : last_error();
    if (failure || there == IfThere::Refuse)
        ::unlink(fresh.c_str());
    return failure;
}

} // namespace

std::error_code write_private_file(std::filesystem::path const& file, std::string_view bytes, IfThere there,
                                   mode_t mode) {
    struct stat is {};
    if (::lstat(file.c_str(), &is) == 0 && (there == IfThere::Refuse || !S_ISREG(is.st_mode)))
        return {EEXIST, std::generic_category()};
    auto const fresh = std::filesystem::path(file).concat(".new");
    if (auto const failure = write_new(fresh, bytes, mode)) {
        ::unlink(fresh.c_str());
        return failure;
    }
    if (auto const failure = put(fresh, file, there))
        return failure;
    return sync_folder(file.has_parent_path() ? file.parent_path() : std::filesystem::path("."));
}

std::error_code sync_folder(std::filesystem::path const& folder) {
    int const handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0)
        return last_error();
    auto const failure = ::fsync(handle) == 0 ? std::error_code() : last_error();
    ::close(handle);
    return failure;
}

} // namespace portico
