#include "shared/client/running_version.h"

#include <fstream>
#include <string>

namespace portico::client {

Result<ReleaseVersion> running_version(std::filesystem::path const& os_release, std::string_view program) {
    constexpr std::string_view key = "IMAGE_VERSION=";
    std::ifstream stream(os_release);
    for (std::string line; std::getline(stream, line);) {
        if (!line.starts_with(key))
            continue;
        std::erase_if(line, [](char c) { return c == '"' || c == '\''; });
        if (auto version = ReleaseVersion::parse(std::string_view(line).substr(key.size()));
            version.has_value())
            return version;
    }
    return ReleaseVersion::parse(program);
}

} // namespace portico::client
