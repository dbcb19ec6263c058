#pragma once

#include "shared/base/result.h"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace portico {

/// Source: NIST SP 800-63B-4, OWASP ASVS 5.0 chapter 6. No composition rule, no expiry, no hints.
constexpr std::size_t password_alone_characters_min = 15;
constexpr std::size_t password_beside_second_factor_characters_min = 8;
/// 64 characters of any script always fit.
constexpr std::size_t password_bytes_max = 256;
constexpr std::size_t username_characters_min = 3;
constexpr std::size_t username_characters_max = 64;

/// What a new password is held against.
struct PasswordContext {
    bool beside_second_factor = false;
    /// The plan's and the product's names; words of four letters or more count.
    std::vector<std::string> plan_names;
    std::string username;
    /// True when a text, its ASCII letters in lower case, is on a list of breached or common passwords: asked
    /// for the password and its simple variants. May be empty: the short list that is built in is always
    /// asked.
    std::function<bool(std::string_view)> is_listed;
};

/// Characters are Unicode code points; blanks and all scripts are welcome.
/// Errors: InvalidInput "password_not_text", "password_short", "password_long", "password_common",
/// "password_has_plan_name", "password_has_username".
Result<void> check_password(std::string_view password, PasswordContext const& context);

/// Case-sensitive; kept as typed. Letters of any script, digits and . _ - @ +; no blanks or control
/// characters. Errors: InvalidInput "username_invalid".
Result<void> check_username(std::string_view username);

} // namespace portico
