#pragma once

#include "shared/base/result.h"
#include "shared/base/secret.h"

#include <filesystem>
#include <string>

namespace portico::central {

/// The first line of a settings' password file; empty when none is set. A relative one is looked for in
/// `data`; `key` names the setting ("mail.password_file"). Errors: NotFound `reason`.
Result<Secret> read_password(std::filesystem::path const& data, std::string const& file, char const* key,
                             char const* reason);

} // namespace portico::central
