#include "shared/base/rfc3339.h"
#include "tests/support/catch.h"

using namespace portico;

TEST_CASE("rfc3339: a time goes out with microseconds and comes back the same") {
    auto const time = from_micros(1'767'225'599'123'456);
    CHECK(to_rfc3339(time) == "2025-12-31T23:59:59.123456Z");
    CHECK(from_rfc3339("2025-12-31T23:59:59.123456Z").value() == time);
    CHECK(to_micros(from_rfc3339("1970-01-01T00:00:01Z").value()) == 1'000'000);
    CHECK(to_micros(from_rfc3339("1970-01-01T00:00:00.5Z").value()) == 500'000);
}

TEST_CASE("rfc3339: what is not a UTC time of the calendar is refused") {
    for (auto const* text : {"", "2025-12-31", "2025-12-31T23:59:59", "2025-02-30T00:00:00Z",
                             "2025-12-31T24:00:00Z", "2025-12-31T23:59:59+01:00", "2025-12-31T23:59:59.Z",
                             "2025-12-31T23:59:59.1234567Z", "2025-12-31 23:59:59Z", "x025-12-31T23:59:59Z"})
        CHECK(from_rfc3339(text).has_error());
}
