#pragma once

#include <string>
#include <string_view>

namespace portico {

/// A part of a person's name as two ways to write it are compared: lower case, Latin letters without their
/// accents, and without blanks, hyphens, apostrophes and full stops. "Ana-María" and "ANA MARIA" are the
/// same; "Ana" and "Anna" are not. What is in another script stays as it is.
std::string folded_name(std::string_view part);

} // namespace portico
