#include "central/releases/shelf_files.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace portico::central {

Error cannot_write(std::filesystem::path const& place, int why) {
    bool const full = why == ENOSPC || why == EDQUOT || why == EFBIG;
    return full ? error(ErrorKind::Full, "release_disk_full",
                        "no room for " + place.string() + ": nothing of it was kept")
                : error(ErrorKind::Unavailable, "release_folder",
                        "cannot write " + place.string() + ": " + std::strerror(why));
}

Result<FileDescriptor> new_file(std::filesystem::path const& place) {
    FileDescriptor file(::open(place.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file.is_open())
        return cannot_write(place, errno);
    return file;
}

Result<void> write_all(FileDescriptor const& file, ByteView bytes, std::filesystem::path const& place) {
    while (!bytes.empty()) {
        auto const written = ::write(file.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return cannot_write(place, errno);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return ok();
}

Result<void> keep_names(std::filesystem::path const& folder) {
    FileDescriptor const handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!handle.is_open() || ::fsync(handle.get()) != 0)
        return cannot_write(folder, errno);
    return ok();
}

Result<FileDescriptor> lock_shelf(std::filesystem::path const& folder) {
    FileDescriptor handle(::open((folder / ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!handle.is_open())
        return cannot_write(folder, errno);
    if (::flock(handle.get(), LOCK_EX | LOCK_NB) != 0)
        return error(ErrorKind::Conflict, "release_busy",
                     "another release add or remove runs on " + folder.string());
    return handle;
}

} // namespace portico::central
