// link: portico_domain
#include "shared/domain/decimal.h"

#include <cstdlib>

using portico::Decimal;

namespace {
void must(bool holds) {
    if (!holds)
        std::abort();
}
} // namespace

/// Whatever parses keeps its text, equals itself read again from its shortest text, and adds up exactly.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    auto const parsed = Decimal::parse(text);
    if (!parsed)
        return 0;
    auto const& value = parsed.value();
    must(value.text() == text);
    must((value - value).is_zero());
    must(-(-value) == value);
    must((value + value) - value == value);
    auto const shortest = (value + Decimal{}).text();
    auto const again = Decimal::parse(shortest);
    must(again.has_value() && again.value() == value);
    auto const cents = value.to_cents();
    if (cents) {
        auto const rounded = Decimal::from_cents(cents.value());
        must(value.is_whole_cents() == (rounded == value));
        auto const off = rounded - value;
        auto const half = Decimal::parse("0.005").value();
        must(off <= half && -off <= half);
    }
    return 0;
}
