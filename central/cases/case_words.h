#pragma once

#include <string_view>

/// The closed lists of words in which staff say what a case is. Nothing else is kept of them.
namespace portico::central {

bool is_case_reason(std::string_view word);
bool is_case_channel(std::string_view word);
bool is_case_outcome(std::string_view word);
bool is_reveal_field(std::string_view word);
bool is_reveal_reason(std::string_view word);

} // namespace portico::central
