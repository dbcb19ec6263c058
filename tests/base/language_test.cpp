#include "shared/base/language.h"
#include "tests/support/catch.h"

#include <limits>
#include <set>

using namespace portico;

namespace {

// LRI and PDI, as they stand around what is put into a text.
std::string apart(std::string const& text) {
    return "\u2066" + text + "\u2069";
}

} // namespace

TEST_CASE("language: each is offered once, under its tag, and a tag with a country is the same language") {
    std::set<std::string_view> codes;
    for (auto const& language : offered_languages()) {
        CHECK(codes.insert(language.code).second);
        CHECK(find_language(language.code) == &language);
        CHECK_FALSE(language.own_name.empty());
    }
    CHECK(codes == std::set<std::string_view>{"en", "es", "ar", "km"});
    CHECK(find_language("es-US") == find_language("es"));
    CHECK(find_language("e") == nullptr);
    CHECK(find_language("") == nullptr);
    CHECK(direction_of("ar-EG") == Direction::RightToLeft);
    CHECK(direction_of("km") == Direction::LeftToRight);
    CHECK(direction_of("xx") == Direction::LeftToRight);
}

TEST_CASE("language: plural forms are those of CLDR") {
    struct Row {
        std::int64_t number;
        std::size_t english, arabic, khmer;
    };
    // Sample values of CLDR's plurals.xml for "ar": zero, one, two, few, many, other.
    constexpr Row rows[] = {{0, 1, 0, 0},    {1, 0, 1, 0},    {2, 1, 2, 0},    {3, 1, 3, 0},   {10, 1, 3, 0},
                            {11, 1, 4, 0},   {26, 1, 4, 0},   {99, 1, 4, 0},   {100, 1, 5, 0}, {101, 1, 5, 0},
                            {102, 1, 5, 0},  {103, 1, 3, 0},  {110, 1, 3, 0},  {111, 1, 4, 0}, {200, 1, 5, 0},
                            {1003, 1, 3, 0}, {1011, 1, 4, 0}, {10000, 1, 5, 0}};
    for (auto const& row : rows) {
        INFO(row.number);
        CHECK(plural_form("en", row.number) == row.english);
        CHECK(plural_form("ar", row.number) == row.arabic);
        CHECK(plural_form("ar", -row.number) == row.arabic);
        CHECK(plural_form("km", row.number) == row.khmer);
    }
    CHECK(plural_form("ar", std::numeric_limits<std::int64_t>::min()) == 3); // ...808
    for (auto const& language : offered_languages())
        for (std::int64_t number = 0; number < 300; ++number)
            CHECK(plural_form(language.code, number) < language.plural_forms);
}

TEST_CASE("language: a paragraph runs as its first letter outside of what is set apart") {
    using enum Direction;
    CHECK(paragraph_direction("Riverside Clinic", "ar") == LeftToRight);
    CHECK(paragraph_direction("مرحبًا Alex", "en") == RightToLeft);
    CHECK(paragraph_direction("3 مارس 2026", "ar") == RightToLeft);
    CHECK(paragraph_direction(apart("Riverside Clinic") + " طلب", "ar") == RightToLeft);
    CHECK(paragraph_direction(apart("עברית") + " abc", "ar") == LeftToRight);
    // Figures and signs alone run to the right, in Arabic too.
    for (auto const* figures :
         {"$1,140.00", "\u2212$142.00", "555-0100", "(555) 555-0100", "03/12/2026", "\u2013", ""})
        CHECK(paragraph_direction(figures, "ar") == LeftToRight);
    // What is put together from them stands in the order of the words.
    CHECK(paragraph_direction(apart("1") + " \u2013 " + apart("2"), "ar") == RightToLeft);
    CHECK(paragraph_direction(apart("1") + " \u2013 " + apart("2"), "en") == LeftToRight);
    CHECK(paragraph_direction("ភាសា", "km") == LeftToRight);
    CHECK(paragraph_direction("\u0661\u0662 abc", "ar") ==
          LeftToRight); // Arabic-Indic figures are no letters
    CHECK(paragraph_direction("\u2069\u2069مرحبًا", "ar") == RightToLeft);
    CHECK(paragraph_direction("\xff\xc0", "ar") == LeftToRight); // no UTF-8
}

TEST_CASE("language: what is put into a text that runs to the left is set apart, and cannot end that") {
    CHECK(isolated("$86.00", "ar") == apart("$86.00"));
    CHECK(isolated("$86.00", "en") == "$86.00");
    CHECK(isolated("a\u2069\u202eb\u2066c", "ar") == apart("abc"));
    CHECK(isolated("3 مارس 2026", "ar") == "\u20673 مارس 2026\u2069");
    CHECK(in_isolate(apart("x") + " نص", "ar") == "\u2067" + apart("x") + " نص\u2069");
    CHECK(in_isolate(apart("1") + apart("2"), "ar") == "\u2067" + apart("1") + apart("2") + "\u2069");
    CHECK(without_direction_marks(apart("é") + "\u202a\u2068\u202c") == "é");
    CHECK(without_direction_marks("\u200bខ្មែរ\u200d") == "\u200bខ្មែរ\u200d"); // line breaks and joiners stay
}
