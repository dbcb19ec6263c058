#pragma once

#include "shared/base/encoding.h"
#include "shared/base/file_descriptor.h"
#include "shared/base/result.h"

#include <filesystem>

/// Writing where a node keeps releases. Errors of all: Full "release_disk_full"; Unavailable
/// "release_folder", naming the place.
namespace portico::central {

/// What `why`, an errno, means there.
Error cannot_write(std::filesystem::path const& place, int why);
/// Its owner's alone; there must be none of this name.
Result<FileDescriptor> new_file(std::filesystem::path const& place);
Result<void> write_all(FileDescriptor const& file, ByteView bytes, std::filesystem::path const& place);
/// The names in a folder are on the disk.
Result<void> keep_names(std::filesystem::path const& folder);
/// One process at a time adds to a shelf or takes from it; ends with the handle. Errors: also Conflict
/// "release_busy".
Result<FileDescriptor> lock_shelf(std::filesystem::path const& folder);

} // namespace portico::central
