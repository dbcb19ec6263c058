#include "agent/app/typed_date.h"

#include "shared/domain/date.h"

namespace portico::agent {

std::optional<std::string> iso_date(std::string const& typed) {
    if (typed.size() != 10)
        return std::nullopt;
    auto iso = typed.substr(6) + "-" + typed.substr(0, 2) + "-" + typed.substr(3, 2);
    auto const day = Date::parse(iso);
    if (day.has_error() || !day.value().has_day() || day.value().text() != iso)
        return std::nullopt;
    return iso;
}

} // namespace portico::agent
