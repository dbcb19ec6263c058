#pragma once

#include <string_view>

namespace portico::central {

/// True when the password, its ASCII letters in lower case, is among the long ones people choose most (the
/// ones shorter than 15 characters cannot be set at all). Source: the ends of public breach statistics and of
/// keyboard walks; a plan may add its own list later.
bool is_common_password(std::string_view lower_case);

} // namespace portico::central
