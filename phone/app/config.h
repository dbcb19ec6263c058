#pragma once

#include "phone/softphone/softphone_files.h"

#include <filesystem>
#include <string>
#include <sys/types.h>

namespace portico::phone {

/// The helper's TOML file.
struct Config {
    std::filesystem::path data; ///< identity
    std::string central;        ///< https://host:port
    std::filesystem::path run;  ///< of this user; the softphone's folder is made in it
    std::filesystem::path desk_socket;
    uid_t desk_user = 0;
    std::filesystem::path softphone_program;
    SoftphoneSettings softphone;
    std::string line;
    std::string country_code;
};

/// Errors: InvalidInput "config_invalid" naming file, line and key of every mistake; NotFound
/// "config_missing"; those of the password's file.
Result<Config> load_config(std::filesystem::path const& file);

} // namespace portico::phone
