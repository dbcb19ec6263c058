#pragma once

#include "shared/domain/date.h"

#include <string>
#include <string_view>

/// What is shown of a value to whoever need not know it: enough to tell two apart, too little to use.
/// Nothing for what is not on file.
namespace portico {

/// "(***) ***-**12": the last two digits. Of fewer than seven digits none.
std::string masked_phone(std::string_view phone);
/// "a***@e***": the first characters of both parts.
std::string masked_email(std::string_view email);
/// "A12B" of "PRT 4711 A12B": the last four letters or digits; of fewer than eight as many as leave four
/// hidden.
std::string last_four(std::string_view number);
/// "19**".
std::string masked_year(Date date);
/// "S." of "Sample": the first character.
std::string initial(std::string_view name);

} // namespace portico
