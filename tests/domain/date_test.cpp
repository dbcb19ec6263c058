#include "shared/domain/date.h"
#include "tests/support/catch.h"

using namespace portico;

namespace {
Date on(std::string_view text) {
    return Date::parse(text).value();
}
} // namespace

TEST_CASE("date: a date keeps the precision it was written with") {
    for (auto const* text : {"2019", "0003", "2019-07", "2019-07-02", "1915-01-31", "2024-02-29"})
        CHECK(on(text).text() == text);
    CHECK(on("2019") == Date{2019, 0, 0});
    CHECK_FALSE(on("2019-07").has_day());
    CHECK(Date{}.text().empty());
}

TEST_CASE("date: a time keeps the day as written, whatever its zone") {
    for (auto const* text :
         {"2021-03-18T10:23:00-05:00", "2021-03-18T23:59:60Z", "2021-03-18T00:00:00.000+14:00",
          "2021-03-18T10:23", "2021-03-18T10:23:00", "2021-03-18T10:23Z"})
        CHECK(on(text).text() == "2021-03-18");
}

TEST_CASE("date: what is no date is refused") {
    for (auto const* text : {"",
                             "0000",
                             "19",
                             "20190",
                             "2019-",
                             "2019-7",
                             "2019-13",
                             "2019-00",
                             "2019-07-",
                             "2019-07-00",
                             "2019-07-32",
                             "2019-02-29",
                             "1900-02-29",
                             "2019-04-31",
                             "2019/07/02",
                             "07/02/2019",
                             "2019-07-02 10:00",
                             "2019-07-02T",
                             "2019-07-02T10",
                             "2019-07-02T24:00:00Z",
                             "2019-07-02T10:60Z",
                             "2019-07-02T10:00:00.Z",
                             "2019-07-02T10:00:00+5",
                             "2019-07-02Z",
                             "IGNORED_FIELD",
                             "-019-01-01",
                             "2019-07T10:00Z"}) {
        auto const result = Date::parse(text);
        REQUIRE(result.has_error());
        CHECK(result.error().reason == "date_invalid");
    }
}

TEST_CASE("date: day numbers count from 1970 and go there and back") {
    CHECK(day_number(on("1970-01-01")) == 0);
    CHECK(day_number(on("1969-12-31")) == -1);
    CHECK(day_number(on("2000-03-01")) == 11017); // 30 years * 365 + 7 leap days + 31 + 29
    CHECK(day_number(on("2019")) == day_number(on("2019-01-01")));
    CHECK(day_number(on("2019-07")) == day_number(on("2019-07-01")));
    for (std::int64_t day = -800'000; day < 800'000; day += 97)
        CHECK(day_number(date_from_day_number(day)) == day);
}

TEST_CASE("date: age is whole years and changes on the birthday") {
    CHECK(age_on(on("1984-05-17"), on("2024-05-16")) == 39);
    CHECK(age_on(on("1984-05-17"), on("2024-05-17")) == 40);
    CHECK(age_on(on("2004-02-29"), on("2025-02-28")) == 20);
    CHECK(age_on(on("2004-02-29"), on("2025-03-01")) == 21);
    CHECK(age_on(on("2004-02-29"), on("2024-02-29")) == 20);
    CHECK(age_on(on("1990"), on("2020-01-01")) == 30);
}

TEST_CASE("date: both ends of a period belong to it and an empty end is open") {
    Period const year{on("2025-01-01"), on("2025-12-31")};
    CHECK(year.contains(on("2025-01-01")));
    CHECK(year.contains(on("2025-12-31")));
    CHECK_FALSE(year.contains(on("2024-12-31")));
    CHECK_FALSE(year.contains(on("2026-01-01")));
    CHECK_FALSE(year.contains(Date{}));

    Period const open{on("2025-06-01"), {}};
    CHECK(open.contains(on("9999-12-31")));
    CHECK_FALSE(open.contains(on("2025-05-31")));
    CHECK(Period{}.contains(on("0003")));
}

TEST_CASE("date: an end without a day lasts to the last day it names") {
    Period const spring{on("2024-02"), on("2024-04")};
    CHECK(spring.contains(on("2024-02-01")));
    CHECK(spring.contains(on("2024-04-30")));
    CHECK_FALSE(spring.contains(on("2024-05-01")));
    CHECK(Period{on("2020"), on("2021")}.contains(on("2021-12-31")));
    // A day known only by its year or month is inside when any of its days is.
    CHECK(spring.contains(on("2024")));
    CHECK(Period{on("2024-02-15"), on("2024-02-20")}.contains(on("2024-02")));
    CHECK_FALSE(spring.contains(on("2023")));
    CHECK_FALSE(spring.contains(on("2024-12")));
}
