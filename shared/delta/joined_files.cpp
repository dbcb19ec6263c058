#include "shared/delta/joined_files.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace portico::delta {

Result<JoinedFiles> JoinedFiles::open(std::vector<std::filesystem::path> const& files) {
    JoinedFiles joined;
    for (auto const& path : files) {
        FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
        struct stat facts {};
        if (!file.is_open() || ::fstat(file.get(), &facts) != 0 || !S_ISREG(facts.st_mode))
            return error(ErrorKind::NotFound, "file_missing", path.string() + " is not there");
        auto const begin = joined.size_bytes_;
        joined.size_bytes_ += facts.st_size;
        joined.parts_.push_back({std::move(file), begin, joined.size_bytes_});
    }
    return joined;
}

Result<std::size_t> JoinedFiles::read(std::int64_t at, std::span<std::uint8_t> into) const {
    std::size_t done = 0;
    if (at < 0)
        return done;
    for (auto const& part : parts_) {
        auto const from = at + static_cast<std::int64_t>(done);
        if (from >= part.end)
            continue;
        if (done == into.size())
            break;
        auto const wanted = std::min(into.size() - done, static_cast<std::size_t>(part.end - from));
        done += TRY(read_of(part, from - part.begin, into.subspan(done, wanted)));
    }
    return done;
}

Result<std::size_t> JoinedFiles::read_of(Part const& part, std::int64_t at,
                                         std::span<std::uint8_t> into) const {
    for (std::size_t done = 0; done < into.size();) {
        auto const got = ::pread(part.file.get(), into.data() + done, into.size() - done,
                                 at + static_cast<std::int64_t>(done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) // also shorter than it was
            return error(ErrorKind::Unavailable, "file_unreadable", "a file cannot be read to its end");
        done += static_cast<std::size_t>(got);
    }
    return into.size();
}

} // namespace portico::delta
