// link: portico_webauthn

#include "central/auth/webauthn/assertion.h"
#include "central/auth/webauthn/attestation.h"
#include "central/auth/webauthn/client_data.h"
#include "central/auth/webauthn/cose_key.h"

#include <cstdint>
#include <cstdlib>

using namespace portico;
using namespace portico::central;

/// Whatever a terminal sends as a key's answer: no crash, nothing read past its end, and never accepted, for
/// no input carries the challenge.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static Bytes const challenge(32, 0x5A);
    ByteView const input(data, size);
    std::size_t used = 0;
    auto const key = parse_cose_key(input, used);
    if (key.has_value() && used > size)
        std::abort();
    auto const parsed = parse_authenticator_data(input);
    if (parsed.has_value() && parsed.value().credential) {
        auto const& credential = *parsed.value().credential;
        if (credential.id.size() + credential.cose_key.size() > size)
            std::abort();
    }
    static_cast<void>(parse_client_data(as_text(input)));

    static constexpr std::string_view client_data =
        R"({"type":"webauthn.create","challenge":"Wlpa","origin":"https://plan.example.org"})";
    for (auto const& text : {client_data, as_text(input)})
        if (verify_registration({challenge, "plan.example.org", "https://plan.example.org"},
                                {input, input, text})
                .has_value())
            std::abort();
    // The same bytes with the right challenge reach the attestation itself.
    static Bytes const known{0x5A, 0x5A, 0x5A};
    static_cast<void>(verify_registration({known, "plan.example.org", "https://plan.example.org"},
                                          {input, input, client_data}));
    return 0;
}
