#pragma once

#include <string>
#include <string_view>

namespace portico::phone {

/// The number that a caller's SIP or telephone address holds, as E.164; empty when it is hidden, an extension
/// or a name. `country_code`: of numbers that are written without one, such as "1"; with it, and only for
/// "1", ten digits are a number, and so are eleven that begin with it.
std::string caller_number(std::string_view uri, std::string_view country_code);

} // namespace portico::phone
