#include "central/auth/chip_card/card_authority.h"

#include "shared/base/clock.h"
#include "shared/base/private_file.h"
#include "shared/crypto/x509_parts.h"

#include <fstream>
#include <iterator>
#include <openssl/err.h>
#include <system_error>

namespace portico::central {

using namespace crypto::x509_parts;

namespace {

constexpr char const* key_file = "card-authority.key";
constexpr int rsa_bits_min = 2048;
constexpr int rsa_bits_max = 4096;

using Certificate = Handle<X509, X509_free>;
using Request = Handle<X509_REQ, X509_REQ_free>;
using Key = Handle<EVP_PKEY, EVP_PKEY_free>;
using List = Handle<X509_CRL, X509_CRL_free>;

template <class T, class Encode>
Bytes der_of(T* thing, Encode encode) {
    unsigned char* data = nullptr;
    int const size = encode(thing, &data);
    if (size <= 0)
        std::abort(); // only without memory
    Bytes der(data, data + size);
    OPENSSL_free(data);
    return der;
}

Certificate certificate_from(Bytes const& der) {
    auto const* data = der.data();
    return Certificate(d2i_X509(nullptr, &data, static_cast<long>(der.size())));
}

std::string serial_text(ASN1_INTEGER const* serial) {
    return to_hex({ASN1_STRING_get0_data(serial), static_cast<std::size_t>(ASN1_STRING_length(serial))});
}

Result<void> write_key(std::filesystem::path const& file, Secret const& pem) {
    std::error_code failed;
    std::filesystem::create_directories(file.parent_path(), failed);
    if (write_private_file(file, pem.reveal(), IfThere::Refuse))
        return error(ErrorKind::Unavailable, "keys_unwritable", "cannot write " + file.string());
    return ok();
}

Result<crypto::PrivateKey> read_key(std::filesystem::path const& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return error(ErrorKind::NotFound, "card_authority_missing",
                     "no key for chip cards here: " + file.string());
    std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    Secret const pem(text);
    wipe(text);
    auto key = crypto::PrivateKey::from_pem(pem);
    if (key.has_error())
        return error(ErrorKind::Corrupt, "keys_damaged", file.string() + ": restore the keys folder");
    return key;
}

/// A key that a first attempt left behind, before its certificate was kept, is used.
Result<crypto::PrivateKey> first_key(std::filesystem::path const& file) {
    if (std::filesystem::exists(file))
        return read_key(file);
    auto key = crypto::PrivateKey::generate();
    TRY(write_key(file, key.pem()));
    return key;
}

Certificate make_authority(crypto::PrivateKey const& key, std::string const& plan_name, UtcTime now) {
    Certificate certificate(must(X509_new()));
    start_certificate(certificate.get(), now, card_authority_valid_days);
    auto name = plan_name.substr(0, 40); // X.509 holds 64 characters of a common name
    while (!is_utf8(name))
        name.pop_back();
    set_name(X509_get_subject_name(certificate.get()), name + " chip cards");
    must(X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get())));
    must(X509_set_pubkey(certificate.get(), key.handle()));
    extend(certificate.get(), certificate.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    extend(certificate.get(), certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    extend(certificate.get(), certificate.get(), NID_subject_key_identifier, "hash");
    must(X509_sign(certificate.get(), key.handle(), EVP_sha256()));
    return certificate;
}

Request read_request(std::string_view text) {
    auto const bio = memory(text);
    Request request(text.find("-----BEGIN") != std::string_view::npos
                        ? PEM_read_bio_X509_REQ(bio.get(), nullptr, nullptr, nullptr)
                        : d2i_X509_REQ_bio(bio.get(), nullptr));
    ERR_clear_error();
    return request;
}

bool is_good_key(EVP_PKEY* key) {
    if (EVP_PKEY_is_a(key, "RSA") == 1)
        return EVP_PKEY_get_bits(key) >= rsa_bits_min && EVP_PKEY_get_bits(key) <= rsa_bits_max;
    return EVP_PKEY_is_a(key, "EC") == 1 && (EVP_PKEY_get_bits(key) == 256 || EVP_PKEY_get_bits(key) == 384);
}

struct Revoked {
    std::string serial;
    std::int64_t at_us = 0;
};

Result<std::vector<Revoked>> revoked_cards(storage::Database& database) {
    std::vector<Revoked> revoked;
    auto query = TRY(database.prepare("SELECT serial, revoked_us FROM auth_chip_card"
                                      " WHERE revoked_us IS NOT NULL ORDER BY serial"));
    while (TRY(query.step()))
        revoked.push_back({query.text(0), query.integer(1)});
    return revoked;
}

void add_revoked(X509_CRL* list, Revoked const& card) {
    auto const bytes = from_hex(card.serial);
    if (bytes.has_error())
        std::abort(); // we wrote it in hexadecimal ourselves
    BIGNUM* number = must(BN_bin2bn(bytes.value().data(), static_cast<int>(bytes.value().size()), nullptr));
    Handle<ASN1_INTEGER, ASN1_INTEGER_free> const serial(must(BN_to_ASN1_INTEGER(number, nullptr)));
    BN_free(number);
    Handle<ASN1_TIME, ASN1_TIME_free> const at(must(ASN1_TIME_set(nullptr, card.at_us / second_us)));
    auto* entry = must(X509_REVOKED_new());
    must(X509_REVOKED_set_serialNumber(entry, serial.get()));
    must(X509_REVOKED_set_revocationDate(entry, at.get()));
    must(X509_CRL_add0_revoked(list, entry));
}

List make_list(X509* authority, crypto::PrivateKey const& key, std::vector<Revoked> const& revoked,
               std::int64_t number, std::int64_t now_us) {
    List list(must(X509_CRL_new()));
    must(X509_CRL_set_version(list.get(), X509_CRL_VERSION_2));
    must(X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(authority)));
    Handle<ASN1_TIME, ASN1_TIME_free> const time(must(ASN1_TIME_set(nullptr, now_us / second_us - 3600)));
    must(X509_CRL_set1_lastUpdate(list.get(), time.get()));
    must(ASN1_TIME_set(time.get(), (now_us + revocation_list_days * day_us) / second_us));
    must(X509_CRL_set1_nextUpdate(list.get(), time.get()));
    for (auto const& card : revoked)
        add_revoked(list.get(), card);
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, authority, nullptr, nullptr, list.get(), 0);
    Handle<X509_EXTENSION, X509_EXTENSION_free> const identifier(
        must(X509V3_EXT_conf_nid(nullptr, &context, NID_authority_key_identifier, "keyid")));
    must(X509_CRL_add_ext(list.get(), identifier.get(), -1));
    Handle<ASN1_INTEGER, ASN1_INTEGER_free> const list_number(must(ASN1_INTEGER_new()));
    must(ASN1_INTEGER_set_int64(list_number.get(), number));
    must(X509_CRL_add1_ext_i2d(list.get(), NID_crl_number, list_number.get(), 0, 0));
    must(X509_CRL_sort(list.get()));
    must(X509_CRL_sign(list.get(), key.handle(), EVP_sha256()));
    return list;
}

} // namespace

