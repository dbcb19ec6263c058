// link: portico_domain
#include "shared/domain/date.h"

#include <cstdlib>

using portico::Date;

namespace {
void must(bool holds) {
    if (!holds)
        std::abort();
}
} // namespace

/// Whatever parses keeps its precision, reads again from its text, and goes to a day number and back.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    auto const parsed = Date::parse(text);
    if (!parsed)
        return 0;
    auto const date = parsed.value();
    auto const written = date.text();
    must(!date.is_empty() && text.substr(0, written.size()) == written);
    must(Date::parse(written).value() == date);
    auto const back = portico::date_from_day_number(portico::day_number(date));
    must(back.year == date.year);
    must(date.has_day() ? back == date : back.day == 1);
    must(portico::Period{date, date}.contains(date));
    must(portico::age_on(date, date) == 0);
    return 0;
}
