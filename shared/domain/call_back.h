#pragma once

#include <string_view>

/// A call that somebody asks for.
namespace portico {

/// "account_locked", "claim", "card", "other".
bool is_call_back_about(std::string_view word);
/// "reached", "no_answer", "wrong_number", "given_back".
bool is_call_back_outcome(std::string_view word);

} // namespace portico
