#pragma once

#include "shared/base/result.h"
#include "shared/crypto/x509.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace portico::client {

/// A file of the terminal's data folder, as write_private_file leaves it (shared/base/private_file.h).
/// Errors: Unavailable "terminal_disk_full" (for somebody to clear), "terminal_folder" (every other reason).
Result<void> write_terminal_file(std::filesystem::path const& file, std::string_view text, mode_t mode);
/// Errors: Unavailable "terminal_identity_missing".
Result<std::string> read_terminal_file(std::filesystem::path const& file);
/// The terminal's key. Errors: as above; InvalidInput "private_key_invalid".
Result<crypto::PrivateKey> read_terminal_key(std::filesystem::path const& file);

} // namespace portico::client
