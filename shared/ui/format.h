#pragma once

#include "shared/ui/message.h"

#include <functional>
#include <string>
#include <string_view>

namespace portico::ui {

/// Gives the text of a message of ui.json in the language that is being written ("number.group" -> ",").
using FormatWords = std::function<std::string(std::string_view id)>;

/// 1,234 as the language groups digits.
std::string format_number(std::int64_t value, FormatWords const& words);
/// $1,140.00; the sign stands first, as U+2212.
std::string format_money(Cents amount, FormatWords const& words);
std::string format_date(DateArg const& date, FormatWords const& words);
std::string format_time(TimeOfDay time, FormatWords const& words);

} // namespace portico::ui
