// link: portico_central_lib
// What a terminal may put into a request's target: split, decoded, never more than it says.
#include "central/changes/cursor.h"
#include "central/http/http_message.h"
#include "shared/base/encoding.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace portico;
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    auto const target = central::parse_target(text);
    if (target.has_value())
        for (auto const& [name, value] : target.value().query)
            if (!is_utf8(name) || !is_utf8(value) || name.size() + value.size() > size)
                std::abort();
    if (auto const cursor = central::parse_cursor(text))
        if (central::parse_cursor(central::to_text(*cursor)) != cursor)
            std::abort();
    return 0;
}
