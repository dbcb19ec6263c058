#include "shared/domain/date.h"

#include <array>
#include <cstdio>
#include <optional>

namespace portico {

namespace {

Error invalid_date() {
    return error(ErrorKind::InvalidInput, "date_invalid",
                 "a date is not YYYY, YYYY-MM, YYYY-MM-DD or a FHIR dateTime");
}

/// The number that the `count` characters at `at` spell, or nothing.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
    if (text.size() < at + count)
        return std::nullopt;
    int value = 0;
    for (char const c : text.substr(at, count)) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

bool in_range(std::optional<int> value, int low, int high) {
    return value && *value >= low && *value <= high;
}

/// "", "Z", "+hh:mm", "-hh:mm". FHIR wants a zone beside a time; senders leave it out.
bool is_zone(std::string_view text) {
    if (text.empty() || text == "Z" || text == "z")
        return true;
    return text.size() == 6 && (text[0] == '+' || text[0] == '-') && in_range(digits(text, 1, 2), 0, 23) &&
           text[3] == ':' && in_range(digits(text, 4, 2), 0, 59);
}

/// What follows "T": hh:mm, seconds and their fraction if given, zone.
bool is_time(std::string_view text) {
    if (!in_range(digits(text, 0, 2), 0, 23) || text.size() < 5 || text[2] != ':' ||
        !in_range(digits(text, 3, 2), 0, 59))
        return false;
    std::size_t at = 5;
    if (at < text.size() && text[at] == ':') {
        if (!in_range(digits(text, at + 1, 2), 0, 60)) // 60: a leap second
            return false;
        at += 3;
        if (at < text.size() && text[at] == '.') {
            std::size_t const fraction_at = ++at;
            while (at < text.size() && text[at] >= '0' && text[at] <= '9')
                ++at;
            if (at == fraction_at)
                return false;
        }
    }
    return is_zone(text.substr(at));
}

std::chrono::year_month_day first_day(Date date) {
    return std::chrono::year{date.year} /
           std::chrono::month{static_cast<unsigned>(date.month == 0 ? 1 : date.month)} /
           std::chrono::day{static_cast<unsigned>(date.day == 0 ? 1 : date.day)};
}

/// The last day a date of its precision may stand for.
std::int64_t last_day_number(Date date) {
    if (date.has_day())
        return day_number(date);
    Date const next =
        date.month == 0 || date.month == 12 ? Date{date.year + 1, 1, 1} : Date{date.year, date.month + 1, 1};
    return day_number(next) - 1;
}

} // namespace

Result<Date> Date::parse(std::string_view text) {
    Date out;
    auto const year = digits(text, 0, 4);
    if (!in_range(year, 1, 9999))
        return invalid_date();
    out.year = *year;
    if (text.size() == 4)
        return out;

    auto const month = digits(text, 5, 2);
    if (text[4] != '-' || !in_range(month, 1, 12))
        return invalid_date();
    out.month = *month;
    if (text.size() == 7)
        return out;

    auto const day = digits(text, 8, 2);
    if (text[7] != '-' || !in_range(day, 1, 31))
        return invalid_date();
    out.day = *day;
    if (!first_day(out).ok())
        return invalid_date();
    if (text.size() > 10 && (text[10] != 'T' || !is_time(text.substr(11))))
        return invalid_date();
    return out;
}

std::string Date::text() const {
    if (is_empty())
        return {};
    if (year >= 0 && year <= 9999 && month <= 99 && day <= 99) {
        // Every date of every record passes here: not by printf.
        auto const digit = [](int number, int tens) { return static_cast<char>('0' + number / tens % 10); };
        std::string text{digit(year, 1000), digit(year, 100), digit(year, 10), digit(year, 1)};
        for (int const part : {month, day}) {
            if (part == 0)
                break;
            text.append({'-', digit(part, 10), digit(part, 1)});
        }
        return text;
    }
    std::array<char, 40> buffer{};
    if (month == 0) {
        std::snprintf(buffer.data(), buffer.size(), "%04d", year);
    } else if (day == 0) {
        std::snprintf(buffer.data(), buffer.size(), "%04d-%02d", year, month);
    } else {
        std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02d", year, month, day);
    }
    return buffer.data();
}

std::int64_t day_number(Date date) {
    return std::chrono::sys_days{first_day(date)}.time_since_epoch().count();
}

Date date_from_day_number(std::int64_t days) {
    std::chrono::year_month_day const ymd{std::chrono::sys_days{std::chrono::days{days}}};
    return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
            static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

int age_on(Date birth, Date on) {
    auto const born = first_day(birth);
    auto const then = first_day(on);
    bool const had_birthday =
        then.month() > born.month() || (then.month() == born.month() && then.day() >= born.day());
    return on.year - birth.year - (had_birthday ? 0 : 1);
}

bool Period::contains(Date day) const {
    if (day.is_empty())
        return false;
    bool const after_start = start.is_empty() || last_day_number(day) >= day_number(start);
    bool const before_end = end.is_empty() || day_number(day) <= last_day_number(end);
    return after_start && before_end;
}

} // namespace portico
