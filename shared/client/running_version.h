#pragma once

#include "shared/domain/release.h"

#include <filesystem>
#include <string_view>

namespace portico::client {

/// The version of the image that this machine runs: IMAGE_VERSION of its os-release file, which is signed
/// with the rest of the image. Of a machine that is no image, or says another kind of version, the program's
/// own. Errors: InvalidInput "release_version_invalid": the program's is none either.
Result<ReleaseVersion> running_version(std::filesystem::path const& os_release, std::string_view program);

} // namespace portico::client
