#include "shared/devices/virtual/soft_card.h"

#include "shared/devices/real/pkcs11_card.h"

#include <cstdlib>
#include <fstream>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace portico {

namespace {

constexpr std::size_t label_bytes = 32;

Error unwritable() {
    return error(ErrorKind::Internal, "soft_card_unwritable", "SoftHSM2 refused to make the card");
}

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

Bytes number(EVP_PKEY const* key, char const* name) {
    BIGNUM* value = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &value) != 1)
        return {};
    Bytes out(static_cast<std::size_t>(BN_num_bytes(value)));
    BN_bn2bin(value, out.data());
    BN_clear_free(value);
    return out;
}

Bytes subject_of(ByteView certificate) {
    auto const* at = certificate.data();
    std::unique_ptr<X509, decltype(&X509_free)> const parsed(
        d2i_X509(nullptr, &at, static_cast<long>(certificate.size())), X509_free);
    if (!parsed)
        return {};
    unsigned char* der = nullptr;
    int const size = i2d_X509_NAME(X509_get_subject_name(parsed.get()), &der);
    Bytes out(der, der + std::max(size, 0));
    OPENSSL_free(der);
    return out;
}

/// Attributes whose bytes live as long as this.
class Template {
public:
    void add(CK_ATTRIBUTE_TYPE type, Bytes bytes) {
        values_.push_back(std::make_unique<Bytes>(std::move(bytes)));
        attributes_.push_back({type, values_.back()->data(), values_.back()->size()});
    }
    template <class Number>
    void add_number(CK_ATTRIBUTE_TYPE type, Number value) {
        auto const* begin = reinterpret_cast<std::uint8_t const*>(&value);
        add(type, Bytes(begin, begin + sizeof value));
    }
    void add_flag(CK_ATTRIBUTE_TYPE type, bool value) { add(type, Bytes{static_cast<std::uint8_t>(value)}); }
    bool create(Pkcs11Session const& session) {
        CK_OBJECT_HANDLE object = 0;
        return session.module()->C_CreateObject(session.handle(), attributes_.data(), attributes_.size(),
                                                &object) == CKR_OK;
    }

private:
    std::vector<std::unique_ptr<Bytes>> values_;
    std::vector<CK_ATTRIBUTE> attributes_;
};

void add_rsa(Template& object, EVP_PKEY const* key) {
    object.add_number<CK_KEY_TYPE>(CKA_KEY_TYPE, CKK_RSA);
    static constexpr std::pair<CK_ATTRIBUTE_TYPE, char const*> parts[] = {
        {CKA_MODULUS, OSSL_PKEY_PARAM_RSA_N},
        {CKA_PUBLIC_EXPONENT, OSSL_PKEY_PARAM_RSA_E},
        {CKA_PRIVATE_EXPONENT, OSSL_PKEY_PARAM_RSA_D},
        {CKA_PRIME_1, OSSL_PKEY_PARAM_RSA_FACTOR1},
        {CKA_PRIME_2, OSSL_PKEY_PARAM_RSA_FACTOR2},
        {CKA_EXPONENT_1, OSSL_PKEY_PARAM_RSA_EXPONENT1},
        {CKA_EXPONENT_2, OSSL_PKEY_PARAM_RSA_EXPONENT2},
        {CKA_COEFFICIENT, OSSL_PKEY_PARAM_RSA_COEFFICIENT1}};
    for (auto const& [type, name] : parts)
        object.add(type, number(key, name));
}

void add_p256(Template& object, EVP_PKEY const* key) {
    object.add_number<CK_KEY_TYPE>(CKA_KEY_TYPE, CKK_EC);
    object.add(CKA_EC_PARAMS, {0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07}); // OID prime256v1
    object.add(CKA_VALUE, number(key, OSSL_PKEY_PARAM_PRIV_KEY));
}

bool write_key(Pkcs11Session const& session, EVP_PKEY const* key, Bytes const& id) {
    Template object;
    object.add_number<CK_OBJECT_CLASS>(CKA_CLASS, CKO_PRIVATE_KEY);
    object.add(CKA_ID, id);
    for (auto const flag : {CKA_TOKEN, CKA_PRIVATE, CKA_SENSITIVE, CKA_SIGN})
        object.add_flag(flag, true);
    if (EVP_PKEY_is_a(key, "RSA"))
        add_rsa(object, key);
    else
        add_p256(object, key);
    return object.create(session);
}

bool write_certificate(Pkcs11Session const& session, ByteView certificate, Bytes const& id) {
    Template object;
    object.add_number<CK_OBJECT_CLASS>(CKA_CLASS, CKO_CERTIFICATE);
    object.add_number<CK_CERTIFICATE_TYPE>(CKA_CERTIFICATE_TYPE, CKC_X_509);
    object.add(CKA_ID, id);
    object.add_flag(CKA_TOKEN, true);
    object.add_flag(CKA_PRIVATE, false);
    object.add(CKA_SUBJECT, subject_of(certificate));
    object.add(CKA_VALUE, Bytes(certificate.begin(), certificate.end()));
    return object.create(session);
}

