// link: portico_api
#include "shared/api/set_up_label.h"

#include <cstdint>
#include <cstdlib>

using namespace portico;

namespace {

bool same(api::SetUpLabel const& one, api::SetUpLabel const& other) {
    return one.enroll_at == other.enroll_at && one.serve_at == other.serve_at &&
           one.fingerprint == other.fingerprint && one.code.reveal() == other.code.reveal();
}

/// What was read as an address is one, and stays as it is however often it is read.
void check_address(std::string_view typed, std::uint16_t port) {
    auto const read = api::central_address(typed, port);
    if (read.has_error())
        return;
    auto const again = api::central_address(read.value(), port);
    if (again.has_error() || again.value() != read.value() ||
        api::central_address(api::at_port(read.value(), port), port).has_error())
        std::abort();
}

} // namespace

/// Whatever is scanned or typed at a kiosk that is set up: no crash, and what is accepted comes back from
/// what encoding it gives. A fingerprint that is a pin is none that a label has.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    check_address(text, api::enroll_port_usual);
    static_cast<void>(api::certificate_fingerprint(text));
    static_cast<void>(api::is_enrollment_code(text));
    auto const label = api::parse_set_up_label(text);
    if (label.has_error())
        return 0;
    auto const encoded = api::encode_set_up_label(label.value());
    if (encoded.has_error())
        std::abort();
    auto const again = api::parse_set_up_label(encoded.value().reveal());
    if (again.has_error() || !same(label.value(), again.value()))
        std::abort();
    return 0;
}
