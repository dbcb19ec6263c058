// link: portico_domain
#include "shared/domain/card_barcode.h"

#include <cstdint>
#include <cstdlib>

/// Whatever is scanned: no crash, and what is accepted is exactly what encoding it again gives.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const payload(reinterpret_cast<char const*>(data), size);
    auto const card = portico::parse_card_barcode(payload);
    if (card.has_error())
        return 0;
    auto const again = portico::encode_card_barcode(card.value());
    if (again.has_error() || again.value() != payload)
        std::abort();
    return 0;
}
