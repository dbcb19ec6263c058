#pragma once

#include <string_view>

namespace portico::central {

/// True when `lower_case` is a password of the public breach lists, a single word or name of everyday
/// language, or one of the long phrases people think of first. Entries are looked up whole: what people add
/// or exchange is the caller's (`PasswordContext::is_listed`). Source: the lists of zxcvbn, made into a table
/// at build time (cmake/common_passwords.py); the phrases stand in the .cpp.
bool is_common_password(std::string_view lower_case);

} // namespace portico::central
