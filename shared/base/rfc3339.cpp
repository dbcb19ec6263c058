#include "shared/base/rfc3339.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <optional>

namespace portico {

std::string to_rfc3339(UtcTime time) {
    using namespace std::chrono;
    auto const day = floor<days>(time);
    year_month_day const date(day);
    hh_mm_ss const clock(time - day);
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
                  static_cast<int>(clock.subseconds().count()));
    return text.data();
}

namespace {
std::optional<int> digits(std::string_view text, std::size_t from, std::size_t count) {
    int value = 0;
    for (std::size_t i = from; i < from + count; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}
} // namespace

Result<UtcTime> from_rfc3339(std::string_view text) {
    using namespace std::chrono;
    auto const invalid = [] {
        return error(ErrorKind::InvalidInput, "time_invalid",
                     "a time must look like 2026-01-31T23:59:59.000000Z");
    };
    constexpr std::string_view shape = "dddd-dd-ddTdd:dd:dd";
    if (text.size() < shape.size() + 1 || text.back() != 'Z' || text.size() > 27)
        return invalid();
    for (std::size_t i = 0; i < shape.size(); ++i)
        if (shape[i] != 'd' && shape[i] != text[i])
            return invalid();
    int micros = 0;
    if (text.size() > shape.size() + 1) {
        auto const count = text.size() - shape.size() - 2;
        auto const fraction = digits(text, shape.size() + 1, count);
        if (text[shape.size()] != '.' || count == 0 || !fraction)
            return invalid();
        micros = *fraction;
        for (auto i = count; i < 6; ++i)
            micros *= 10;
    }
    auto const y = digits(text, 0, 4), mo = digits(text, 5, 2), d = digits(text, 8, 2);
    auto const h = digits(text, 11, 2), mi = digits(text, 14, 2), s = digits(text, 17, 2);
    if (!y || !mo || !d || !h || !mi || !s || *h > 23 || *mi > 59 || *s > 59)
        return invalid();
    year_month_day const date(year(*y), month(static_cast<unsigned>(*mo)), day(static_cast<unsigned>(*d)));
    if (!date.ok())
        return invalid();
    return UtcTime(sys_days(date)) + hours(*h) + minutes(*mi) + seconds(*s) + microseconds(micros);
}

} // namespace portico
