#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <sys/types.h>
#include <system_error>

namespace portico {

enum class IfThere : std::uint8_t { Refuse, Replace };

/// Writes a file that its owner alone may read and write (or as `mode` says). Under its name it is whole or
/// not there at all, whenever the power goes; it and its name are on the disk before this returns. What is
/// there and is no plain file (a device, a folder, a link) is never replaced. The failure is that of the
/// system: ENOSPC and EDQUOT when the disk is full, EEXIST when one is there and not to be replaced, or is no
/// plain file.
std::error_code write_private_file(std::filesystem::path const& file, std::string_view bytes, IfThere there,
                                   mode_t mode = 0600);

/// The names in a folder are on the disk.
std::error_code sync_folder(std::filesystem::path const& folder);

} // namespace portico
