#include "shared/client/terminal_files.h"

#include "shared/base/private_file.h"

#include <cerrno>
#include <fstream>
#include <iterator>

namespace portico::client {

namespace {

Result<void> or_cannot_write(std::error_code const& why, std::filesystem::path const& file) {
    if (!why)
        return ok();
    std::string const what = "cannot write " + file.filename().string() + " in the terminal's data folder";
    if (why == std::errc::no_space_on_device || why.value() == EDQUOT)
        return error(ErrorKind::Unavailable, "terminal_disk_full", what + ": the disk is full");
    return error(ErrorKind::Unavailable, "terminal_folder", what);
}

} // namespace

Result<void> write_terminal_file(std::filesystem::path const& file, std::string_view text, mode_t mode) {
    return or_cannot_write(write_private_file(file, text, IfThere::Replace, mode), file);
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
