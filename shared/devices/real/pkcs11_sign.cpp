#include "shared/devices/real/pkcs11_card.h"

#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>

namespace portico {

namespace {

// DigestInfo of SHA-256, RFC 8017 section 9.2: cards sign it raw, and every one of them can.
constexpr std::uint8_t sha256_digest_info[] = {0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                               0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};

Error blocked() {
    return error(ErrorKind::Locked, "card_pin_blocked", "the card's PIN is blocked; its issuer can help");
}

Error wrong_pin(Pkcs11Module const& module, CK_SLOT_ID slot) {
    auto wrong = error(ErrorKind::Refused, "card_pin_wrong", "the card's PIN was wrong");
    auto const token = read_token(module, slot);
    if (token && token->pin == ChipCardPin::Blocked)
        return blocked();
    if (token && token->pin == ChipCardPin::LastTry)
        wrong.tries_left = 1;
    return wrong;
}

/// CKR_OK, or the error.
Result<void> log_in(Pkcs11Session const& session, CK_SLOT_ID slot, CK_USER_TYPE user, Secret const& pin) {
    auto const& module = session.module();
    Bytes text(pin.bytes().begin(), pin.bytes().end()); // C_Login takes it unconst
    auto code = module->C_Login(session.handle(), user, text.data(), text.size());
    if (code == CKR_USER_ALREADY_LOGGED_IN) {
        // Somebody's earlier login would make any PIN look right.
        module->C_Logout(session.handle());
        code = module->C_Login(session.handle(), user, text.data(), text.size());
    }
    wipe(text.data(), text.size());
    switch (code) {
    case CKR_OK:
        return ok();
    case CKR_PIN_INCORRECT:
        return wrong_pin(module, slot);
    case CKR_PIN_LOCKED:
        return blocked();
    case CKR_PIN_LEN_RANGE:
    case CKR_PIN_INVALID:
    case CKR_ARGUMENTS_BAD:
        return error(ErrorKind::InvalidInput, "card_pin_length", "the card takes no such PIN");
    default:
        return pkcs11_error(code);
    }
}

/// Logs out when it goes, so that the next person's PIN is asked of the card again. Stands before the login:
/// one whose answer was lost may be in force all the same.
struct LogOut {
    Pkcs11Session const& session;
    CK_SLOT_ID slot;
    ~LogOut() {
        for (int tries = 0; tries < 2; ++tries)
            if (auto const code = session.module()->C_Logout(session.handle());
                code == CKR_OK || code == CKR_USER_NOT_LOGGED_IN)
                return;
        // With the last session on a card the login ends, whatever the card answers.
        session.module()->C_CloseAllSessions(slot);
    }
};

Bytes sha256_of(ByteView bytes) {
    Bytes out(32);
    EVP_Digest(bytes.data(), bytes.size(), out.data(), nullptr, EVP_sha256(), nullptr);
    return out;
}

/// PKCS#11 gives r and s side by side; everybody else wants DER.
Result<Bytes> ecdsa_der(Bytes const& raw) {
    std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> const pair(ECDSA_SIG_new(), ECDSA_SIG_free);
    int const half = static_cast<int>(raw.size() / 2);
    auto* r = BN_bin2bn(raw.data(), half, nullptr);
    auto* s = BN_bin2bn(raw.data() + half, half, nullptr);
    if (!pair || half == 0 || ECDSA_SIG_set0(pair.get(), r, s) != 1) {
        BN_free(r);
        BN_free(s);
        return error(ErrorKind::Unavailable, "card_unreadable", "the card's signature is malformed");
    }
    unsigned char* der = nullptr;
    int const size = i2d_ECDSA_SIG(pair.get(), &der);
    if (size <= 0)
        return error(ErrorKind::Internal, "out_of_memory");
    Bytes out(der, der + size);
    OPENSSL_free(der);
    return out;
}

Result<Bytes> sign(Pkcs11Session const& session, CK_SLOT_ID slot, CK_OBJECT_HANDLE key, CK_MECHANISM_TYPE how,
                   Bytes input, Secret const& pin) {
    auto const& module = session.module();
    CK_MECHANISM mechanism{how, nullptr, 0};
    if (auto const code = module->C_SignInit(session.handle(), &mechanism, key); code != CKR_OK)
        return pkcs11_error(code);
    auto const again = TRY(session.attribute(key, CKA_ALWAYS_AUTHENTICATE));
    if (again.size() == 1 && again.front() == CK_TRUE)
        TRY(log_in(session, slot, CKU_CONTEXT_SPECIFIC, pin));
    Bytes out(1024);
    CK_ULONG size = out.size();
    auto const code = module->C_Sign(session.handle(), input.data(), input.size(), out.data(), &size);
    if (code != CKR_OK)
        return pkcs11_error(code);
    if (size > out.size())
        return error(ErrorKind::Unavailable, "card_unreadable", "the card's signature is malformed");
    out.resize(size);
    return out;
}

Result<void> check_length(Pkcs11Module const& module, CK_SLOT_ID slot, Secret const& pin) {
    auto const token = read_token(module, slot);
    if (!token)
        return pkcs11_error(CKR_DEVICE_ERROR); // whether it was pulled, the slots tell
    if (token->pin == ChipCardPin::Blocked)
        return blocked();
    if (pin.empty() || pin.size() < token->pin_bytes_min ||
        (token->pin_bytes_max > 0 && pin.size() > token->pin_bytes_max))
        return error(ErrorKind::InvalidInput, "card_pin_length", "the card takes no PIN of that length");
    return ok();
}

Error no_certificate() {
    return error(ErrorKind::NotFound, "card_no_certificate", "the card holds no certificate with its key");
}

} // namespace

Result<ChipCardProof> sign_with_card(Pkcs11Module const& module, CK_SLOT_ID slot, ByteView challenge,
                                     Secret const& pin, std::stop_token const& cancel) {
    std::optional<Pkcs11Session> opened;
    if (auto const code = Pkcs11Session::open(module, slot, false, opened); code != CKR_OK)
        return pkcs11_error(code);
    auto const& session = *opened;
    auto const certificate = TRY(find_certificate(session));
    if (!certificate)
        return no_certificate();
    TRY(check_length(module, slot, pin));
    if (cancel.stop_requested())
        return error(ErrorKind::Cancelled, "cancelled");
    LogOut const at_end{session, slot};
    TRY(log_in(session, slot, CKU_USER, pin));
    CK_OBJECT_CLASS kind = CKO_PRIVATE_KEY;
    auto id = certificate->id;
    auto const keys = TRY(session.find({{CKA_CLASS, &kind, sizeof kind}, {CKA_ID, id.data(), id.size()}}));
    if (keys.empty())
        return no_certificate();
    ChipCardProof proof{certificate->der, {}, ChipCardScheme::RsaPkcs1Sha256};
    auto const digest = sha256_of(challenge);
    if (TRY(session.number(keys.front(), CKA_KEY_TYPE)) == CKK_EC) {
        proof.scheme = ChipCardScheme::EcdsaSha256;
        proof.signature = TRY(ecdsa_der(TRY(sign(session, slot, keys.front(), CKM_ECDSA, digest, pin))));
    } else {
        Bytes input(std::begin(sha256_digest_info), std::end(sha256_digest_info));
        input.insert(input.end(), digest.begin(), digest.end());
        proof.signature = TRY(sign(session, slot, keys.front(), CKM_RSA_PKCS, std::move(input), pin));
    }
    return proof;
}

} // namespace portico