/// SoftHSM2 always has one more slot than tokens: the one with an uninitialized token.
std::optional<CK_SLOT_ID> blank_slot(Pkcs11Module const& module) {
    CK_SLOT_ID slots[64];
    CK_ULONG count = 0;
    module->C_GetSlotList(CK_FALSE, nullptr, &count); // makes it count anew
    count = std::size(slots);
    if (module->C_GetSlotList(CK_TRUE, slots, &count) != CKR_OK)
        return std::nullopt;
    for (CK_ULONG i = 0; i < count; ++i)
        if (!read_token(module, slots[i]))
            return slots[i];
    return std::nullopt;
}

/// A blank token with the label and both PINs set; its slot.
Result<CK_SLOT_ID> initialize(Pkcs11Module const& module, std::string const& label, Bytes& pin) {
    auto const blank = blank_slot(module);
    if (!blank)
        return unwritable();
    Bytes padded(label_bytes, ' ');
    std::copy_n(label.begin(), std::min(label.size(), label_bytes), padded.begin());
    // The officer's PIN is the holder's: nobody administers a card of the bench.
    if (module->C_InitToken(*blank, pin.data(), pin.size(), padded.data()) != CKR_OK)
        return unwritable();
    auto const made = look_at_slots(module, label); // the token moves to a slot of another number
    if (!made.with_card)
        return unwritable();
    std::optional<Pkcs11Session> session;
    if (Pkcs11Session::open(module, *made.with_card, true, session) != CKR_OK ||
        module->C_Login(session->handle(), CKU_SO, pin.data(), pin.size()) != CKR_OK)
        return unwritable();
    bool const set = module->C_InitPIN(session->handle(), pin.data(), pin.size()) == CKR_OK;
    module->C_Logout(session->handle());
    if (!set)
        return unwritable();
    return *made.with_card;
}

} // namespace

Result<void> use_soft_card_folder(std::filesystem::path const& folder) {
    std::error_code failed;
    std::filesystem::create_directories(folder / "tokens", failed);
    auto const file = folder / "softhsm2.conf";
    std::ofstream out(file, std::ios::trunc);
    out << "directories.tokendir = " << (folder / "tokens").string()
        << "\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = true\n";
    out.close();
    if (failed || !out || setenv("SOFTHSM2_CONF", file.c_str(), 1) != 0)
        return error(ErrorKind::Internal, "soft_card_folder_unusable",
                     "cannot write the folder of the software cards");
    return ok();
}

Result<SoftCardIdentity> read_soft_card(std::filesystem::path const& pem) {
    auto const open = [&pem] {
        return std::unique_ptr<BIO, decltype(&BIO_free)>(BIO_new_file(pem.c_str(), "r"), BIO_free);
    };
    auto const key_file = open();
    auto const certificate_file = open();
    Key const key(key_file ? PEM_read_bio_PrivateKey(key_file.get(), nullptr, nullptr, nullptr) : nullptr,
                  EVP_PKEY_free);
    std::unique_ptr<X509, decltype(&X509_free)> const certificate(
        certificate_file ? PEM_read_bio_X509(certificate_file.get(), nullptr, nullptr, nullptr) : nullptr,
        X509_free);
    if (!key || !certificate)
        return error(ErrorKind::InvalidInput, "soft_card_file_invalid",
                     "a software card's file holds a private key and its certificate in PEM: " +
                         pem.filename().string());
    unsigned char* key_der = nullptr;
    unsigned char* certificate_der = nullptr;
    auto const key_size = static_cast<std::size_t>(std::max(i2d_PrivateKey(key.get(), &key_der), 0));
    auto const size = std::max(i2d_X509(certificate.get(), &certificate_der), 0);
    SoftCardIdentity identity{Secret(as_text({key_der, key_size})),
                              Bytes(certificate_der, certificate_der + size)};
    OPENSSL_clear_free(key_der, key_size);
    OPENSSL_free(certificate_der);
    return identity;
}

Result<void> issue_soft_card(std::string const& module_path, std::string const& label, Secret const& pin,
                             ByteView private_key, ByteView certificate) {
    auto const* at = private_key.data();
    Key const key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(private_key.size())), EVP_PKEY_free);
    if (!key || (!EVP_PKEY_is_a(key.get(), "RSA") && !EVP_PKEY_is_a(key.get(), "EC")))
        return error(ErrorKind::InvalidInput, "key_invalid", "a card's key is RSA or P-256");
    auto const module = TRY(Pkcs11Module::load(module_path));
    if (look_at_slots(*module, label).with_card)
        return error(ErrorKind::Conflict, "soft_card_exists",
                     "there is a software card of that label already");
    Bytes pin_text(pin.bytes().begin(), pin.bytes().end());
    auto const slot = TRY(initialize(*module, label, pin_text));
    std::optional<Pkcs11Session> session;
    if (Pkcs11Session::open(*module, slot, true, session) != CKR_OK ||
        (*module)->C_Login(session->handle(), CKU_USER, pin_text.data(), pin_text.size()) != CKR_OK)
        return unwritable();
    wipe(pin_text.data(), pin_text.size());
    Bytes const id{1};
    bool const written = write_key(*session, key.get(), id) && write_certificate(*session, certificate, id);
    (*module)->C_Logout(session->handle());
    if (!written)
        return unwritable();
    return ok();
}

} // namespace portico
