#include "tests/support/rounds.h"

#include "tests/support/catch.h"

#include <charconv>
#include <cstdlib>
#include <string_view>

namespace portico::test {

Rounds::Rounds(std::uint64_t in_suite, std::uint64_t first_in_suite)
    : first_(first_in_suite), count_(in_suite) {
    char const* const wish = std::getenv("PORTICO_ROUNDS");
    if (wish == nullptr)
        return;
    std::string_view const text = wish;
    INFO("PORTICO_ROUNDS=" << text);
    auto const first = std::from_chars(text.data(), text.data() + text.size(), first_);
    REQUIRE(first.ec == std::errc());
    REQUIRE(*first.ptr == ':');
    auto const count = std::from_chars(first.ptr + 1, text.data() + text.size(), count_);
    REQUIRE(count.ec == std::errc());
    REQUIRE(count.ptr == text.data() + text.size());
}

} // namespace portico::test
