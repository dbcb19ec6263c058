#pragma once

#include <string>
#include <vector>

namespace portico::central {

/// What a rep reads out, and what the member finds it among.
struct CheckNumbers {
    std::string said;
    std::vector<std::string> shown; ///< in no order; `said` is one of them
};

/// How many a member chooses from: whoever does not hear the call finds it once in so many times.
inline constexpr std::size_t numbers_shown = 6;

/// Two digits each. No two of them are taken for one another on the phone or with the digits turned round.
CheckNumbers make_check_numbers();

/// 13 and 31; 13 and 30.
bool sound_alike(int a, int b);

} // namespace portico::central