Result<std::optional<CardTrust>> read_card_trust(storage::Database& database) {
    auto query = TRY(database.prepare("SELECT certificate, crl, crl_number, crl_next_update_us"
                                      " FROM auth_card_authority WHERE id = 'plan'"));
    if (!TRY(query.step()))
        return std::optional<CardTrust>();
    return std::optional(CardTrust{query.blob(0), query.blob(1), query.integer(2), query.integer(3)});
}

Result<CardAuthority> CardAuthority::create(storage::Database& database, std::filesystem::path const& data,
                                            std::string const& plan_name, UtcTime now) {
    if (TRY(read_card_trust(database)))
        return error(ErrorKind::Conflict, "card_authority_exists",
                     "there is an authority for chip cards already");
    auto key = TRY(first_key(data / "keys" / key_file));
    auto const certificate = make_authority(key, plan_name, now);
    CardAuthority authority(std::move(key), der_of(certificate.get(), i2d_X509));
    auto insert = TRY(database.prepare(
        "INSERT INTO auth_card_authority (id, certificate, crl, crl_number, crl_next_update_us)"
        " VALUES ('plan', $1, $2, 0, 0)"));
    TRY(insert.bind(1, authority.certificate_).bind(2, Bytes()).run());
    TRY(authority.renew_revocation_list(database, now));
    return authority;
}

Result<CardAuthority> CardAuthority::open(storage::Database& database, std::filesystem::path const& data) {
    auto const file = data / "keys" / key_file;
    auto const trust = TRY(read_card_trust(database));
    if (!trust)
        return error(ErrorKind::NotFound, "card_authority_missing", "no chip card was issued yet");
    auto key = TRY(read_key(file));
    auto const certificate = certificate_from(trust->authority);
    if (!certificate || X509_check_private_key(certificate.get(), key.handle()) != 1)
        return error(ErrorKind::Corrupt, "keys_damaged",
                     file.string() + " does not fit the authority in the database: restore the keys folder");
    return CardAuthority(std::move(key), trust->authority);
}

Result<IssuedCertificate> CardAuthority::issue(std::string_view request_text, std::string const& card_id,
                                               UtcTime now) const {
    auto const request = read_request(request_text);
    Key const key(request ? X509_REQ_get_pubkey(request.get()) : nullptr);
    bool const good = key && is_good_key(key.get()) && X509_REQ_verify(request.get(), key.get()) == 1;
    ERR_clear_error();
    if (!good)
        return error(ErrorKind::InvalidInput, "certificate_request_invalid",
                     "not a PKCS#10 request with a key of RSA 2048 to 4096 bits or EC P-256 or P-384");
    auto const authority = certificate_from(certificate_);
    Certificate const certificate(must(X509_new()));
    start_certificate(certificate.get(), now, chip_card_valid_days);
    set_name(X509_get_subject_name(certificate.get()), card_id);
    must(X509_set_pubkey(certificate.get(), key.get()));
    finish_leaf(certificate.get(), authority.get(), "clientAuth");
    must(X509_sign(certificate.get(), key_.handle(), EVP_sha256()));
    IssuedCertificate issued;
    issued.der = der_of(certificate.get(), i2d_X509);
    issued.pem = to_pem(certificate.get());
    issued.serial = serial_text(X509_get0_serialNumber(certificate.get()));
    issued.not_after = utc(X509_get0_notAfter(certificate.get())).value_or(now);
    return issued;
}

Result<void> CardAuthority::renew_revocation_list(storage::Database& database, UtcTime now) const {
    auto const trust = TRY(read_card_trust(database));
    if (!trust)
        return error(ErrorKind::NotFound, "card_authority_missing");
    auto const now_us = to_micros(now);
    auto const authority = certificate_from(certificate_);
    auto const number = trust->list_number + 1;
    auto const list = make_list(authority.get(), key_, TRY(revoked_cards(database)), number, now_us);
    auto update = TRY(database.prepare("UPDATE auth_card_authority SET crl = $1, crl_number = $2,"
                                       " crl_next_update_us = $3 WHERE id = 'plan'"));
    update.bind(1, der_of(list.get(), i2d_X509_CRL)).bind(2, number);
    return update.bind(3, now_us + revocation_list_days * day_us).run();
}

} // namespace portico::central
