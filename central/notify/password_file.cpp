#include "central/notify/password_file.h"

#include <fstream>

namespace portico::central {

Result<Secret> read_password(std::filesystem::path const& data, std::string const& file, char const* key,
                             char const* reason) {
    if (file.empty())
        return Secret();
    std::ifstream stream(data / file);
    std::string line;
    if (!std::getline(stream, line))
        return error(ErrorKind::NotFound, reason,
                     std::string("cannot read ") + key + " " + (data / file).string());
    Secret password(line);
    wipe(line);
    return password;
}

} // namespace portico::central
