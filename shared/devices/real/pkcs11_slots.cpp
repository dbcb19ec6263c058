#include "shared/devices/real/pkcs11_card.h"

#include <algorithm>
#include <openssl/x509v3.h>

namespace portico {

namespace {

constexpr CK_ULONG slots_max = 32;

/// PKCS#11 texts are padded with spaces.
template <std::size_t N>
std::string unpadded(unsigned char const (&text)[N]) {
    std::string_view all(reinterpret_cast<char const*>(text), N);
    auto const end = all.find_last_not_of(' ');
    return std::string(all.substr(0, end == all.npos ? 0 : end + 1));
}

bool may_sign(Bytes const& der) {
    auto const* at = der.data();
    std::unique_ptr<X509, decltype(&X509_free)> const certificate(
        d2i_X509(nullptr, &at, static_cast<long>(der.size())), X509_free);
    if (!certificate || X509_check_ca(certificate.get()) != 0)
        return false;
    auto const usage = X509_get_key_usage(certificate.get()); // all bits when the extension is absent
    return (usage & KU_DIGITAL_SIGNATURE) != 0;
}

} // namespace

Pkcs11Slots look_at_slots(Pkcs11Module const& module, std::string const& token_label) {
    Pkcs11Slots found;
    CK_SLOT_ID slots[slots_max];
    // Asking for the count first is what makes OpenSC look for new readers.
    CK_ULONG count = 0;
    if (module->C_GetSlotList(CK_FALSE, nullptr, &count) != CKR_OK)
        return found;
    found.reader_present = count > 0;
    count = slots_max;
    if (module->C_GetSlotList(CK_TRUE, slots, &count) != CKR_OK)
        return found;
    // A module may say more than it was given room for.
    for (CK_ULONG i = 0; i < std::min(count, slots_max); ++i) {
        auto const token = read_token(module, slots[i]);
        // A card that cannot be read counts as a card, unless a certain one is wanted.
        if (token_label.empty() || (token && token->label == token_label)) {
            found.with_card = slots[i];
            break;
        }
    }
    return found;
}

std::optional<Pkcs11Token> read_token(Pkcs11Module const& module, CK_SLOT_ID slot) {
    CK_TOKEN_INFO info{};
    if (module->C_GetTokenInfo(slot, &info) != CKR_OK || (info.flags & CKF_TOKEN_INITIALIZED) == 0)
        return std::nullopt;
    auto pin = ChipCardPin::Ready;
    if ((info.flags & CKF_USER_PIN_LOCKED) != 0)
        pin = ChipCardPin::Blocked;
    else if ((info.flags & CKF_USER_PIN_FINAL_TRY) != 0)
        pin = ChipCardPin::LastTry;
    else if ((info.flags & CKF_USER_PIN_COUNT_LOW) != 0)
        pin = ChipCardPin::Low;
    return Pkcs11Token{unpadded(info.label), pin, info.ulMinPinLen, info.ulMaxPinLen};
}

Result<std::optional<Pkcs11Certificate>> find_certificate(Pkcs11Session const& session) {
    CK_OBJECT_CLASS kind = CKO_CERTIFICATE;
    CK_CERTIFICATE_TYPE type = CKC_X_509;
    auto const found =
        TRY(session.find({{CKA_CLASS, &kind, sizeof kind}, {CKA_CERTIFICATE_TYPE, &type, sizeof type}}));
    for (auto const object : found) {
        // One by one: g++ 12 leaks what a braced list holds when a TRY in it returns.
        Pkcs11Certificate certificate;
        certificate.der = TRY(session.attribute(object, CKA_VALUE));
        certificate.id = TRY(session.attribute(object, CKA_ID));
        if (!certificate.id.empty() && may_sign(certificate.der))
            return std::optional(std::move(certificate));
    }
    return std::optional<Pkcs11Certificate>{};
}

} // namespace portico
