#include "shared/ui/format.h"

#include <cstdlib>

namespace portico::ui {
namespace {

std::string grouped(std::uint64_t value, std::string const& separator) {
    std::string const digits = std::to_string(value);
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0)
            out += separator;
        out += digits[i];
    }
    return out;
}

std::uint64_t magnitude(std::int64_t value) {
    return value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

constexpr std::string_view minus_sign = "\u2212";

std::string fill(std::string pattern, std::string_view name, std::string_view value) {
    std::string const slot = "{" + std::string(name) + "}";
    for (auto at = pattern.find(slot); at != std::string::npos; at = pattern.find(slot, at + value.size()))
        pattern.replace(at, slot.size(), value);
    return pattern;
}

std::string_view pattern_id(DateLength length) {
    switch (length) {
    case DateLength::Long:
        return "ui.date.long";
    case DateLength::Short:
        return "ui.date.short";
    case DateLength::MonthDay:
        return "ui.date.month_day";
    case DateLength::Month:
        return "ui.date.month";
    case DateLength::MonthYear:
        return "ui.date.month_year";
    }
    return "ui.date.long";
}

} // namespace

std::string format_number(std::int64_t value, FormatWords const& words) {
    std::string const text = grouped(magnitude(value), words("ui.number.group"));
    return value < 0 ? std::string(minus_sign) + text : text;
}

std::string format_money(Cents amount, FormatWords const& words) {
    std::uint64_t const cents = magnitude(amount.cents);
    std::string digits;
    if (amount.whole) {
        digits = grouped((cents + 50) / 100, words("ui.number.group"));
    } else {
        digits = grouped(cents / 100, words("ui.number.group")) + words("ui.number.decimal");
        digits += static_cast<char>('0' + cents / 10 % 10);
        digits += static_cast<char>('0' + cents % 10);
    }
    std::string const text = fill(words("ui.number.money"), "digits", digits);
    bool const negative = amount.cents < 0 && (!amount.whole || cents >= 50);
    return negative ? std::string(minus_sign) + text : text;
}

std::string format_date(DateArg const& date, FormatWords const& words) {
    if (!date.date.ok())
        return words("ui.date.unknown");
    auto const month = std::to_string(static_cast<unsigned>(date.date.month()));
    bool const named_in_full = date.length == DateLength::Long || date.length == DateLength::MonthYear;
    std::string text = words(pattern_id(date.length));
    text =
        fill(std::move(text), "month", words((named_in_full ? "ui.month.long_" : "ui.month.short_") + month));
    text = fill(std::move(text), "day", std::to_string(static_cast<unsigned>(date.date.day())));
    return fill(std::move(text), "year", std::to_string(static_cast<int>(date.date.year())));
}

std::string format_time(TimeOfDay time, FormatWords const& words) {
    int const hour = time.hour % 12 == 0 ? 12 : time.hour % 12;
    std::string text = words(time.hour < 12 ? "ui.time.morning" : "ui.time.afternoon");
    text = fill(std::move(text), "hour", std::to_string(hour));
    std::string minute = std::to_string(time.minute);
    return fill(std::move(text), "minute", minute.size() < 2 ? "0" + minute : minute);
}

} // namespace portico::ui
