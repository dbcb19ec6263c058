#include "shared/domain/money.h"

namespace portico {

std::string plain_text(Money amount) {
    bool const negative = amount.cents < 0;
    // The magnitude of the smallest int64 has no int64.
    std::uint64_t const magnitude =
        negative ? 0 - static_cast<std::uint64_t>(amount.cents) : static_cast<std::uint64_t>(amount.cents);
    std::string const fraction = std::to_string(magnitude % 100);
    return (negative ? "-" : "") + std::to_string(magnitude / 100) + (fraction.size() < 2 ? ".0" : ".") +
           fraction;
}

} // namespace portico
