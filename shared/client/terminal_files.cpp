#include "shared/client/terminal_files.h"

#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <unistd.h>

namespace portico::client {

namespace {

Error cannot_write(std::filesystem::path const& file, int why) {
    std::string const what = "cannot write " + file.filename().string() + " in the terminal's data folder";
    if (why == ENOSPC || why == EDQUOT)
        return error(ErrorKind::Unavailable, "terminal_disk_full", what + ": the disk is full");
    return error(ErrorKind::Unavailable, "terminal_folder", what);
}

} // namespace

Result<void> write_terminal_file(std::filesystem::path const& file, std::string_view text, mode_t mode) {
    auto const fresh = std::filesystem::path(file).concat(".new");
    int const handle = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);
    bool good = handle >= 0 && ::fchmod(handle, mode) == 0;
    while (good && !text.empty()) {
        auto const written = ::write(handle, text.data(), text.size());
        good = written > 0;
        if (good)
            text.remove_prefix(static_cast<std::size_t>(written));
    }
    good = good && ::fsync(handle) == 0;
    int const why = errno;
    if (handle >= 0)
        ::close(handle);
    if (!good)
        return cannot_write(file, why);
    if (::rename(fresh.c_str(), file.c_str()) != 0)
        return cannot_write(file, errno);
    return ok();
}

Result<void> keep_terminal_files(std::filesystem::path const& folder) {
    int const handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool const good = handle >= 0 && ::fsync(handle) == 0;
    int const why = errno;
    if (handle >= 0)
        ::close(handle);
    return good ? Result<void>(ok()) : cannot_write(folder, why);
}

Result<std::string> read_terminal_file(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return error(ErrorKind::Unavailable, "terminal_identity_missing",
                     "this terminal is not enrolled: " + file.filename().string() + " is missing");
    return std::string(std::istreambuf_iterator<char>(in), {});
}

Result<crypto::PrivateKey> read_terminal_key(std::filesystem::path const& file) {
    auto text = TRY(read_terminal_file(file));
    Secret const pem(text);
    wipe(text);
    return crypto::PrivateKey::from_pem(pem);
}

} // namespace portico::client
