// link: portico_api portico_crypto
// The body of an opened operation: read strictly, and what was read comes out the same again.
#include "shared/api/json.h"
#include "shared/api/operations.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace portico;
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    auto const operation = api::from_json<api::Operation>(text, api::UnknownFields::Refuse);
    if (operation.has_error())
        return 0;
    auto const out = api::to_json(operation.value());
    auto const again = api::from_json<api::Operation>(out, api::UnknownFields::Refuse);
    if (again.has_error() || api::to_json(again.value()) != out)
        std::abort();
    return 0;
}
